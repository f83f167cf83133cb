/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Xtensa with register windows: number in a2, arguments in a6, a3, a4, a5, a8
 * and a9, result in a2.
 */
#define KERNEL_START 0xc0000000UL

static __inline__ __attribute__((unused))
long arch_syscall(long n, long a, long b, long c, long d, long e, long f)
{
	register long a2 __asm__("a2") = n;
	register long a6 __asm__("a6") = a;
	register long a3 __asm__("a3") = b;
	register long a4 __asm__("a4") = c;
	register long a5 __asm__("a5") = d;
	register long a8 __asm__("a8") = e;
	register long a9 __asm__("a9") = f;

	__asm__ volatile ("syscall"
			  : "+a"(a2)
			  : "a"(a6), "a"(a3), "a"(a4), "a"(a5), "a"(a8), "a"(a9)
			  : "memory");
	return a2;
}

/* A child on a new stack starts with one window and has to make the next one. */
__asm__(".text\n"
	".literal_position\n"
	".align	4\n"
	".weak	_start\n"
	"_start:\n"
	"mov	a0, a1\n"	/* the kernel clears a0 */
	"movi	a1, start_regs\n"
	".irp r, 2,3,4,5,6,7,8,9,10,11,12,13,14,15\n"
	"s32i	a\\r, a1, 4*\\r\n"
	".endr\n"
	"mov	a1, a0\n"
	"movi	a0, 0\n"
	"mov	a6, a1\n"
	"movi	a4, _start_c\n"
	"callx4	a4\n"

	".align	4\n"
	".weak	make_task\n"
	"make_task:\n"
	"entry	a1, 32\n"
	"mov	a10, a3\n"
	"mov	a11, a2\n"
	"l32i	a2, a11, 0\n"
	"l32i	a6, a11, 4\n"
	"l32i	a3, a11, 8\n"
	"l32i	a4, a11, 12\n"
	"l32i	a5, a11, 16\n"
	"l32i	a8, a11, 20\n"
	"l32i	a9, a11, 24\n"
	"syscall\n"
	"beqz	a2, 1f\n"
	"retw\n"
	"1:\n"
	"movi	a0, 0\n"
	"callx4	a10\n");

#define CLONE_CALL(flags, stack, parent_tid, child_tid, tls) \
	{ __NR_clone, flags, stack, parent_tid, tls, child_tid }

static __inline__ unsigned long get_tls(void)
{
	unsigned long tls;

	__asm__ volatile ("rur %0, threadptr" : "=a"(tls));
	return tls;
}
