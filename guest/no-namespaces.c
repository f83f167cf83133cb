// SPDX-License-Identifier: GPL-2.0-only
/*
 * no-namespaces [--old] COMMAND...	run it under a filter by which no system
 *					call makes or enters a namespace
 * no-namespaces [--old] --print	write that filter to stdout, raw, as the
 *					--seccomp of bubblewrap takes it
 *
 * With --old the filter is today's, of Docker and others: it cannot see the
 * flags of clone3(), and says that the kernel has no such call. Else it sees
 * them and clone3() is allowed. A kernel which cannot show them refuses that
 * filter with EINVAL, and a COMMAND then has the old one. The last line on
 * stderr before the command starts says "no-namespaces: " and the filter's
 * name, "old" or "view".
 */
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define NAMESPACES	(CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | \
			 CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET)

/*
 * The flags past 32 bits that make no namespace. Others are refused, also those
 * of later kernels: CLONE_EMPTY_MNTNS makes one without CLONE_NEWNS.
 */
#define HARMLESS	((CLONE_CLEAR_SIGHAND | CLONE_INTO_CGROUP | CLONE_AUTOREAP | \
			  CLONE_NNP | CLONE_PIDFD_AUTOKILL) >> 32)

#define LOAD(offset)		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offset)
#define UNLESS(test, k, skip)	BPF_JUMP(BPF_JMP | (test) | BPF_K, k, 0, skip)
#define RETURN(what)		BPF_STMT(BPF_RET | BPF_K, what)
#define FLAGS			offsetof(struct seccomp_data, args[0])
#define X32			0x40000000

static const struct sock_filter start[] = {
	LOAD(offsetof(struct seccomp_data, arch)),
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AUDIT_ARCH_X86_64, 1, 0),
	RETURN(SECCOMP_RET_KILL_PROCESS),
	LOAD(offsetof(struct seccomp_data, nr)),
	UNLESS(BPF_JGE, X32, 1),
	RETURN(SECCOMP_RET_ERRNO | ENOSYS),
	UNLESS(BPF_JEQ, SYS_setns, 1),
	RETURN(SECCOMP_RET_ERRNO | EPERM),
	UNLESS(BPF_JEQ, SYS_unshare, 4),
	LOAD(FLAGS),
	UNLESS(BPF_JSET, NAMESPACES | CLONE_NEWTIME | UNSHARE_EMPTY_MNTNS, 1),
	RETURN(SECCOMP_RET_ERRNO | EPERM),
	RETURN(SECCOMP_RET_ALLOW),
	UNLESS(BPF_JEQ, SYS_clone, 4),
	LOAD(FLAGS),
	UNLESS(BPF_JSET, NAMESPACES, 1),
	RETURN(SECCOMP_RET_ERRNO | EPERM),
	RETURN(SECCOMP_RET_ALLOW),
};

static const struct sock_filter old_end[] = {
	UNLESS(BPF_JEQ, SYS_clone3, 1),
	RETURN(SECCOMP_RET_ERRNO | ENOSYS),
	RETURN(SECCOMP_RET_ALLOW),
};

/* A struct that could not be copied is all zero here, and clone3() fails. */
static const struct sock_filter view_end[] = {
	UNLESS(BPF_JEQ, SYS_clone3, 5),
	LOAD(SECCOMP_VIEW_HIGH(0)),
	BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, (__u32)~HARMLESS, 2, 0),
	LOAD(SECCOMP_VIEW_LOW(0)),
	UNLESS(BPF_JSET, NAMESPACES | CLONE_NEWTIME, 1),
	RETURN(SECCOMP_RET_ERRNO | EPERM),
	RETURN(SECCOMP_RET_ALLOW),
};

static struct sock_filter filter[64];
static struct sock_fprog program = { .filter = filter };

static void append(const struct sock_filter *part, size_t size)
{
	memcpy(filter + program.len, part, size);
	program.len += size / sizeof(*part);
}

static void make(int old)
{
	program.len = 0;
	append(start, sizeof(start));
	if (old)
		append(old_end, sizeof(old_end));
	else
		append(view_end, sizeof(view_end));
}

int main(int argc, char **argv)
{
	int old = argc > 1 && !strcmp(argv[1], "--old");

	argv += 1 + old;
	if (!*argv) {
		fprintf(stderr, "usage: no-namespaces [--old] (--print | COMMAND...)\n");
		return 2;
	}
	make(old);
	if (!strcmp(*argv, "--print")) {
		ssize_t size = program.len * sizeof(*filter);

		return write(1, filter, size) != size;
	}

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) {
		perror("no-namespaces: no_new_privs");
		return 1;
	}
	if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program)) {
		if (old || errno != EINVAL) {
			perror("no-namespaces: seccomp");
			return 1;
		}
		old = 1;
		make(old);
		if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program)) {
			perror("no-namespaces: seccomp");
			return 1;
		}
	}
	fprintf(stderr, "no-namespaces: %s\n", old ? "old" : "view");
	execvp(*argv, argv);
	perror(*argv);
	return 127;
}
