// SPDX-License-Identifier: GPL-2.0-only
/*
 * The guest's first program: mounts what tests expect, runs the programs that
 * /tests/list names, one after the other, and ends the guest.
 *
 * Prints KTAP: a line for each program, and before it, indented by four, what
 * the program itself has printed. A line of /tests/list is
 *
 *	SECONDS PATH
 *
 * and the program has that long. "# guest: end" is printed last, so that the
 * host can tell a guest that has ended from one that has died.
 */
#include "nolibc.h"

struct test {
	int seconds;
	char path[128];
	char *argument;
};

static struct test tests[128];

static void mount_all(void)
{
	static const char * const mounts[][2] = {
		{ "/proc", "proc" }, { "/sys", "sysfs" }, { "/dev", "devtmpfs" },
		{ "/tmp", "tmpfs" }, { "/dev/shm", "tmpfs" },
		{ "/sys/fs/cgroup", "cgroup2" },
	};

	for (size_t i = 0; i < sizeof(mounts) / sizeof(*mounts); i++) {
		mkdir(mounts[i][0], 0755);
		if (mount("none", mounts[i][0], mounts[i][1], 0, ""))
			printf("# guest: no %s on %s (errno %d)\n",
			       mounts[i][1], mounts[i][0], errno);
	}
}

/* "only" names a program, where it is to be the only one. It has the guest's time. */
static int read_list(void)
{
	const char *only = getenv("only");
	char line[160];
	FILE *file = fopen("/tests/list", "r");
	int n = 0;

	while (file && n < 128 && fgets(line, sizeof(line), file)) {
		char *path = strchr(line, ' '), *end = strchr(line, '\n');

		if (!path || !end)
			continue;
		*end = '\0';
		if (only && !strstr(path, only))
			continue;
		tests[n].seconds = only ? 1000000 : atoi(line);
		strlcpy(tests[n++].path, path + 1, sizeof(tests->path));
	}
	return n;
}

static long now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec;
}

static void run(const struct test *test, int out)
{
	char directory[128];
	char *argv[] = { (char *)test->path, test->argument, NULL };

	strlcpy(directory, test->path, sizeof(directory));
	*strrchr(directory, '/') = '\0';
	if (setpgid(0, 0) || chdir(directory) || dup2(out, 1) < 0 || dup2(out, 2) < 0)
		_exit(126);
	close(out);
	execve(test->path, argv, environ);
	_exit(127);
}

/* Copies what there is to the console, each line indented. */
static void copy(int in)
{
	static int middle_of_line;
	char from[256], to[5 * sizeof(from) + 1];
	ssize_t n = read(in, from, sizeof(from)), length = 0;

	for (ssize_t i = 0; i < n; i++) {
		if (!middle_of_line) {
			memcpy(to + length, "    ", 4);
			length += 4;
		}
		middle_of_line = from[i] != '\n';
		to[length++] = from[i];
	}
	if (n <= 0 && middle_of_line) {
		to[length++] = '\n';
		middle_of_line = 0;
	}
	write(1, to, length);
}

static void run_and_report(int number, const struct test *test)
{
	const char *name = test->path + strlen("/tests/");
	long end = now() + test->seconds;
	int fds[2], status = 0, ended = 0;
	struct pollfd poll_in;
	pid_t pid;

	if (pipe(fds) || (pid = fork()) < 0) {
		printf("not ok %d %s # cannot start (errno %d)\n", number, name, errno);
		return;
	}
	if (!pid) {
		close(fds[0]);
		run(test, fds[1]);
	}
	close(fds[1]);
	poll_in = (struct pollfd){ .fd = fds[0], .events = POLLIN };

	while (!ended && now() < end) {
		if (poll(&poll_in, 1, 50) > 0 && poll_in.revents & POLLIN)
			copy(fds[0]);
		else if (waitpid(pid, &status, WNOHANG) == pid)
			ended = 1;
	}
	/* Whatever the program has left behind goes, and lets the pipe go. */
	kill(-pid, SIGKILL);
	if (!ended)
		waitpid(pid, NULL, 0);
	while (poll(&poll_in, 1, 0) > 0 && poll_in.revents & POLLIN)
		copy(fds[0]);
	close(fds[0]);
	copy(-1);
	while (waitpid(-1, NULL, WNOHANG) > 0)
		;

	if (!ended)
		printf("not ok %d %s # timed out after %d s\n", number, name, test->seconds);
	else if (WTERMSIG(status))
		printf("not ok %d %s # killed by signal %d\n", number, name, WTERMSIG(status));
	else if (WEXITSTATUS(status) == 4)
		printf("ok %d %s # SKIP\n", number, name);
	else if (WEXITSTATUS(status))
		printf("not ok %d %s # exit %d\n", number, name, WEXITSTATUS(status));
	else
		printf("ok %d %s\n", number, name);
	fflush(stdout);
}

/*
 * clone3_stress with a number of tasks, and all other tests beside it as a load,
 * again and again. The results of the load are not shown: those tests are not
 * written to run side by side.
 */
static void stress(int n, char *tasks)
{
	struct test *stress = NULL;
	pid_t load;

	for (int i = 0; i < n; i++)
		if (strstr(tests[i].path, "/clone3_stress"))
			stress = &tests[i];
	printf("KTAP version 1\n1..1\n");
	if (!stress) {
		printf("not ok 1 stress # no such test\n");
		return;
	}
	stress->argument = tasks;
	stress->seconds = 1000000;

	load = fork();
	if (!load) {
		dup2(open("/dev/null", O_WRONLY), 1);
		prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
		/* clone3_helper needs core_pattern for itself. */
		while (1)
			for (int i = 0; i < n; i++)
				if (&tests[i] != stress && !strstr(tests[i].path, "/clone3_helper"))
					run_and_report(i + 1, &tests[i]);
	}
	run_and_report(1, stress);
	kill(load, SIGKILL);
}

static void shell(void)
{
	char *argv[] = { "sh", "-c",
		"busybox --install -s /bin; exec setsid -c sh -l", NULL };
	pid_t pid = fork();

	if (!pid) {
		execve("/bin/sh", argv, environ);
		_exit(127);
	}
	waitpid(pid, NULL, 0);
}

/*
 * The kernel hands on the words of its command line that it does not know, those
 * with a "=" in them as the environment, which is the tests' as well.
 */
static int has(char **argv, const char *word)
{
	while (*argv && strcmp(*argv, word))
		argv++;
	return !!*argv;
}

int main(int argc, char **argv)
{
	mount_all();
	if (has(argv, "shell")) {
		shell();
	} else if (getenv("stress")) {
		stress(read_list(), getenv("stress"));
	} else {
		int n = read_list();

		printf("KTAP version 1\n1..%d\n", n);
		for (int i = 0; i < n; i++)
			run_and_report(i + 1, &tests[i]);
	}
	printf("# guest: end\n");
	fflush(stdout);
	/* QEMU ends at a reset, um would start anew. */
	reboot(has(argv, "poweroff") ? LINUX_REBOOT_CMD_POWER_OFF :
				       LINUX_REBOOT_CMD_RESTART);
	for (;;)
		sleep(1);
}
