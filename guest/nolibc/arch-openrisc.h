/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * OpenRISC: number in r11, arguments in r3 to r8, result in r11. The kernel's
 * addresses begin with vmalloc's, below its memory.
 */
#define KERNEL_START 0xbc000000UL

static __inline__ __attribute__((unused))
long arch_syscall(long n, long a, long b, long c, long d, long e, long f)
{
	register long r11 __asm__("r11") = n;
	register long r3 __asm__("r3") = a;
	register long r4 __asm__("r4") = b;
	register long r5 __asm__("r5") = c;
	register long r6 __asm__("r6") = d;
	register long r7 __asm__("r7") = e;
	register long r8 __asm__("r8") = f;

	__asm__ volatile ("l.sys 1"
			  : "+r"(r11)
			  : "r"(r3), "r"(r4), "r"(r5), "r"(r6), "r"(r7), "r"(r8)
			  : "r12", "r13", "r15", "r17", "r19", "r21", "r23", "r25", "r27",
			    "r29", "r31", "memory");
	return r11;
}

/* A system call keeps its arguments and the even registers from r14 on. */
__asm__(".text\n"
	".weak _start\n"
	"_start:\n"
	"l.addi	r1, r1, -128\n"
	".irp r, 0,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31\n"
	"l.sw	4*\\r(r1), r\\r\n"
	".endr\n"
	"l.movhi	r4, hi(start_regs)\n"
	"l.ori	r4, r4, lo(start_regs)\n"
	"l.addi	r3, r1, 128\n"
	"1:\n"
	"l.lwz	r5, 0(r1)\n"
	"l.sw	0(r4), r5\n"
	"l.addi	r4, r4, 4\n"
	"l.addi	r1, r1, 4\n"
	"l.sfne	r1, r3\n"
	"l.bf	1b\n"
	"l.nop\n"
	"l.jal	_start_c\n"
	"l.nop\n"

	".weak make_task\n"
	"make_task:\n"
	"l.addi	r1, r1, -4\n"
	"l.sw	0(r1), r14\n"
	"l.or	r14, r4, r4\n"
	"l.lwz	r11, 0(r3)\n"
	"l.lwz	r4, 8(r3)\n"
	"l.lwz	r5, 12(r3)\n"
	"l.lwz	r6, 16(r3)\n"
	"l.lwz	r7, 20(r3)\n"
	"l.lwz	r8, 24(r3)\n"
	"l.lwz	r3, 4(r3)\n"
	"l.sys	1\n"
	"l.sfeqi	r11, 0\n"
	"l.bf	1f\n"
	"l.nop\n"
	"l.lwz	r14, 0(r1)\n"
	"l.jr	r9\n"
	"l.addi	r1, r1, 4\n"
	"1:\n"
	"l.jr	r14\n"
	"l.nop\n");

#define CLONE_CALL(flags, stack, parent_tid, child_tid, tls) \
	{ __NR_clone, flags, stack, parent_tid, child_tid, tls }

static __inline__ unsigned long get_tls(void)
{
	unsigned long tls;

	__asm__ volatile ("l.or %0, r10, r10" : "=r"(tls));
	return tls;
}
