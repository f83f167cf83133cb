/* SPDX-License-Identifier: GPL-2.0-only */
/* MicroBlaze: number in r12, arguments in r5 to r10, result in r3. */
#define KERNEL_START 0xc0000000UL

static __inline__ __attribute__((unused))
long arch_syscall(long n, long a, long b, long c, long d, long e, long f)
{
	register long r12 __asm__("r12") = n;
	register long r5 __asm__("r5") = a;
	register long r6 __asm__("r6") = b;
	register long r7 __asm__("r7") = c;
	register long r8 __asm__("r8") = d;
	register long r9 __asm__("r9") = e;
	register long r10 __asm__("r10") = f;
	register long r3 __asm__("r3");

	__asm__ volatile ("brki r14, 8"
			  : "=r"(r3)
			  : "r"(r12), "r"(r5), "r"(r6), "r"(r7), "r"(r8), "r"(r9), "r"(r10)
			  : "r4", "r14", "memory");
	return r3;
}

/* A function may store its arguments above the stack pointer it was given. */
__asm__(".text\n"
	".weak _start\n"
	"_start:\n"
	".irp r, 2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31\n"
	"swi	r\\r, r0, start_regs+4*\\r\n"
	".endr\n"
	"addk	r5, r1, r0\n"
	"addik	r1, r1, -28\n"
	"brlid	r15, _start_c\n"
	"nop\n"

	".weak make_task\n"
	"make_task:\n"
	"addk	r11, r6, r0\n"
	"lwi	r12, r5, 0\n"
	"lwi	r6, r5, 8\n"
	"lwi	r7, r5, 12\n"
	"lwi	r8, r5, 16\n"
	"lwi	r9, r5, 20\n"
	"lwi	r10, r5, 24\n"
	"lwi	r5, r5, 4\n"
	"brki	r14, 8\n"
	"beqi	r3, 1f\n"
	"rtsd	r15, 8\n"
	"nop\n"
	"1:\n"
	"addik	r1, r1, -28\n"
	"brald	r15, r11\n"
	"nop\n");

#define CLONE_CALL(flags, stack, parent_tid, child_tid, tls) \
	{ __NR_clone, flags, stack, 0, parent_tid, child_tid, tls }

static __inline__ unsigned long get_tls(void)
{
	unsigned long tls;

	__asm__ volatile ("addk %0, r21, r0" : "=r"(tls));
	return tls;
}
