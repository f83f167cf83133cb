// SPDX-License-Identifier: GPL-2.0-only
/*
 * The differential test's guest: makes clone3(), clone(), fork() and vfork()
 * calls out of a seed and prints what came of them. Two kernels that agree
 * print the same, so nothing that differs from boot to boot is printed: process
 * ids only as "is the one returned", addresses only where they are fixed.
 *
 * Words of the kernel's command line:
 *
 *	fuzz_seed=N fuzz_first=INDEX fuzz_count=N	which calls
 *	fuzz_verbose=1	a line for each call instead of a hash for each block
 *	fuzz_lie=INDEX	this call is not the one that is shown (self-test)
 *
 * A call follows from seed and index alone and finds the same state whatever
 * came before it, so that any can be repeated by itself. Each block of calls
 * has processes of its own:
 *
 *	init
 *	`- [a pid namespace's first process, once or more]
 *	   `- supervisor: real parent of CLONE_PARENT children, new parent of
 *	      |           orphans, tracer in blocks that are traced
 *	      `- caller: makes the calls; another one takes over where it dies
 *	         `- child
 *
 * Where things are (an address in a transcript is one of these):
 */
/* What the series knows of struct clone_args. The base has 88: between is 0. */
#define KNOWN		CLONE_ARGS_SIZE_VER3
#define SHARED		0x20000000ul	/* struct shared, the same for all processes */
#define EDGE		0x21000000ul	/* two pages, then nothing: struct clone_args */
#define EDGE_END	0x21002000ul
#define EDGE2		0x21800000ul	/* one page, then nothing: other pointers */
#define EDGE2_END	0x21801000ul
#define READ_ONLY	0x22000000ul
#define NO_ACCESS	0x22800000ul
#define WORDS		0x23000000ul	/* what the kernel writes to, and more */
#define WORD_PIDFD	(WORDS + 0x40)
#define WORD_PARENT	(WORDS + 0x80)
#define WORD_CHILD	(WORDS + 0xc0)
#define WORDS_WATCHED	0x100
#define MARK		(WORDS + 0x200)
#define TLS		(WORDS + 0x300)
#define SET_TID		(WORDS + 0x400)
#define ALT_STACK	(WORDS + 0x800)
#define SAFE_STACK	0x24000000ul	/* children run here, whatever they were given */
#define STACK		0x25000000ul	/* a stack to be given to them */
#define STACK_SIZE	0x10000
#define ARGS		0x26000000ul
#define NOTHING		0x30000000ul
#define PAGE		4096

#include "nolibc.h"
#include <linux/sched.h>
#include <linux/pidfd.h>
#include <linux/capability.h>

#define BLOCK		500
#define ARRAY_SIZE(a)	(sizeof(a) / sizeof(*(a)))
#define BIG_ENDIAN_32	(__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ && sizeof(long) == 4)

typedef uint64_t u64;
typedef uint32_t u32;

#define sys0 __nolibc_syscall0
#define sys1 __nolibc_syscall1
#define sys2 __nolibc_syscall2
#define sys3 __nolibc_syscall3
#define sys4 __nolibc_syscall4
#define sys5 __nolibc_syscall5

#ifdef __NR_getuid32
#define NR_getuid __NR_getuid32
#define NR_setresuid __NR_setresuid32
#define NR_setresgid __NR_setresgid32
#define NR_chown __NR_chown32
#else
#define NR_getuid __NR_getuid
#define NR_setresuid __NR_setresuid
#define NR_setresgid __NR_setresgid
#define NR_chown __NR_chown
#endif

/* Descriptors that init opens for all, beyond those that calls get. */
enum {
	FD_PROC = 10, FD_CGROUP, FD_CGROUP_USER, FD_DIRECTORY, FD_CGROUP_FULL,
	FD_CGROUP_THREADED, FD_CGROUP_REMOVED, FD_CGROUP_FILE, FD_CGROUP_PATH,
	FD_PID_NS, FD_FREE = 3, FD_PROBE = 40,
};

/* What state the caller of a block is in. */
enum type {
	ROOT, ROOT_OTHER_SIGNAL, USER, USER_NS, USER_NS_UNMAPPED, PID_NS_2, PID_NS_3,
	FEW_PROCESSES, CONTAINER_INIT, OTHER_PID_NS, TRACED, LIMITS, USER_PID_NS,
	AUTOREAPED, TYPES,
};

static const char * const type_names[] = {
	"root", "root, other exit signal", "user", "user namespace",
	"user namespace, unmapped", "pid namespace, level 2",
	"pid namespace, level 3", "RLIMIT_NPROC", "container init",
	"after unshare(CLONE_NEWPID)", "traced", "namespaces limited",
	"user and pid namespace", "autoreaped",
};

enum kind { CLONE3, CLONE, FORK, VFORK };
enum place { PLACE_OK, PLACE_UNALIGNED, PLACE_END, PLACE_OVER, PLACE_NULL,
	     PLACE_KERNEL, PLACE_NONE, PLACE_READ_ONLY, PLACE_LAST };

struct call {
	enum kind kind;
	struct clone_args args;
	u64 size, at;
	u64 legacy[5];
	enum place place;
	u32 tail;		/* offset of a byte beyond the struct that is not zero */
	u32 tls_entry;
	int tids[40];
	u64 tid_self;		/* a bit for each that is the caller's own */
	u64 flags;		/* what a child would be made with */
};

/* What a child finds. */
struct seen {
	int entered, tid, pid, ppid, first_fd, uid, nnp, mounts, ns_error;
	u32 words[3], ns_new;
	unsigned long usr1, usr2, altstack;
	u64 caps, tid_address, tls;
	char cgroup[64];
	volatile int done;
};

/* The first part is known to the assembler code by its offsets. */
struct shared {
	u64 nr, arg[5], child_sp, own_sp;
	u64 before[16], child[16], parent[16];
	struct seen seen;

	u64 seed;
	u32 index, next, end, lie;
	enum type type;
	int level, verbose, repeat, caller, supervisor;
	volatile int in_call;
	int look_ns, look_cgroup, look_mounts, pause;
	unsigned long watch[3];
	char ns_names[10][40];

	volatile int reaped, reaped_status, trace_events, child_traced, sup_signals;
	volatile int setup_error;

	u32 accepted, refused[134];
	u64 hash;
	int length, call_length;
	char line[2048];
};

static struct shared * const sh = (struct shared *)SHARED;

_Static_assert(offsetof(struct shared, child_sp) == 48, "known to issue()");
_Static_assert(offsetof(struct shared, own_sp) == 56, "known to issue()");
_Static_assert(offsetof(struct shared, before) == 64, "known to issue()");
_Static_assert(offsetof(struct shared, child) == 192, "known to issue()");
_Static_assert(offsetof(struct shared, parent) == 320, "known to issue()");

/*
 * long issue(void): makes the call that is in *sh. A child goes to child_main()
 * on a stack of its own: it may share its parent's, or have been given one that
 * is none. Registers are stored before and after, to see that all are kept.
 */
long issue(void);
void child_main(void);

#if defined(__x86_64__)
#define KEEP(to)							\
	"mov %rbx, " to "+0\n mov %rbp, " to "+8\n mov %r12, " to "+16\n"	\
	"mov %r13, " to "+24\n mov %r14, " to "+32\n mov %r15, " to "+40\n"	\
	"mov %rdi, " to "+48\n mov %rsi, " to "+56\n mov %rdx, " to "+64\n"	\
	"mov %r10, " to "+72\n mov %r8, " to "+80\n mov %r9, " to "+88\n"
asm(".text\n.globl issue\nissue:\n"
    "push %rbx\n push %rbp\n push %r12\n push %r13\n push %r14\n push %r15\n"
    "movabs $0x1122334455667788, %rbx\n lea 1(%rbx), %rbp\n lea 2(%rbx), %r12\n"
    "lea 3(%rbx), %r13\n lea 4(%rbx), %r14\n lea 5(%rbx), %r15\n lea 6(%rbx), %r9\n"
    "mov 0x20000000, %rax\n mov 0x20000008, %rdi\n mov 0x20000010, %rsi\n"
    "mov 0x20000018, %rdx\n mov 0x20000020, %r10\n mov 0x20000028, %r8\n"
    "mov %rsp, 0x20000038\n"
    KEEP("0x20000040")
    "syscall\n"
    "test %rax, %rax\n"
    "jz 1f\n"
    KEEP("0x20000140")
    "pop %r15\n pop %r14\n pop %r13\n pop %r12\n pop %rbp\n pop %rbx\n"
    "ret\n"
    "1: mov %rsp, 0x20000030\n"
    KEEP("0x200000c0")
    "mov $0x24004000, %esp\n xor %ebp, %ebp\n"
    "call child_main\n");
#elif defined(__i386__)
#define KEEP(to)							\
	"mov %ebx, " to "+0\n mov %ecx, " to "+8\n mov %edx, " to "+16\n"	\
	"mov %esi, " to "+24\n mov %edi, " to "+32\n mov %ebp, " to "+40\n"
asm(".text\n.globl issue\nissue:\n"
    "push %ebx\n push %esi\n push %edi\n push %ebp\n"
    "mov 0x20000000, %eax\n mov 0x20000008, %ebx\n mov 0x20000010, %ecx\n"
    "mov 0x20000018, %edx\n mov 0x20000020, %esi\n mov 0x20000028, %edi\n"
    "mov $0x11223344, %ebp\n mov %esp, 0x20000038\n"
    KEEP("0x20000040")
    "int $0x80\n"
    "test %eax, %eax\n"
    "jz 1f\n"
    KEEP("0x20000140")
    "pop %ebp\n pop %edi\n pop %esi\n pop %ebx\n"
    "ret\n"
    "1: mov %esp, 0x20000030\n"
    KEEP("0x200000c0")
    "mov $0x24004000, %esp\n xor %ebp, %ebp\n"
    "call child_main\n");
#elif defined(__m68k__)
#define KEEP(to) "movem.l %d1-%d7/%a0-%a6, " to "\n"
asm(".text\n.globl issue\nissue:\n"
    "movem.l %d2-%d7/%a2-%a6, -(%sp)\n"
    "move.l 0x20000004, %d0\n move.l 0x2000000c, %d1\n move.l 0x20000014, %d2\n"
    "move.l 0x2000001c, %d3\n move.l 0x20000024, %d4\n move.l 0x2000002c, %d5\n"
    "move.l #0x11223344, %d6\n move.l #0x11223345, %d7\n"
    "move.l #0x11223346, %a0\n move.l #0x11223347, %a1\n"
    "move.l #0x11223348, %a2\n move.l #0x11223349, %a3\n"
    "move.l #0x1122334a, %a4\n move.l #0x1122334b, %a5\n move.l #0x1122334c, %a6\n"
    "move.l %sp, 0x2000003c\n"
    KEEP("0x20000040")
    "trap #0\n"
    "tst.l %d0\n"
    "jeq 1f\n"
    KEEP("0x20000140")
    "movem.l (%sp)+, %d2-%d7/%a2-%a6\n"
    "rts\n"
    "1: move.l %sp, 0x20000034\n"
    KEEP("0x200000c0")
    "move.l #0x24004000, %sp\n"
    "jsr child_main\n");
#else
#error issue() is to be written for this architecture
#endif

/* Text: the line of the current call, which the supervisor may have to end. */

static void put_char(char c)
{
	if (sh->length < (int)sizeof(sh->line) - 2)
		sh->line[sh->length++] = c;
}

static void put(const char *s)
{
	while (*s)
		put_char(*s++);
}

static void put_number(u64 n, int base)
{
	char digits[24];
	int i = 0;
	u32 low = n;

	if (n >> 32)
		for (; n >> 32; n /= base)
			digits[i++] = "0123456789abcdef"[n % base];
	low = n;
	do
		digits[i++] = "0123456789abcdef"[low % base];
	while (low /= base);
	while (i)
		put_char(digits[--i]);
}

static void put_decimal(const char *name, long n)
{
	put(name);
	if (n < 0)
		put_char('-');
	put_number(n < 0 ? -(u64)n : (u64)n, 10);
}

static void put_hex(const char *name, u64 n)
{
	put(name);
	if (n > 9)
		put("0x");
	put_number(n, 16);
}

static const struct { int number; const char *name; } errors[] = {
	{ EPERM, "EPERM" }, { ENOENT, "ENOENT" }, { ESRCH, "ESRCH" }, { EINTR, "EINTR" },
	{ E2BIG, "E2BIG" }, { EBADF, "EBADF" }, { ECHILD, "ECHILD" }, { EAGAIN, "EAGAIN" },
	{ ENOMEM, "ENOMEM" }, { EACCES, "EACCES" }, { EFAULT, "EFAULT" }, { EBUSY, "EBUSY" },
	{ EEXIST, "EEXIST" }, { ENODEV, "ENODEV" }, { EINVAL, "EINVAL" }, { EMFILE, "EMFILE" },
	{ ENOSPC, "ENOSPC" }, { ENOSYS, "ENOSYS" }, { EUSERS, "EUSERS" },
	{ EOPNOTSUPP, "EOPNOTSUPP" },
};

static const char *error_name(int number)
{
	static char other[16];

	for (size_t i = 0; i < ARRAY_SIZE(errors); i++)
		if (errors[i].number == number)
			return errors[i].name;
	snprintf(other, sizeof(other), "errno %d", number);
	return other;
}

static void put_result(const char *name, long ret)
{
	put(name);
	if (ret < 0) {
		put_char('-');
		put(error_name(-ret));
	} else {
		put_number(ret, 10);
	}
}

static const char * const flag_names[64] = {
	[7] = "NEWTIME", "VM", "FS", "FILES", "SIGHAND", "PIDFD", "PTRACE", "VFORK",
	"PARENT", "THREAD", "NEWNS", "SYSVSEM", "SETTLS", "PARENT_SETTID",
	"CHILD_CLEARTID", "DETACHED", "UNTRACED", "CHILD_SETTID", "NEWCGROUP",
	"NEWUTS", "NEWIPC", "NEWUSER", "NEWPID", "NEWNET", "IO", "CLEAR_SIGHAND",
	"INTO_CGROUP", "AUTOREAP", "NNP", "PIDFD_AUTOKILL", "EMPTY_MNTNS",
};

static void put_flags(u64 flags)
{
	char separator = '=';
	u64 rest = 0;

	put(" flags");
	for (int i = 0; i < 64; i++) {
		if (!(flags >> i & 1))
			continue;
		if (!flag_names[i]) {
			rest |= 1ull << i;
			continue;
		}
		put_char(separator);
		put(flag_names[i]);
		separator = '|';
	}
	if (rest || separator == '=') {
		put_char(separator);
		put_hex("", rest);
	}
}

/* The line is complete: into the hash, or onto the console. */
static void commit(long ret)
{
	u64 hash = sh->hash;

	put_char('\n');
	for (int i = 0; i < sh->length; i++)
		hash = (hash ^ (unsigned char)sh->line[i]) * 0x100000001b3ull;
	sh->hash = hash;
	if (ret >= 0)
		sh->accepted++;
	else
		sh->refused[-ret < 133 ? -ret : 133]++;
	if (sh->verbose)
		sys3(__NR_write, 1, sh->line, sh->length);
	sh->next = sh->index + 1;
	sh->in_call = 0;
}

/* Chance: the same for the same seed and index. */

static u64 chance;

static u64 any(void)
{
	u64 z = chance += 0x9e3779b97f4a7c15ull;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ull;
	z = (z ^ z >> 27) * 0x94d049bb133111ebull;
	return z ^ z >> 31;
}

static u32 below(u32 n)
{
	return (u32)(any() >> 32) % n;
}

#define one_of(...) ({							\
	static const u64 list_[] = { __VA_ARGS__ };			\
	list_[below(ARRAY_SIZE(list_))];				\
})

#define KERNEL (sizeof(long) == 8 ? 0xffff888000001000ull : 0xfffff000ull)

static u64 odd_pointer(u64 usual)
{
	switch (below(13)) {
	case 0: return 0;
	case 1: return usual + 1 + below(3);
	case 2: return WORD_PIDFD;
	case 3: return WORD_PARENT;
	case 4: return WORD_CHILD;
	case 5: return READ_ONLY + 8;
	case 6: return NO_ACCESS + 8;
	case 7: return NOTHING;
	case 8: return KERNEL;
	case 9: return EDGE2_END - 1 - below(3);
	case 10: return usual | 1ull << 32;
	case 11: return usual | 1ull << 63;
	default: return -1ull;
	}
}

static u64 some_flag(void)
{
	return 1ull << (below(8) ? 7 + below(31) : below(64));
}

static int some_tid(struct call *c, int i, int level)
{
	switch (below(level ? 12 : 10)) {
	case 0: c->tid_self |= 1ull << i; return 0;
	case 1: return 1;
	case 2: return 0;
	case 3: return -1 - (int)below(5);
	case 4: return 32767 + below(2);
	case 5: return one_of(0x7fffffff, 0x80000000, 4194303, 4194304, 4194305);
	case 10: return 2;
	default: return 31000 + below(1000);
	}
}

static void some_set_tid(struct call *c, int size, int level)
{
	c->args.set_tid = SET_TID;
	c->args.set_tid_size = size;
	for (int i = 0; i < (int)ARRAY_SIZE(c->tids); i++)
		c->tids[i] = 31000 + below(1000);
	if (sh->type == OTHER_PID_NS)
		c->tids[0] = 1;
	if (!below(3)) {
		int i = below(size < 1 ? 1 : size > 4 ? 4 : size);

		c->tids[i] = some_tid(c, i, level);
	}
}

#define NAMESPACES (CLONE_NEWTIME | CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | \
		    CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET)
#define THREAD (CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD)

/* A call that could well be meant so. */
static void sensible(struct call *c)
{
	struct clone_args *a = &c->args;
	u64 flags = 0;
	u32 r = below(100);

	c->kind = r < 74 ? CLONE3 : r < 94 ? CLONE : r < 97 ? FORK : VFORK;
	a->exit_signal = SIGCHLD;
	switch (below(17)) {
	case 0: break;
	case 1: flags = CLONE_VM | CLONE_VFORK; break;
	case 2: case 3:
		flags = THREAD | CLONE_SYSVSEM | CLONE_SETTLS |
			CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID;
		a->exit_signal = 0;
		break;
	case 4: flags = THREAD | (any() & (CLONE_PIDFD | CLONE_CHILD_SETTID | CLONE_IO));
		a->exit_signal = 0;
		break;
	case 5: flags = CLONE_VM | (any() & (CLONE_FS | CLONE_FILES | CLONE_SYSVSEM | CLONE_IO));
		break;
	case 6: flags = any() & any() & NAMESPACES; break;
	case 7: flags = 1ull << (25 + below(6)); break;
	case 8: flags = CLONE_PIDFD; break;
	case 9: flags = CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID |
			(any() & CLONE_PARENT_SETTID);
		break;
	case 10: flags = CLONE_CLEAR_SIGHAND | (any() & (CLONE_VM | CLONE_VFORK)); break;
	case 11: flags = CLONE_INTO_CGROUP | (any() & (CLONE_PIDFD | CLONE_NEWCGROUP));
		 a->cgroup = sh->type == USER || sh->type == FEW_PROCESSES ?
			     FD_CGROUP_USER : FD_CGROUP;
		 break;
	case 12: flags = CLONE_AUTOREAP | (any() & (CLONE_NNP | CLONE_PIDFD | CLONE_VM));
		 a->exit_signal = 0;
		 break;
	case 13: flags = CLONE_AUTOREAP | CLONE_PIDFD | CLONE_PIDFD_AUTOKILL |
			 (any() & CLONE_NNP);
		 a->exit_signal = 0;
		 break;
	case 14: flags = CLONE_EMPTY_MNTNS | (any() & CLONE_NEWUSER); break;
	case 15: flags = CLONE_PARENT; a->exit_signal = 0; break;
	default: flags = CLONE_NNP | (any() & (CLONE_PTRACE | CLONE_UNTRACED)); break;
	}
	/* What else may go with it. */
	if (!below(3))
		flags |= any() & any() & (CLONE_PIDFD | CLONE_CHILD_SETTID | CLONE_PTRACE |
					  CLONE_CHILD_CLEARTID | CLONE_UNTRACED |
					  CLONE_SYSVSEM | CLONE_IO | CLONE_VFORK);
	a->flags = flags;
	a->pidfd = flags & CLONE_PIDFD || below(2) ? WORD_PIDFD : 0;
	a->parent_tid = flags & CLONE_PARENT_SETTID || below(2) ? WORD_PARENT : 0;
	a->child_tid = flags & (CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID) || below(2) ?
		       WORD_CHILD : 0;
	if (flags & CLONE_SETTLS || below(2))
		a->tls = TLS;
	if ((flags & CLONE_VM && below(4)) || !below(4)) {
		a->stack = STACK;
		a->stack_size = STACK_SIZE;
	}
	c->tls_entry = 13;
	c->size = CLONE_ARGS_SIZE_VER2;
	if (!below(8)) {
		/* Mostly a size that is right. */
		int size = 1 + below(1 + sh->level + (sh->type == OTHER_PID_NS));

		some_set_tid(c, size + !below(8), sh->level);
		if (c->kind != CLONE3 && below(4))
			c->kind = CLONE3;
	}
	if (!(flags >> 32) && below(5) == 0)
		c->size = a->set_tid ? CLONE_ARGS_SIZE_VER1 : CLONE_ARGS_SIZE_VER0;
}

static void change(struct call *c)
{
	struct clone_args *a = &c->args;
	u32 r;

	switch (below(20)) {
	case 0:
		c->size = one_of(0, 1, 63, 64, 65, 72, 79, 80, 81, 87, 88, 89, 90, 96, 128,
				 PAGE - 1, PAGE, PAGE + 1, 2 * PAGE, 0x7fffffff, 0x80000000,
				 0xffffffff, 1ull << 32 | 88, 1ull << 63 | 88, -1ull);
		if (!below(4))
			c->size = below(below(2) ? 200 : 5000);
		if (c->size > KNOWN && below(2))
			c->tail = KNOWN + below(c->size < PAGE ? c->size - KNOWN : PAGE - KNOWN);
		break;
	case 1:
		c->size = one_of(89, 96, 104, 105, 111, 112, 128, 1024, PAGE - 1, PAGE);
		if (c->size > KNOWN && below(4))
			c->tail = KNOWN + below(c->size - KNOWN);
		break;
	case 2: case 3:
		c->place = 1 + below(PLACE_LAST);
		break;
	case 4: case 5: case 6:
		a->flags ^= some_flag();
		break;
	case 7:
		a->flags = some_flag();
		if (below(2))
			a->flags |= some_flag();
		break;
	case 8:
		a->exit_signal = one_of(0, SIGCHLD, SIGCHLD, SIGUSR1, SIGCONT, SIGTSTP, SIGKILL,
					SIGSTOP, SIGSEGV, 32, 33, 63, 64, 65, 66, 127, 128, 129,
					255, 256, 256 + SIGCHLD, 1ull << 32 | SIGCHLD, 1ull << 63);
		break;
	case 9:
		a->exit_signal = below(4) ? below(66) : any() >> below(64);
		break;
	case 10: case 11:
		r = below(20);
		a->stack = STACK;
		a->stack_size = STACK_SIZE;
		switch (r) {
		case 0: a->stack = a->stack_size = 0; break;
		case 1: a->stack = 0; break;
		case 2: a->stack_size = 0; break;
		case 3: a->stack = 0x1000; a->stack_size = 0x1000; break;
		case 4: a->stack = KERNEL; break;
		case 5: a->stack = -0x1000ull; a->stack_size = 0x2000; break;
		case 6: a->stack_size = -STACK; break;
		case 7: a->stack_size = 1ull << 47; break;
		case 8: a->stack_size |= 1ull << 32; break;
		case 9: a->stack |= 1ull << 32; break;
		case 10: a->stack++; a->stack_size = 7; break;
		case 11: a->stack = any() >> below(40); a->stack_size = any() >> below(64); break;
		case 12: a->stack = 0x7fffffffe000; a->stack_size = 0x1000; break;
		case 13: a->stack = 0x7ffffffff000; a->stack_size = 0x1000; break;
		case 14: a->stack = 0xc0000000; break;
		case 15: a->stack = a->stack_size = 1; break;
		case 16: a->stack = 0xfffff000; a->stack_size = 0xfff; break;
		case 17: a->stack = 0xfffff000; a->stack_size = 0x1000; break;
		case 18: a->stack = NOTHING; break;
		default: a->stack_size = -1ull; break;
		}
		break;
	case 12:
		some_set_tid(c, sh->level + one_of(0, 1, 2), sh->level);
		switch (below(8)) {
		case 0: a->set_tid = 0; break;
		case 1: a->set_tid_size = 0; break;
		case 2: a->set_tid_size = below(36); break;
		case 3: a->set_tid_size = one_of(31, 32, 33, 1ull << 32 | 1, 1ull << 63, -1ull); break;
		case 4: a->set_tid = odd_pointer(SET_TID); break;
		case 5: a->set_tid = EDGE2_END - 4 * below(4); break;
		case 6: a->set_tid = a->set_tid_size = 0; break;
		default: break;
		}
		break;
	case 13:
		some_set_tid(c, 1 + below(sh->level + 2), sh->level);
		r = below(sh->level + 1);
		c->tids[r] = some_tid(c, r, sh->level);
		break;
	case 14:
		a->cgroup = one_of(FD_PROC, FD_CGROUP, FD_CGROUP_USER, FD_DIRECTORY, FD_CGROUP_FULL,
				   FD_CGROUP_FULL, FD_CGROUP_THREADED, FD_CGROUP_REMOVED,
				   FD_CGROUP_FILE, FD_CGROUP_PATH, FD_PID_NS, 0, 5, 0x7fffffff,
				   0x80000000, 1ull << 32 | FD_CGROUP, 1ull << 63, -1ull);
		if (below(4))
			a->flags |= CLONE_INTO_CGROUP;
		break;
	case 15:
		a->pidfd = odd_pointer(WORD_PIDFD);
		if (below(2))
			a->flags |= CLONE_PIDFD;
		break;
	case 16:
		a->parent_tid = odd_pointer(WORD_PARENT);
		if (below(2))
			a->flags |= CLONE_PARENT_SETTID;
		break;
	case 17:
		a->child_tid = odd_pointer(WORD_CHILD);
		if (below(2))
			a->flags |= below(2) ? CLONE_CHILD_SETTID : CLONE_CHILD_CLEARTID;
		break;
	case 18:
		a->tls = below(3) ? odd_pointer(TLS) : any() >> below(64);
		c->tls_entry = one_of(12, 14, 11, 15, 0, 0xffffffff, 6, 7);
		if (below(2))
			a->flags |= CLONE_SETTLS;
		break;
	default:
		if (below(4))
			a->flags = any();
		else
			for (u64 *p = (u64 *)a; p < &a->ns_fd; p++)
				*p = any() >> below(64);
		break;
	}
}

static void generate(struct call *c, u32 index)
{
	struct clone_args *a = &c->args;
	int changes;

	chance = sh->seed * 0xd1342543de82ef95ull ^ index * 0x2545f4914f6cdd1dull;
	any();
	memset(c, 0, sizeof(*c));
	sensible(c);
	changes = one_of(0, 1, 1, 2, 2, 2, 3, 3, 4, 4);
	while (changes--)
		change(c);
	/* A network namespace costs more than a hundred other calls. */
	if (a->flags & CLONE_NEWNET && below(8))
		a->flags &= ~(u64)CLONE_NEWNET;

	c->flags = a->flags;
	switch (c->kind) {
	case CLONE3:
		if (c->size < CLONE_ARGS_SIZE_VER2 && c->tail)
			c->tail = 0;
		break;
	case CLONE:
		c->legacy[0] = (u32)a->flags & ~(u64)CSIGNAL;
		c->legacy[0] |= a->exit_signal & CSIGNAL;
		if (!below(8))
			c->legacy[0] |= any() << 32;
		c->legacy[1] = a->stack + a->stack_size;
		c->legacy[2] = a->flags & CLONE_PIDFD && below(8) ? a->pidfd : a->parent_tid;
#if defined(__i386__)
		c->legacy[3] = a->tls;
		c->legacy[4] = a->child_tid;
#else
		c->legacy[3] = a->child_tid;
		c->legacy[4] = a->tls;
#endif
		a->pidfd = a->parent_tid = c->legacy[2];
		c->flags = (u32)c->legacy[0] & ~(u64)CSIGNAL;
		break;
	case FORK:
		c->flags = 0;
		break;
	case VFORK:
		c->flags = CLONE_VM | CLONE_VFORK;
		break;
	}
}

/* The struct as the call wants it; where it does not lie whole, what there is. */
static void place(struct call *c)
{
	u64 size = c->size, room = 2 * PAGE;
	unsigned long at = ARGS;
	u32 r = any() >> 32;

	if (size < sizeof(c->args) || size > 2 * PAGE)
		size = sizeof(c->args);
	switch (c->place) {
	case PLACE_OK: break;
	case PLACE_UNALIGNED: at += 1 + r % 7; break;
	case PLACE_END: at = EDGE_END - (c->size < 2 * PAGE ? c->size : sizeof(c->args)); break;
	case PLACE_OVER: at = EDGE_END - size + 1 + r % (r & 1 << 20 ? 8 : size); break;
	case PLACE_NULL: c->at = 0; return;
	case PLACE_KERNEL: c->at = KERNEL; return;
	case PLACE_NONE: c->at = NO_ACCESS + 64; return;
	case PLACE_READ_ONLY: at = READ_ONLY + 64; break;
	case PLACE_LAST: c->at = -(u64)(r % 2 ? size : size / 2); return;
	}
	c->at = at;
	if (at >= EDGE && at < EDGE_END + PAGE)
		room = at < EDGE_END ? EDGE_END - at : 0;
	if (c->place == PLACE_READ_ONLY)
		sys3(__NR_mprotect, READ_ONLY, 4 * PAGE, PROT_READ | PROT_WRITE);
	memset((void *)at, 0, size < room ? size : room);
	memcpy((void *)at, &c->args, sizeof(c->args) < room ? sizeof(c->args) : room);
	if (c->tail && c->tail < room)
		((char *)at)[c->tail] = 1;
	if (c->place == PLACE_READ_ONLY)
		sys3(__NR_mprotect, READ_ONLY, 4 * PAGE, PROT_READ);
}

static void unplace(struct call *c)
{
	if (c->kind != CLONE3)
		return;
	if (c->place <= PLACE_END) {
		unsigned long length = c->place == PLACE_END ? EDGE_END - c->at : sizeof(c->args);

		if (memcmp((void *)(unsigned long)c->at, &c->args,
			   length < sizeof(c->args) ? length : sizeof(c->args)))
			put(" STRUCT-CHANGED");
	}
	if (c->tail && c->place <= PLACE_UNALIGNED)
		((char *)(unsigned long)c->at)[c->tail] = 0;
}

static void put_call(const struct call *c)
{
	static const char * const kinds[] = { "clone3", "clone", "fork", "vfork" };
	const struct clone_args *a = &c->args;

	sh->length = 0;
	put_decimal("", sh->index);
	put_char(' ');
	put(kinds[c->kind]);
	if (c->kind == CLONE) {
		put_flags(c->flags);
		put_hex(" exit=", c->legacy[0] & CSIGNAL);
		for (int i = 0; i < 5; i++)
			put_hex(i ? ", " : " (", c->legacy[i]);
		put_char(')');
	}
	if (c->kind != CLONE3)
		return;
	put_hex(" at=", c->at);
	put_hex(" size=", c->size);
	if (c->tail)
		put_decimal(" tail=", c->tail);
	put_flags(a->flags);
	put_hex(" exit=", a->exit_signal);
	put_hex(" pidfd=", a->pidfd);
	put_hex(" child_tid=", a->child_tid);
	put_hex(" parent_tid=", a->parent_tid);
	put_hex(" stack=", a->stack);
	put_hex("+", a->stack_size);
	put_hex(" tls=", a->tls);
	if (a->set_tid || a->set_tid_size) {
		put_hex(" set_tid=", a->set_tid);
		put_hex("[", a->set_tid_size);
		put("]");
		for (u32 i = 0; i < 4 && i < a->set_tid_size; i++) {
			put_char(i ? ',' : '{');
			if (c->tid_self >> i & 1)
				put("self");
			else
				put_decimal("", c->tids[i]);
		}
		put(a->set_tid_size ? "}" : "");
	}
	put_hex(" cgroup=", a->cgroup);
}

/* The child: no libc, for its errno would be its parent's too. */

static const char * const ns_files[] = {
	"thread-self/ns/uts", "thread-self/ns/ipc", "thread-self/ns/net",
	"thread-self/ns/mnt", "thread-self/ns/pid", "thread-self/ns/pid_for_children",
	"thread-self/ns/user", "thread-self/ns/cgroup", "thread-self/ns/time",
	"thread-self/ns/time_for_children",
};

static long read_proc(const char *name, char *to, long size)
{
	long fd = sys4(__NR_openat, FD_PROC, name, O_RDONLY, 0), n, all = 0;

	if (fd < 0)
		return fd;
	while ((n = sys3(__NR_read, fd, to + all, size - all)) > 0)
		all += n;
	sys1(__NR_close, fd);
	return n < 0 ? n : all;
}

static unsigned long handler(int signal, unsigned long new)
{
	unsigned long act[3 + 8 / sizeof(long)] = { new }, old[3 + 8 / sizeof(long)] = { 0 };

	sys4(__NR_rt_sigaction, signal, new == -1ul ? NULL : act, old, 8);
	return old[0];
}

static u64 thread_pointer(void)
{
#if defined(__x86_64__)
	u64 fs = 0;

	sys2(__NR_arch_prctl, 0x1003 /* ARCH_GET_FS */, &fs);
	return fs;
#elif defined(__i386__)
	u32 desc[4] = { 13 };

	sys1(__NR_get_thread_area, desc);
	return desc[1];
#else
	return (unsigned long)sys0(__NR_get_thread_area);
#endif
}

/* Not on the child's stack, which is small. */
static char mount_lines[PAGE];

void __attribute__((noreturn, used)) child_main(void)
{
	struct seen *s = &sh->seen;
	struct { void *sp; int flags; size_t size; } alt = { 0 };
	unsigned long address[2] = { 0 };
	u32 caps[6] = { 0 }, header[2] = { _LINUX_CAPABILITY_VERSION_3, 0 };
	char name[40];
	long n;

	s->entered++;
	for (int i = 0; i < 3; i++)
		memcpy(&s->words[i], (void *)sh->watch[i], 4);
	s->tid = sys0(__NR_gettid);
	s->pid = sys0(__NR_getpid);
	s->ppid = sys0(__NR_getppid);
	s->uid = sys0(NR_getuid);
	s->first_fd = sys1(__NR_dup, 0);
	sys1(__NR_close, s->first_fd);
	s->nnp = sys5(__NR_prctl, PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0);
	sys5(__NR_prctl, 40 /* PR_GET_TID_ADDRESS */, address, 0, 0, 0);
	s->tid_address = BIG_ENDIAN_32 || sizeof(long) == 8 ? address[0] :
			 address[0] | (u64)address[1] << 32;
	sys2(__NR_capget, header, caps);
	s->caps = caps[0] | (u64)caps[3] << 32;
	sys2(__NR_sigaltstack, NULL, &alt);
	s->altstack = alt.flags ? (unsigned long)alt.flags : (unsigned long)alt.sp;
	s->usr1 = handler(SIGUSR1, -1ul);
	s->usr2 = handler(SIGUSR2, -1ul);
	s->tls = thread_pointer();

	if (sh->look_ns) {
		for (int i = 0; i < (int)ARRAY_SIZE(ns_files); i++) {
			n = sys4(__NR_readlinkat, FD_PROC, ns_files[i], name, sizeof(name) - 1);
			name[n < 0 ? 0 : n] = 0;
			if (n < 0)
				s->ns_error = n;
			else if (strcmp(name, sh->ns_names[i]))
				s->ns_new |= 1u << i;
		}
	}
	if (sh->look_cgroup) {
		n = read_proc("thread-self/cgroup", s->cgroup, sizeof(s->cgroup) - 1);
		s->cgroup[n < 0 ? 0 : n] = 0;
	}
	if (sh->look_mounts) {
		n = read_proc("thread-self/mountinfo", mount_lines, sizeof(mount_lines));
		s->mounts = n < 0 ? n : 0;
		for (long i = 0; i < n; i++)
			s->mounts += mount_lines[i] == '\n';
	}

	/* What the parent sees of these is shared. */
	sys3(__NR_dup3, 0, FD_PROBE, 0);
	sys1(__NR_umask, 0123);
	handler(SIGURG, 1 /* SIG_IGN */);
	*(volatile int *)MARK = 1;
	s->done = 1;
	while (sh->pause)
		sys0(__NR_pause);
	for (;;)
		sys1(__NR_exit, 42);
}

/* Takes every pending signal; shows them, or returns how many there were. */
static int drain(const char *name)
{
	unsigned long set[8 / sizeof(long)], none[4] = { 0 };
	int info[32], n = 0;
	long signal;

	memset(set, 0xff, sizeof(set));
	while ((signal = sys4(__NR_rt_sigtimedwait, set, info, none, 8)) > 0) {
		if (name) {
			put_decimal(n ? "," : name, signal);
			put_decimal("/", info[2]);
		}
		n++;
	}
	return n;
}

static void put_pid(const char *name, int n, int ret)
{
	put(name);
	put(n == ret ? "child" : n == sh->caller ? "caller" : n == sh->supervisor ? "supervisor" :
	    n == 0 ? "0" : n == 1 ? "1" : "other");
}

/* Where words overlap, what is left of a tid depends on its number. */
static int overlaps(int i)
{
	int k;

	for (k = 0; k < 3; k++)
		if (sh->watch[k] != sh->watch[i] &&
		    sh->watch[k] + 4 > sh->watch[i] && sh->watch[k] < sh->watch[i] + 4)
			return 1;
	return 0;
}

static void put_word(int i, u32 word, long ret)
{
	static const char * const names[] = { " pidfd:", " parent_tid:", " child_tid:" };

	if (word == 0x5a5a5a5a)
		return;
	put(names[i]);
	put(overlaps(i) ? "overlaps" : word == (u32)ret ? "child" : word == 0 ? "0" :
	    word == 1 ? "1" : word == FD_FREE ? "fd" : "other");
}

static void put_seen(long ret)
{
	static const char * const spaces[] = { "uts", "ipc", "net", "mnt", "pid",
		"pid_for_children", "user", "cgroup", "time", "time_for_children" };
	const struct seen *s = &sh->seen;
	int i;

	put(" | child:");
	if (s->entered != 1 || !s->done)
		put_decimal(" ENTERED ", s->entered * 10 + s->done);
	put_pid(" tid=", s->tid, ret);
	if (s->pid != s->tid)
		put_pid(" pid=", s->pid, ret);
	put_pid(" ppid=", s->ppid, ret);
	for (i = 0; i < 3; i++)
		put_word(i, s->words[i], ret);
	if (sh->child_sp == sh->own_sp)
		put(" sp=own");
	else
		put_hex(" sp=", sh->child_sp);
	for (i = 0; i < 16; i++)
		if (sh->before[i] != sh->child[i])
			put_decimal(" REGISTER ", i);
	put_decimal(" uid=", s->uid);
	put_hex(" caps=", s->caps);
	if (s->nnp)
		put_decimal(" nnp=", s->nnp);
	if (s->tid_address)
		put_hex(" tid_address=", s->tid_address);
	if (s->altstack != ALT_STACK)
		put_hex(" altstack=", s->altstack);
	put_hex(" usr1=", s->usr1);
	put_hex(" usr2=", s->usr2);
	if (s->tls)
		put_hex(" tls=", s->tls);
	put_decimal(" fd=", s->first_fd);
	if (s->ns_error)
		put_result(" ns=", s->ns_error);
	for (i = 0; i < (int)ARRAY_SIZE(spaces); i++) {
		if (s->ns_new >> i & 1) {
			put(" new-");
			put(spaces[i]);
		}
	}
	if (s->cgroup[0]) {
		put(" cgroup=");
		for (i = 0; s->cgroup[i] && s->cgroup[i] != '\n'; i++)
			put_char(s->cgroup[i]);
	}
	if (sh->look_mounts)
		put_result(" mounts=", s->mounts);
	if (sh->type == TRACED) {
		/* A caller that was killed may not have come to its stops. */
		if (ret > 0)
			put_hex(" events=", sh->trace_events);
		put_decimal(" traced=", sh->child_traced);
	}
}

/* The child is to end, and to be reaped by whom it should. */
static void reap(const struct call *c, long ret)
{
	int status = -1, info[32] = { 0 };
	long r;

	if (sh->pause) {
		while (!sh->seen.done)
			sys0(__NR_sched_yield);
		sys1(__NR_close, FD_FREE);
	}
	if (c->flags & CLONE_THREAD) {
		while (!sys3(__NR_tgkill, sh->caller, ret, 0))
			sys0(__NR_sched_yield);
		put(" thread");
	} else if (c->flags & CLONE_PARENT) {
		while (sh->reaped != ret)
			sys0(__NR_sched_yield);
		put_hex(" supervisor reaped: ", sh->reaped_status);
		if (sh->type != TRACED)
			put_decimal(" signals ", sh->sup_signals);
	} else if (c->kind == CLONE3 && c->flags & CLONE_AUTOREAP) {
		while ((r = sys2(__NR_kill, ret, 0)) == 0 || r == -EPERM)
			sys0(__NR_sched_yield);
		put_result(" autoreap wait=", sys4(__NR_wait4, ret, &status, 0x40000000, NULL));
	} else {
		r = sys5(__NR_waitid, P_PID, ret, info, WEXITED | 0x01000000 /* WNOWAIT */, NULL);
		put_result(" waitid=", r);
		r = sys4(__NR_wait4, ret, &status, 0x40000000 /* __WALL */, NULL);
		put(r == ret ? " wait=child" : " wait=OTHER");
		put_hex(" status=", status);
		/* One that reaps itself is no child before it is quite gone. */
		while (r != ret && ((r = sys2(__NR_kill, ret, 0)) == 0 || r == -EPERM))
			sys0(__NR_sched_yield);
	}
}

static void look_at_pidfd(void)
{
	struct pidfd_info info;
	long r, fl = sys2(__NR_fcntl, FD_FREE, F_GETFL);

	if (sh->pause) {
		put_result(" pidfd closed, is", fl);
		return;
	}
	put_result(" pidfd flags=", fl);
	put_result("/", sys2(__NR_fcntl, FD_FREE, F_GETFD));
	memset(&info, 0, sizeof(info));
	info.mask = PIDFD_INFO_EXIT;
	r = sys3(__NR_ioctl, FD_FREE, PIDFD_GET_INFO, &info);
	put_result(" info=", r);
	if (!r && info.mask & PIDFD_INFO_EXIT)
		put_hex(" exit_code=", info.exit_code);
	sys1(__NR_close, FD_FREE);
}

static void observe(const struct call *c, long ret)
{
	const unsigned char *watched = (void *)WORDS;
	int i, k, fd;

	if (ret > 0) {
		put(" -> child");
		reap(c, ret);
		if (c->flags & CLONE_PIDFD)
			look_at_pidfd();
		drain(" signals=");
		if (sys2(__NR_fcntl, FD_PROBE, F_GETFD) >= 0) {
			put(" +files");
			sys1(__NR_close, FD_PROBE);
		}
		if (sys1(__NR_umask, 022) != 022)
			put(" +fs");
		if (handler(SIGURG, 0))
			put(" +sighand");
		/* A pid namespace's end sets this, for those who share its sighand. */
		if (handler(SIGCHLD, 0))
			put(" SIGCHLD-handler-changed");
		if (handler(SIGUSR1, NOTHING) != NOTHING || handler(SIGUSR2, 1) != 1)
			put(" HANDLER-CHANGED");
		if (*(volatile int *)MARK)
			put(" +vm");
		*(volatile int *)MARK = 0;
	} else {
		put_result(" -> ", ret);
	}
	for (i = 0; i < 3; i++) {
		u32 word;

		memcpy(&word, (void *)sh->watch[i], 4);
		put_word(i, word, ret);
	}
	for (i = 0; i < WORDS_WATCHED; i++) {
		for (k = 0; k < 3; k++)
			if (WORDS + i >= sh->watch[k] && WORDS + i < sh->watch[k] + 4)
				break;
		if (k == 3 && watched[i] != 0x5a)
			put_hex(" WRITTEN ", WORDS + i);
	}
	fd = sys1(__NR_dup, 0);
	sys1(__NR_close, fd);
	if (fd != FD_FREE)
		put_decimal(" FIRST-FREE-FD ", fd);
	for (i = 0; i < 16; i++)
		if (sh->before[i] != sh->parent[i])
			put_decimal(" OWN-REGISTER ", i);
	if (ret > 0)
		put_seen(ret);
}

static unsigned long watch(u64 pointer, unsigned long usual)
{
	unsigned long p = pointer;

	return p >= WORDS && p <= WORDS + WORDS_WATCHED - 4 ? p : usual;
}

static void prepare(struct call *c)
{
	const struct clone_args *a = &c->args;
	u32 desc[4] = { c->tls_entry, WORDS, 0xfffff, 0x51 };

	memset((void *)WORDS, 0x5a, WORDS_WATCHED);
	memcpy((void *)TLS, desc, sizeof(desc));
	for (int i = 0; i < (int)ARRAY_SIZE(c->tids); i++)
		if (c->tid_self >> i & 1)
			c->tids[i] = sh->caller;
	if (a->set_tid) {
		memcpy((void *)SET_TID, c->tids, sizeof(c->tids));
		memcpy((void *)(EDGE2_END - 12), c->tids, 12);
	}
	memset(&sh->seen, 0, sizeof(sh->seen));
	memset(sh->before, 0, (char *)&sh->seen - (char *)sh->before);
	sh->child_sp = 0;
	sh->reaped = sh->reaped_status = sh->trace_events = sh->child_traced = sh->sup_signals = 0;
	sh->watch[0] = watch(a->pidfd, WORD_PIDFD);
	sh->watch[1] = watch(a->parent_tid, WORD_PARENT);
	sh->watch[2] = watch(a->child_tid, WORD_CHILD);
	sh->look_mounts = !!(c->flags & (CLONE_NEWNS | CLONE_EMPTY_MNTNS));
	sh->look_ns = sh->look_mounts || c->flags & NAMESPACES || sh->index % 16 == 0;
	sh->look_cgroup = c->flags & (CLONE_INTO_CGROUP | CLONE_NEWCGROUP) || sh->index % 16 == 0;
	/* A child that waits to be killed when its pidfd is closed. */
	sh->pause = c->kind == CLONE3 && c->flags & CLONE_PIDFD_AUTOKILL &&
		    !(c->flags & CLONE_VFORK);

	memset(sh->arg, 0, sizeof(sh->arg));
	switch (c->kind) {
	case CLONE3:
		place(c);
		sh->nr = __NR_clone3;
		sh->arg[0] = c->at;
		sh->arg[1] = c->size;
		break;
	case CLONE:
		sh->nr = __NR_clone;
		memcpy(sh->arg, c->legacy, sizeof(sh->arg));
		break;
	case FORK:
		sh->nr = __NR_fork;
		break;
	case VFORK:
		sh->nr = __NR_vfork;
		break;
	}
}

static int failed(int step)
{
	sh->setup_error = step;
	return step;
}

static int write_file(int dir, const char *name, const char *text)
{
	/* Not in the system call's arguments: a function takes their registers. */
	int fd = sys4(__NR_openat, dir, name, O_WRONLY, 0), n = strlen(text);

	if (fd < 0)
		return fd;
	n = sys3(__NR_write, fd, text, n);
	sys1(__NR_close, fd);
	return n < 0 ? n : 0;
}

static int map_users(void)
{
	return write_file(FD_PROC, "thread-self/setgroups", "deny") ||
	       write_file(FD_PROC, "thread-self/uid_map", "0 0 1") ||
	       write_file(FD_PROC, "thread-self/gid_map", "0 0 1");
}

static int become_caller(void)
{
	struct { void *sp; int flags; size_t size; } alt = { (void *)ALT_STACK, 0, 2 * PAGE };
	u64 limit[2] = { 1 + (sh->index / BLOCK + sh->seed) % 3, 1000 };

	switch (sh->type) {
	case FEW_PROCESSES:
	case USER:
		if (write_file(AT_FDCWD, "/sys/fs/cgroup/user/from/cgroup.procs", "0"))
			return failed(1);
		if (sys3(NR_setresgid, 1000, 1000, 1000) || sys3(NR_setresuid, 1000, 1000, 1000))
			return failed(2);
		sys5(__NR_prctl, PR_SET_DUMPABLE, 1, 0, 0, 0);
		if (sh->type == FEW_PROCESSES &&
		    sys4(__NR_prlimit64, 0, 6 /* RLIMIT_NPROC */, limit, NULL))
			return failed(3);
		break;
	case LIMITS:
		if (sh->index / BLOCK / TYPES % 2 &&
		    (sys3(NR_setresgid, 1000, 1000, 1000) || sys3(NR_setresuid, 1000, 1000, 1000)))
			return failed(4);
		sys5(__NR_prctl, PR_SET_DUMPABLE, 1, 0, 0, 0);
		break;
	case USER_NS:
	case USER_NS_UNMAPPED:
		if (sys1(__NR_unshare, CLONE_NEWUSER))
			return failed(5);
		if (sh->type == USER_NS && map_users())
			return failed(6);
		break;
	case OTHER_PID_NS: {
		int fd = sys4(__NR_openat, FD_PROC, "thread-self/ns/pid", O_RDONLY, 0);

		if (fd < 0 || sys3(__NR_dup3, fd, FD_PID_NS, 0) < 0)
			return failed(7);
		sys1(__NR_close, fd);
		break;
	}
	default:
		break;
	}
	sys2(__NR_sigaltstack, &alt, NULL);
	handler(SIGUSR1, NOTHING);
	handler(SIGUSR2, 1 /* SIG_IGN */);
	handler(SIGURG, 0);
	sys1(__NR_umask, 022);
	for (int i = 0; i < (int)ARRAY_SIZE(ns_files); i++) {
		long n = sys4(__NR_readlinkat, FD_PROC, ns_files[i], sh->ns_names[i],
			      sizeof(sh->ns_names[i]) - 1);

		if (n < 0)
			return failed(8);
		sh->ns_names[i][n] = 0;
	}
	return 0;
}

static struct call call;

static void caller(void)
{
	sh->caller = sys0(__NR_getpid);
	sh->index = sh->next;
	if (become_caller())
		sys1(__NR_exit_group, 1);
	while (sh->next < sh->end) {
		long ret;

		sh->index = sh->next;
		generate(&call, sh->index);
		prepare(&call);
		put_call(&call);
		if (sh->type == OTHER_PID_NS &&
		    (sys2(__NR_setns, FD_PID_NS, CLONE_NEWPID) || sys1(__NR_unshare, CLONE_NEWPID))) {
			failed(9);
			sys1(__NR_exit_group, 1);
		}
		if (sh->index == sh->lie) {
			sh->nr = __NR_clone3;
			sh->arg[0] = 0;
		}
		sh->call_length = sh->length;
		sh->in_call = 1;
		ret = issue();
		/* A leak shows in numbers. */
		for (int i = 0; i < sh->repeat && ret < 0; i++)
			ret = issue();
		observe(&call, ret);
		unplace(&call);
		commit(ret);
	}
	sys1(__NR_exit_group, 0);
}

static long spawn(u64 flags, int exit_signal)
{
	struct clone_args args = { .flags = flags, .exit_signal = exit_signal };

	return sys2(__NR_clone3, &args, sizeof(args));
}

static void supervise(void)
{
	static const int signals[] = { 0, SIGUSR1, SIGURG };
	u64 flags = sh->type == CONTAINER_INIT ? CLONE_NEWPID :
		    sh->type == AUTOREAPED ? CLONE_AUTOREAP : 0;
	u32 round = sh->next / BLOCK / TYPES;
	int exit_signal = sh->type == AUTOREAPED ? 0 :
			  sh->type == ROOT_OTHER_SIGNAL ? signals[round % 3] : SIGCHLD;
	/* SEIZE with TRACEFORK, TRACEVFORK, TRACECLONE, TRACEVFORKDONE: all, then less */
	int options = round % 2 ? 0x2e & (int)(sh->seed * 31 + round * 7) : 0x2e;
	int status, stopped;
	long pid, child;

	sh->supervisor = sys0(__NR_getpid);
	sys5(__NR_prctl, PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
	if (sh->type == USER_PID_NS && map_users())
		sys1(__NR_exit_group, failed(10));
	while (sh->next < sh->end) {
		stopped = 0;
		sh->in_call = 0;
		sh->child_traced = 0;
		child = spawn(flags, exit_signal);
		if (!child) {
			/* Not before the tracer is there. */
			if (sh->type == TRACED)
				while (!sh->child_traced)
					sys0(__NR_sched_yield);
			caller();
		}
		if (child < 0)
			sys1(__NR_exit_group, failed(11));
		if (sh->type == TRACED) {
			if (sys4(__NR_ptrace, 0x4206 /* PTRACE_SEIZE */, child, 0, options))
				sys1(__NR_exit_group, failed(12));
			sh->child_traced = 1;
		}
		while ((pid = sys4(__NR_wait4, -1, &status, 0x40000000 | WUNTRACED, NULL)) > 0) {
			if ((status & 0xff) != 0x7f) {
				if (pid == child) {
					stopped = stopped ?: status;
				} else {
					sh->reaped_status = status;
					sh->sup_signals = drain(NULL);
					sh->reaped = pid;
				}
			} else if (sh->type == TRACED) {
				if (pid != child)
					sh->child_traced = 1;
				else if (status >> 16)
					sh->trace_events |= 1 << (status >> 16);
				sys4(__NR_ptrace, 7 /* PTRACE_CONT */, pid, 0, 0);
			} else if (pid == child) {
				stopped = status;
				sys2(__NR_kill, child, SIGKILL);
			}
		}
		drain(NULL);
		if (sh->next < sh->end) {
			if (!sh->in_call)
				sys1(__NR_exit_group, failed(sh->setup_error ?: 13));
			/* How far the caller came in its report is chance. */
			sh->length = sh->call_length;
			put_hex(" -> caller ended: ", stopped);
			put_seen(-1);
			commit(1);
		}
	}
	sys1(__NR_exit_group, 0);
}

/* init */

static long number(const char *name, long otherwise)
{
	const char *value = getenv(name);

	return value ? atol(value) : otherwise;
}

static void map(unsigned long at, unsigned long size, int prot, int flags)
{
	void *p = mmap((void *)at, size, prot, flags | MAP_FIXED | MAP_ANONYMOUS, -1, 0);

	if (p != (void *)at)
		printf("trouble: no memory at %lx (errno %d)\n", at, errno);
}

static void hold(const char *path, int flags, int fd)
{
	int from = open(path, flags);

	if (from < 0 || dup2(from, fd) != fd)
		printf("trouble: %s (errno %d)\n", path, errno);
	if (from >= 0 && from != fd)
		close(from);
}

static void set(const char *path, const char *text)
{
	int error = write_file(AT_FDCWD, path, text);

	if (error)
		printf("trouble: %s (errno %d)\n", path, -error);
}

#define CGROUP "/sys/fs/cgroup/"

static void set_up(void)
{
	static const char * const mounts[][2] = {
		{ "/proc", "proc" }, { "/sys", "sysfs" }, { "/tmp", "tmpfs" },
		{ "/sys/fs/cgroup", "cgroup2" },
	};
	static const char * const cgroups[] = {
		CGROUP "root", CGROUP "full", CGROUP "removed", CGROUP "domain",
		CGROUP "domain/threaded", CGROUP "user", CGROUP "user/from", CGROUP "user/to",
	};
	static const char * const users[] = {
		CGROUP "user/cgroup.procs", CGROUP "user/from/cgroup.procs",
		CGROUP "user/to/cgroup.procs",
	};
	static const char * const spaces[] = { "user", "pid", "uts", "ipc", "net", "mnt",
					       "cgroup", "time" };
	char path[64];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(mounts); i++)
		if (mount("none", mounts[i][0], mounts[i][1], 0, ""))
			printf("trouble: no %s (errno %d)\n", mounts[i][1], errno);
	set(CGROUP "cgroup.subtree_control", "+pids");
	for (i = 0; i < ARRAY_SIZE(cgroups); i++)
		if (mkdir(cgroups[i], 0755))
			printf("trouble: %s (errno %d)\n", cgroups[i], errno);
	set(CGROUP "full/pids.max", "0");
	set(CGROUP "domain/threaded/cgroup.type", "threaded");
	for (i = 0; i < ARRAY_SIZE(users); i++)
		if (sys3(NR_chown, users[i], 1000, 1000))
			printf("trouble: chown %s\n", users[i]);
	hold("/proc", O_RDONLY | O_DIRECTORY, FD_PROC);
	hold(CGROUP "root", O_RDONLY | O_DIRECTORY, FD_CGROUP);
	hold(CGROUP "user/to", O_RDONLY | O_DIRECTORY, FD_CGROUP_USER);
	hold("/tmp", O_RDONLY | O_DIRECTORY, FD_DIRECTORY);
	hold(CGROUP "full", O_RDONLY | O_DIRECTORY, FD_CGROUP_FULL);
	hold(CGROUP "domain/threaded", O_RDONLY | O_DIRECTORY, FD_CGROUP_THREADED);
	hold(CGROUP "removed", O_RDONLY | O_DIRECTORY, FD_CGROUP_REMOVED);
	hold(CGROUP "root/cgroup.procs", O_RDONLY, FD_CGROUP_FILE);
	hold(CGROUP "root", 010000000 /* O_PATH */ | O_DIRECTORY, FD_CGROUP_PATH);
	if (sys1(__NR_rmdir, CGROUP "removed"))
		printf("trouble: rmdir\n");
	for (i = 0; i < ARRAY_SIZE(spaces); i++) {
		snprintf(path, sizeof(path), "/proc/sys/user/max_%s_namespaces", spaces[i]);
		set(path, "1000000");
	}
	set("/proc/sys/kernel/pid_max", "32768");
	/*
	 * Debian's only. Off, its EPERM stands between checks of 7.3 that the
	 * series makes before it.
	 */
	write_file(AT_FDCWD, "/proc/sys/kernel/unprivileged_userns_clone", "1");

	map(SHARED, sizeof(struct shared), PROT_READ | PROT_WRITE, MAP_SHARED);
	map(EDGE, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE);
	map(EDGE2, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE);
	map(READ_ONLY, 4 * PAGE, PROT_READ, MAP_PRIVATE);
	map(NO_ACCESS, PAGE, PROT_NONE, MAP_PRIVATE);
	map(WORDS, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE);
	map(SAFE_STACK, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE);
	map(STACK, STACK_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE);
	map(ARGS, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE);
}

/* Processes that are not the kernel's own. */
static int tasks(void)
{
	char text[256], *p;
	int n = 0, length;

	for (int pid = 1; pid < 32768; pid++) {
		if (kill(pid, 0))
			continue;
		snprintf(text, sizeof(text), "%d/stat", pid);
		length = read_proc(text, text, sizeof(text) - 1);
		text[length < 0 ? 0 : length] = 0;
		p = strrchr(text, ')');
		n += pid != 2 && p && strtol(p + 3, NULL, 10) != 2;
	}
	return n;
}

static int number_in(const char *path)
{
	char text[64] = "";

	return read_proc(path, text, sizeof(text) - 1) < 0 ? -1 : atoi(text);
}

static int pids_current(void)
{
	static const char * const paths[] = { CGROUP "root/pids.current", CGROUP "full/pids.current",
		CGROUP "user/pids.current", CGROUP "domain/pids.current" };
	int n = 0;

	for (size_t i = 0; i < ARRAY_SIZE(paths); i++)
		n += number_in(paths[i]);
	return n;
}

static int run_block(u32 first, u32 count)
{
	static const int levels[TYPES] = { [PID_NS_2] = 2, [PID_NS_3] = 3, [USER_PID_NS] = 1 };
	u32 last = first, quiet = 0;
	int status, nest;
	long pid;

	sh->type = (first / BLOCK + sh->seed) % TYPES;
	sh->level = sh->type == CONTAINER_INIT ? 1 : levels[sh->type];
	sh->next = first;
	sh->end = first + count;
	sh->hash = 0xcbf29ce484222325ull;
	sh->setup_error = 0;
	/* Free process ids stay free: what the kernel itself starts gets low ones. */
	set("/proc/sys/kernel/ns_last_pid", "400");
	if (sh->type == LIMITS)
		set("/proc/sys/user/max_uts_namespaces", "0");
	if (sh->verbose)
		printf("# block of type: %s\n", type_names[sh->type]);
	fflush(stdout);

	nest = levels[sh->type];
	pid = spawn(sh->type == USER_PID_NS ? CLONE_NEWUSER | CLONE_NEWPID :
		    nest ? CLONE_NEWPID : 0, SIGCHLD);
	while (!pid && --nest > 0) {
		pid = spawn(CLONE_NEWPID, SIGCHLD);
		if (pid < 0)
			sys1(__NR_exit_group, failed(14));
		if (pid) {
			sys4(__NR_wait4, pid, &status, 0, NULL);
			sys1(__NR_exit_group, status >> 8);
		}
	}
	if (!pid)
		supervise();
	while (sys4(__NR_wait4, pid, &status, WNOHANG, NULL) == 0) {
		poll(NULL, 0, 2);
		quiet = sh->next == last ? quiet + 1 : 0;
		last = sh->next;
		if (quiet > 20000) {
			sh->line[sh->length] = 0;
			printf("trouble: hangs in %s\n", sh->line);
			return 1;
		}
	}
	if (sh->type == LIMITS)
		set("/proc/sys/user/max_uts_namespaces", "1000000");
	drain(NULL);
	if (sh->next != sh->end || status) {
		printf("trouble: the block at %u ended at %u, status %x, step %d\n",
		       first, sh->next, status, sh->setup_error);
		return 1;
	}
	printf("block %u %u %016llx\n", first, count, (unsigned long long)sh->hash);
	fflush(stdout);
	return 0;
}

/* Memory that is referred to by nothing, where the kernel can tell. */
static void look_for_leaks(void)
{
	char text[4096];
	int fd, n;

	mount("none", "/sys/kernel/debug", "debugfs", 0, "");
	fd = open("/sys/kernel/debug/kmemleak", O_RDWR);
	if (fd < 0)
		return;
	for (int i = 0; i < 3; i++) {
		poll(NULL, 0, 6000);	/* what is younger than 5 s is not told */
		write(fd, "scan", 4);
	}
	n = read(fd, text, sizeof(text) - 1);
	text[n > 0 ? n : 0] = 0;
	printf(n > 0 ? "trouble: leaked: %s\n" : "kmemleak: nothing\n", text);
	close(fd);
}

int main(void)
{
	unsigned long all[8 / sizeof(long)];
	u64 nothing[2] = { 0, 0 };
	u32 first, count, sum;
	int files, patience;

	set_up();
	memset(all, 0xff, sizeof(all));
	sys4(__NR_rt_sigprocmask, 0, all, NULL, 8);
	sys4(__NR_prlimit64, 0, 4 /* RLIMIT_CORE */, nothing, NULL);
	sh->seed = number("fuzz_seed", 1);
	sh->verbose = number("fuzz_verbose", 0);
	sh->lie = number("fuzz_lie", -1);
	sh->repeat = number("fuzz_repeat", 0);
	first = number("fuzz_first", 0);
	count = number("fuzz_count", 1000);

	files = number_in("sys/fs/file-nr");
	for (u32 at = first; at < first + count; at += BLOCK - at % BLOCK) {
		u32 n = BLOCK - at % BLOCK;

		if (run_block(at, n < first + count - at ? n : first + count - at))
			break;
	}

	sum = sh->accepted;
	printf("accepted %u\n", sh->accepted);
	for (int i = 0; i < (int)ARRAY_SIZE(sh->refused); i++) {
		sum += sh->refused[i];
		if (sh->refused[i])
			printf("refused %s %u\n", error_name(i), sh->refused[i]);
	}
	printf("calls %u\n", sum);
	/* What goes away by itself is given time to. */
	for (patience = 100; patience; patience--) {
		if (tasks() == 1 && pids_current() == 0 &&
		    number_in("sys/fs/file-nr") <= files)
			break;
		poll(NULL, 0, 100);
	}
	if (!patience)
		printf("trouble: left behind: %d tasks, %d in cgroups, %d files\n",
		       tasks() - 1, pids_current(), number_in("sys/fs/file-nr") - files);
	if (dup(0) != FD_FREE)
		printf("trouble: left behind: descriptors\n");
	look_for_leaks();
	printf("fuzz: end\n");
	fflush(stdout);
	reboot(LINUX_REBOOT_CMD_RESTART);
	for (;;)
		sleep(1);
}
