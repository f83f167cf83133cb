// SPDX-License-Identifier: GPL-2.0-only
/*
 * supervisor memory|view N: run a program that makes N tasks by clone3(), while a
 * thread of it writes CLONE_NEWUTS into the struct and takes it away again, and
 * answer for each call: EPERM if the flag is there, else go on. "memory" looks at
 * the struct where the program has it, "view" at the copy that the call takes.
 */
#define _GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

static struct clone_args args = { .exit_signal = SIGCHLD };

static void *rewrite(void *unused)
{
	for (;;)
		__atomic_xor_fetch(&args.flags, CLONE_NEWUTS, __ATOMIC_RELAXED);
	return unused;
}

static ino_t uts_namespace(void)
{
	struct stat st;

	return stat("/proc/self/ns/uts", &st) ? 0 : st.st_ino;
}

static int listen_for_clone3(bool view)
{
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_clone3, 0, 2),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, view ? SECCOMP_VIEW_OFF_STATE : 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog prog = { .len = sizeof(filter) / sizeof(*filter), .filter = filter };

	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	return syscall(__NR_seccomp, SECCOMP_SET_MODE_FILTER,
		       SECCOMP_FILTER_FLAG_NEW_LISTENER | SECCOMP_FILTER_FLAG_TSYNC |
		       SECCOMP_FILTER_FLAG_TSYNC_ESRCH, &prog);
}

/* Tells by @out the listener's number or -errno, then how many got through. */
static void program(bool view, int calls, int out)
{
	const ino_t ours = uts_namespace();
	int listener, status, through = 0;
	pthread_t thread;

	pthread_create(&thread, NULL, rewrite, NULL);
	listener = listen_for_clone3(view);
	if (listener < 0)
		listener = -errno;
	if (write(out, &listener, sizeof(listener)) < 0 || listener < 0)
		exit(1);
	while (calls--) {
		pid_t pid = syscall(__NR_clone3, &args, sizeof(args));

		if (!pid)
			_exit(uts_namespace() != ours);
		if (pid > 0 && waitpid(pid, &status, 0) == pid)
			through += WIFEXITED(status) && WEXITSTATUS(status) == 1;
	}
	exit(write(out, &through, sizeof(through)) < 0);
}

/* The flags of a call that waits; returns whether they were found */
static bool look(bool view, int listener, const struct seccomp_notif *req, __u64 *flags)
{
	struct seccomp_notif_view seen = { .id = req->id };
	struct iovec ours = { flags, sizeof(*flags) };
	struct iovec theirs = { (void *)(unsigned long)req->data.args[0], sizeof(*flags) };

	if (!view)
		return process_vm_readv(req->pid, &ours, 1, &theirs, 1, 0) == sizeof(*flags);
	if (ioctl(listener, SECCOMP_IOCTL_NOTIF_VIEW, &seen) || seen.state != SECCOMP_VIEW_COPIED)
		return false;
	*flags = seen.words[0];
	return true;
}

int main(int argc, char **argv)
{
	const int calls = argc == 3 ? atoi(argv[2]) : 0;
	const bool view = calls > 0 && !strcmp(argv[1], "view");
	int to_us[2], listener, through, allowed = 0;
	pid_t pid;

	if (calls <= 0 || (!view && strcmp(argv[1], "memory")) || pipe(to_us) || (pid = fork()) < 0)
		return 2;
	if (!pid)
		program(view, calls, to_us[1]);
	close(to_us[1]);
	if (read(to_us[0], &listener, sizeof(listener)) != sizeof(listener))
		err(1, "read");
	if (listener < 0) {
		printf("%s\n", strerrorname_np(-listener));
		return 0;
	}
	listener = syscall(__NR_pidfd_getfd, syscall(__NR_pidfd_open, pid, 0), listener, 0);
	for (int n = 0; n < calls; n++) {
		struct seccomp_notif_resp resp = { };
		struct seccomp_notif req = { };
		__u64 flags;

		if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &req))
			err(1, "SECCOMP_IOCTL_NOTIF_RECV");
		resp.id = req.id;
		if (!look(view, listener, &req, &flags) || flags & CLONE_NEWUTS)
			resp.error = -EPERM;
		else
			resp.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
		allowed += !resp.error;
		usleep(2000);		/* it has to think about it */
		if (ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &resp))
			err(1, "SECCOMP_IOCTL_NOTIF_SEND");
	}
	if (read(to_us[0], &through, sizeof(through)) != sizeof(through))
		err(1, "read");
	waitpid(pid, NULL, 0);
	printf("%d allowed, %d of them with the flag\n", allowed, through);
	return 0;
}
