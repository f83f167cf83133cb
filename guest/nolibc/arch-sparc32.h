/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * 32-bit SPARC: number in %g1, arguments in %o0 to %o5, result in %o0; the carry
 * says that it is an errno. clone(), other than clone3(), returns a pid to the
 * child too, with 1 in %o1.
 */
#include <linux/unistd.h>

#define KERNEL_START 0xf0000000UL

/* Always inlined: no child of vfork returns from a frame that its parent is in. */
static __inline__ __attribute__((unused, always_inline))
long arch_syscall(long n, long a, long b, long c, long d, long e, long f)
{
	register long g1 __asm__("g1") = n;
	register long o0 __asm__("o0") = a;
	register long o1 __asm__("o1") = b;
	register long o2 __asm__("o2") = c;
	register long o3 __asm__("o3") = d;
	register long o4 __asm__("o4") = e;
	register long o5 __asm__("o5") = f;

	__asm__ volatile ("ta 0x10\n"
			  "bcs,a 1f\n"
			  "sub %%g0, %%o0, %%o0\n"
			  "1:"
			  : "+r"(o0), "+r"(o1)
			  : "r"(g1), "r"(o2), "r"(o3), "r"(o4), "r"(o5)
			  : "cc", "memory");
	return n == __NR_clone && o1 == 1 ? 0 : o0;
}

/*
 * By way of the stack, above where the window has its place. A child on a new
 * stack begins with a copy of the frame that made the system call.
 */
__asm__(".text\n"
	".weak _start\n"
	"_start:\n"
	"sub	%sp, 192, %sp\n"
	".irp r, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31\n"
	"st	%r\\r, [%sp+64+4*\\r]\n"
	".endr\n"
	"set	start_regs, %o1\n"
	"mov	0, %o2\n"
	"1:\n"
	"add	%sp, %o2, %o3\n"
	"ld	[%o3+64], %o3\n"
	"st	%o3, [%o1+%o2]\n"
	"add	%o2, 4, %o2\n"
	"cmp	%o2, 128\n"
	"bne	1b\n"
	"nop\n"
	"call	_start_c\n"
	"add	%sp, 192+64, %o0\n"

	".weak make_task\n"
	"make_task:\n"
	"save	%sp, -96, %sp\n"
	"ld	[%i0], %g1\n"
	"ld	[%i0+4], %o0\n"
	"ld	[%i0+8], %o1\n"
	"ld	[%i0+12], %o2\n"
	"ld	[%i0+16], %o3\n"
	"ld	[%i0+20], %o4\n"
	"ld	[%i0+24], %o5\n"
	"ta	0x10\n"
	"bcs,a	1f\n"
	"sub	%g0, %o0, %o0\n"
	"1:\n"
	"cmp	%o1, 1\n"
	"be	2f\n"
	"tst	%o0\n"
	"be	2f\n"
	"nop\n"
	"ret\n"
	"restore	%g0, %o0, %o0\n"
	"2:\n"
	"call	%i1\n"
	"nop\n");

#define CLONE_CALL(flags, stack, parent_tid, child_tid, tls) \
	{ __NR_clone, flags, stack, parent_tid, tls, child_tid }

static __inline__ unsigned long get_tls(void)
{
	unsigned long tls;

	__asm__ volatile ("mov %%g7, %0" : "=r"(tls));
	return tls;
}
