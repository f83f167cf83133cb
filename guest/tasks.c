// SPDX-License-Identifier: GPL-2.0-only
/*
 * Makes tasks in all ways, on architectures that have no C library here: by system
 * calls, as kernel threads, as a user mode helper. Built on nolibc and
 * guest/nolibc/.
 *
 * "tasks exec WORD" is the program that a test executes, "tasks help" the kernel's
 * helper for core dumps.
 */
#include "nolibc.h"
#include "kselftest.h"

#define REPORT	"/tmp/tasks"
#define CORES	"/proc/sys/kernel/core_pattern"
#define STACK	16384
#define MANY	60

static char stack[STACK] __attribute__((aligned(16)));
static unsigned long thread_tls[4];

/* What a child on the stack above has found. */
static struct {
	volatile int ran, word;
	char *sp;
	unsigned long tls;
	pid_t pid, tid;
} seen;

static volatile int parent_word, child_word;
static int child_sleeps, own_memory;

static void child_on_stack(void)
{
	char here;

	seen.sp = &here;
	seen.tls = get_tls();
	seen.pid = getpid();
	seen.tid = gettid();
	seen.word = child_word;
	if (child_sleeps)
		usleep(100 * 1000);
	seen.ran = 1;
	if (own_memory)		/* the parent sees the status only */
		_exit(seen.sp >= stack && seen.sp < stack + STACK &&
		      seen.tls == (unsigned long)thread_tls &&
		      seen.word == seen.tid && seen.pid == seen.tid ? 23 : 1);
	for (;;)
		__nolibc_syscall1(__NR_exit, 23);
}

static int exits_with(pid_t pid, int code)
{
	int status = -1;

	if (pid > 0 && waitpid(pid, &status, __WALL) == pid && status == code << 8)
		return 1;
	ksft_print_msg("child %d ended with status %#x\n", pid, status);
	return 0;
}

/* A child on its own stack, by clone() or clone3(). */
static void test_stack(const char *name, int by_clone3, unsigned long flags)
{
	struct clone_args args = {
		.flags		= flags,
		.stack		= (unsigned long)stack,
		.stack_size	= STACK,
		.parent_tid	= (unsigned long)&parent_word,
		.child_tid	= (unsigned long)&child_word,
		.tls		= (unsigned long)thread_tls,
		.exit_signal	= flags & CLONE_THREAD ? 0 : SIGCHLD,
	};
	long clone3[7] = { __NR_clone3, (long)&args, sizeof(args) };
	long clone[7] = CLONE_CALL((long)(flags | args.exit_signal), (long)stack + STACK,
				    (long)&parent_word, (long)&child_word, (long)thread_tls);
	unsigned long tls = get_tls();
	int ran, ok = 1;
	pid_t tid;

	memset(&seen, 0, sizeof(seen));
	parent_word = child_word = -1;
	child_sleeps = flags & CLONE_VFORK;
	own_memory = !(flags & CLONE_VM);
	args.flags |= CLONE_PARENT_SETTID | CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID | CLONE_SETTLS;
	clone[1] |= CLONE_PARENT_SETTID | CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID | CLONE_SETTLS;

	tid = make_task(by_clone3 ? clone3 : clone, child_on_stack);
	ran = seen.ran;
	if (tid <= 0 || parent_word != tid || get_tls() != tls) {
		ksft_print_msg("returned %d, the tid word is %d, TLS was %#lx and is %#lx\n",
			       tid, parent_word, tls, get_tls());
		ok = 0;
	}
	if (!(flags & CLONE_THREAD))
		ok &= exits_with(tid, 23);
	if (flags & CLONE_VM) {
		for (int i = 0; child_word && i < 5000; i++)
			usleep(1000);
		if (flags & CLONE_VFORK)
			ok &= ran;
		if (!seen.ran || child_word || seen.word != tid || seen.tid != tid ||
		    seen.pid != (flags & CLONE_THREAD ? getpid() : tid) ||
		    seen.tls != (unsigned long)thread_tls ||
		    seen.sp < stack || seen.sp >= stack + STACK) {
			ksft_print_msg("the child: tid %d word %d pid %d TLS %#lx sp %p, at its end %d\n",
				       seen.tid, seen.word, seen.pid, seen.tls, (void *)seen.sp,
				       child_word);
			ok = 0;
		}
	}
	ksft_test_result(ok, "%s\n", name);
}

static void test_fork(const char *name, int by_clone3)
{
	struct clone_args args = { .exit_signal = SIGCHLD };
	volatile int mine = 1;
	pid_t parent = getpid(), pid;

	pid = by_clone3 ? __nolibc_syscall2(__NR_clone3, &args, sizeof(args)) :
			  __nolibc_syscall5(__NR_clone, SIGCHLD, 0, 0, 0, 0);
	if (!pid) {
		mine = 2;
		_exit(getppid() == parent && getpid() != parent ? 23 : 1);
	}
	ksft_test_result(exits_with(pid, 23) & (mine == 1), "%s\n", name);
}

#ifdef TRAP_COUNTS
/* What below the kernel is asked to do for a fork(), the child's exit and wait(). */
static void count_traps(void)
{
	const unsigned int n = 100;
	unsigned int misses[2], traps[2], i;

	trap_counts(&misses[0], &traps[0]);
	for (i = 0; i < n; i++) {
		pid_t pid = fork();

		if (!pid)
			_exit(0);
		waitpid(pid, NULL, 0);
	}
	trap_counts(&misses[1], &traps[1]);
	ksft_print_msg("a fork, exit and wait: %u TLB misses, %u traps\n",
		       (misses[1] - misses[0]) / n, (traps[1] - traps[0]) / n);
}
#endif

static void test_vfork(void)
{
	static volatile int ours = 1;
	int waited;
	pid_t pid;

	pid = __nolibc_syscall5(__NR_clone, CLONE_VM | CLONE_VFORK | SIGCHLD, 0, 0, 0, 0);
	if (!pid) {
		usleep(100 * 1000);
		ours = 2;
		_exit(23);
	}
	waited = ours == 2;
	ksft_test_result(exits_with(pid, 23) & waited, "vfork: the parent's memory, and it waits\n");
}

static void execute(char *word)
{
	char *argv[] = { "/proc/self/exe", "exec", word, NULL }, *envp[] = { NULL };

	execve(argv[0], argv, envp);
	_exit(1);
}

static void test_exec(void)
{
	pid_t pid = fork();

	if (!pid)
		execute("hello");
	ksft_test_result(exits_with(pid, 23), "fork, then exec\n");

	pid = __nolibc_syscall5(__NR_clone, CLONE_VM | CLONE_VFORK | SIGCHLD, 0, 0, 0, 0);
	if (!pid)
		execute("hello");
	ksft_test_result(exits_with(pid, 23), "vfork, then exec\n");
}

/* All of them run, are preempted and end at the same time. */
static void test_many(void)
{
	pid_t pids[MANY];
	int i, ok = 1;

	for (i = 0; i < MANY; i++) {
		pids[i] = fork();
		if (!pids[i]) {
			volatile unsigned int sum = i;

			for (int n = 0; n < 20000; n++)
				sum = sum * 5 + n;
			if (i % 3 == 0)
				execute("hello");
			if (i % 3 == 1)
				kill(getpid(), SIGKILL);
			_exit(23);
		}
	}
	for (i = 0; i < MANY; i++) {
		if (i % 3 == 1) {
			int status;

			ok &= waitpid(pids[i], &status, 0) == pids[i] && WTERMSIG(status) == SIGKILL;
		} else {
			ok &= exits_with(pids[i], 23);
		}
	}
	ksft_test_result(ok, "%d children at once\n", MANY);
}

/* A tracer sees the child of its tracee before that has run in user mode. */
static void test_traced(void)
{
	int status = 0, ok, event;
	pid_t pid = fork();
	unsigned long child = 0;

	if (!pid) {
		ptrace(PTRACE_TRACEME, 0, NULL, NULL);
		kill(getpid(), SIGSTOP);
		pid = fork();
		if (!pid)
			_exit(21);
		_exit(exits_with(pid, 21) ? 23 : 1);
	}
	ok = waitpid(pid, &status, 0) == pid && status >> 8 == SIGSTOP;
	ok &= !ptrace(PTRACE_SETOPTIONS, pid, NULL, (void *)(PTRACE_O_TRACEFORK | PTRACE_O_EXITKILL));
	ok &= !ptrace(PTRACE_CONT, pid, NULL, NULL);
	ok &= waitpid(pid, &status, 0) == pid;
	event = status >> 16;
	ok &= event == PTRACE_EVENT_FORK && !ptrace(PTRACE_GETEVENTMSG, pid, NULL, &child);
	ok &= waitpid(child, &status, __WALL) == (pid_t)child && status >> 8 == SIGSTOP;
	/* from here to its end, stopped at each system call */
	for (int i = 0; ok && i < 100; i++) {
		ok &= !ptrace(PTRACE_SYSCALL, child, NULL, NULL);
		ok &= waitpid(child, &status, __WALL) == (pid_t)child;
		if ((status & 0xff) != 0x7f)
			break;
	}
	ok &= status == 21 << 8;
	ok &= !ptrace(PTRACE_CONT, pid, NULL, NULL);
	ok &= waitpid(pid, &status, 0) == pid;
	if (ok && status >> 8 == SIGCHLD) {
		ptrace(PTRACE_CONT, pid, NULL, NULL);
		waitpid(pid, &status, 0);
	}
	if (!ok || status != 23 << 8)
		ksft_print_msg("child %lu, event %d, status %#x\n", child, event, status);
	ksft_test_result(ok && status == 23 << 8, "a child traced from its start\n");
	if (!ok)
		kill(pid, SIGKILL);
}

static int read_file(const char *path, char *to, int size)
{
	int fd = open(path, O_RDONLY), n = fd < 0 ? -1 : read(fd, to, size - 1);

	if (fd >= 0)
		close(fd);
	to[n < 0 ? 0 : n] = '\0';
	return n;
}

/* Children of kthreadd: the word after the brackets in /proc/PID/stat. */
static void test_kthreads(void)
{
	char path[32], line[200];
	int children = 0;

	for (int pid = 3; pid < 100; pid++) {
		snprintf(path, sizeof(path), "/proc/%d/stat", pid);
		if (read_file(path, line, sizeof(line)) > 0 && strrchr(line, ')') &&
		    atoi(strrchr(line, ')') + 4) == 2)
			children++;
	}
	ksft_print_msg("%d kernel threads\n", children);
	ksft_test_result(!read_file("/proc/2/cmdline", line, sizeof(line)) && children >= 5,
			 "kernel threads, children of kthreadd\n");
}

static void write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	if (write(fd, text, strlen(text)) < 0)
		ksft_print_msg("%s: errno %d\n", path, errno);
	close(fd);
}

static void test_helper(const char *program)
{
	char pattern[128], line[200] = "";
	int status = -1, waits = 0;
	pid_t pid;

	snprintf(pattern, sizeof(pattern), "|%s help %%p", program);
	write_file(CORES, pattern);
	unlink(REPORT);
	pid = fork();
	if (!pid) {
		kill(getpid(), SIGABRT);
		_exit(1);
	}
	waitpid(pid, &status, 0);
	while (read_file(REPORT, line, sizeof(line)) <= 0 && waits++ < 100)
		usleep(50 * 1000);
	write_file(CORES, "core");
	ksft_print_msg("helper: %s\n", line);
	ksft_test_result(WTERMSIG(status) == SIGABRT && atoi(line) == pid && strstr(line, " core "),
			 "a user mode helper is given a core dump\n");
	ksft_test_result(strstr(line, " clean"), "no kernel address in the helper's registers\n");
}

/*
 * The report: for whom, whether there was a core on standard input, and
 * registers in which the kernel has left an address of its own.
 */
static int help(const char *pid)
{
	char line[200], magic[4] = "", rest[512];
	int n, bad = 0;

	read(0, magic, sizeof(magic));
	while (read(0, rest, sizeof(rest)) > 0)
		;
	n = snprintf(line, sizeof(line), "%s %s ", pid, memcmp(magic, "\177ELF", 4) ? "nothing" : "core");
	for (int i = 0; i < START_REGS; i++)
		if (start_regs[i] >= KERNEL_START && start_regs[i] < -4096UL && bad++ < 6)
			n += snprintf(line + n, sizeof(line) - n, "register %d is %#lx ", i, start_regs[i]);
	if (!bad)
		snprintf(line + n, sizeof(line) - n, "clean");
	write_file(REPORT, line);
	return 0;
}

int main(int argc, char **argv)
{
	const unsigned long thread = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND |
				     CLONE_THREAD | CLONE_SYSVSEM;

	if (argc == 3 && !strcmp(argv[1], "exec"))
		return strcmp(argv[2], "hello") ? 1 : 23;
	if (argc == 3 && !strcmp(argv[1], "help"))
		return help(argv[2]);

	ksft_print_header();
	ksft_set_plan(16);
	test_fork("fork", 0);
	test_fork("fork by clone3", 1);
#ifdef TRAP_COUNTS
	count_traps();
#endif
	test_vfork();
	test_exec();
	for (int by_clone3 = 0; by_clone3 < 2; by_clone3++) {
		const char *const names[2][3] = {
			{ "clone: a thread", "clone: a process on its own stack", "clone: vfork on its own stack" },
			{ "clone3: a thread", "clone3: a process on its own stack", "clone3: vfork on its own stack" },
		};

		test_stack(names[by_clone3][0], by_clone3, thread);
		test_stack(names[by_clone3][1], by_clone3, 0);
		test_stack(names[by_clone3][2], by_clone3, CLONE_VM | CLONE_VFORK);
	}
	test_many();
	test_traced();
	test_kthreads();
	test_helper(argv[0]);
	ksft_finished();
}
