/* SPDX-License-Identifier: GPL-2.0-only */
/* Nios II: number in r2, arguments in r4 to r9; r7 says that r2 is an errno. */
#define KERNEL_START 0xc0000000UL

static __inline__ __attribute__((unused))
long arch_syscall(long n, long a, long b, long c, long d, long e, long f)
{
	register long r2 __asm__("r2") = n;
	register long r4 __asm__("r4") = a;
	register long r5 __asm__("r5") = b;
	register long r6 __asm__("r6") = c;
	register long r7 __asm__("r7") = d;
	register long r8 __asm__("r8") = e;
	register long r9 __asm__("r9") = f;

	__asm__ volatile ("trap"
			  : "+r"(r2), "+r"(r7)
			  : "r"(r4), "r"(r5), "r"(r6), "r"(r8), "r"(r9)
			  : "memory");
	return r7 ? -r2 : r2;
}

__asm__(".text\n"
	".weak _start\n"
	"_start:\n"
	".set noat\n"
	/* By way of the stack: et is the kernel's at any time. */
	"addi	sp, sp, -128\n"
	".irp r, 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23\n"
	"stw	r\\r, 4*\\r(sp)\n"
	".endr\n"
	"stw	gp, 4*26(sp)\n"
	"stw	fp, 4*28(sp)\n"
	"stw	ra, 4*31(sp)\n"
	".set at\n"
	"movhi	r5, %hiadj(start_regs)\n"
	"addi	r5, r5, %lo(start_regs)\n"
	"addi	r4, sp, 128\n"
	"1:\n"
	"ldw	r6, 0(sp)\n"
	"stw	r6, 0(r5)\n"
	"addi	r5, r5, 4\n"
	"addi	sp, sp, 4\n"
	"bne	sp, r4, 1b\n"
	"movhi	gp, %hiadj(_gp)\n"
	"addi	gp, gp, %lo(_gp)\n"
	"mov	fp, zero\n"
	"call	_start_c\n"

	".weak make_task\n"
	"make_task:\n"
	"mov	r10, r5\n"
	"ldw	r2, 0(r4)\n"
	"ldw	r5, 8(r4)\n"
	"ldw	r6, 12(r4)\n"
	"ldw	r7, 16(r4)\n"
	"ldw	r8, 20(r4)\n"
	"ldw	r9, 24(r4)\n"
	"ldw	r4, 4(r4)\n"
	"trap\n"
	"beq	r7, zero, 1f\n"
	"sub	r2, zero, r2\n"
	"1:\n"
	"bne	r2, zero, 2f\n"
	"callr	r10\n"
	"2:\n"
	"ret\n");

#define CLONE_CALL(flags, stack, parent_tid, child_tid, tls) \
	{ __NR_clone, flags, stack, parent_tid, child_tid, tls }

static __inline__ unsigned long get_tls(void)
{
	unsigned long tls;

	__asm__ volatile ("mov %0, r23" : "=r"(tls));
	return tls;
}
