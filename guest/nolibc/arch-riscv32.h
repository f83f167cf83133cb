/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * 32-bit RISC-V: number in a7, arguments in a0 to a5, result in a0. The kernel's
 * addresses begin with vmalloc's, below its memory.
 */
#define KERNEL_START 0xa0000000UL

static __inline__ __attribute__((unused))
long arch_syscall(long n, long a, long b, long c, long d, long e, long f)
{
	register long a7 __asm__("a7") = n;
	register long a0 __asm__("a0") = a;
	register long a1 __asm__("a1") = b;
	register long a2 __asm__("a2") = c;
	register long a3 __asm__("a3") = d;
	register long a4 __asm__("a4") = e;
	register long a5 __asm__("a5") = f;

	__asm__ volatile ("ecall"
			  : "+r"(a0)
			  : "r"(a7), "r"(a1), "r"(a2), "r"(a3), "r"(a4), "r"(a5)
			  : "memory");
	return a0;
}

__asm__(".text\n"
	".weak _start\n"
	"_start:\n"
	"addi	sp, sp, -128\n"
	".irp r, 0,1,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31\n"
	"sw	x\\r, 4*\\r(sp)\n"
	".endr\n"
	".option push\n"
	".option norelax\n"
	"la	gp, __global_pointer$\n"
	".option pop\n"
	"la	a1, start_regs\n"
	"addi	a0, sp, 128\n"
	"1:\n"
	"lw	a2, 0(sp)\n"
	"sw	a2, 0(a1)\n"
	"addi	a1, a1, 4\n"
	"addi	sp, sp, 4\n"
	"bne	sp, a0, 1b\n"
	"call	_start_c\n"

	".weak make_task\n"
	"make_task:\n"
	"mv	t0, a0\n"
	"mv	t1, a1\n"
	"lw	a7, 0(t0)\n"
	"lw	a0, 4(t0)\n"
	"lw	a1, 8(t0)\n"
	"lw	a2, 12(t0)\n"
	"lw	a3, 16(t0)\n"
	"lw	a4, 20(t0)\n"
	"lw	a5, 24(t0)\n"
	"ecall\n"
	"beqz	a0, 1f\n"
	"ret\n"
	"1:\n"
	"jr	t1\n");

#define CLONE_CALL(flags, stack, parent_tid, child_tid, tls) \
	{ __NR_clone, flags, stack, parent_tid, tls, child_tid }

static __inline__ unsigned long get_tls(void)
{
	unsigned long tls;

	__asm__ volatile ("mv %0, tp" : "=r"(tls));
	return tls;
}
