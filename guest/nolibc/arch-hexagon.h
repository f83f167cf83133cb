/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Hexagon: number in r6, arguments in r0 to r5, result in r0. The rest is kept.
 */
#define KERNEL_START 0xc0000000UL

static __inline__ __attribute__((unused))
long arch_syscall(long n, long a, long b, long c, long d, long e, long f)
{
	register long r6 __asm__("r6") = n;
	register long r0 __asm__("r0") = a;
	register long r1 __asm__("r1") = b;
	register long r2 __asm__("r2") = c;
	register long r3 __asm__("r3") = d;
	register long r4 __asm__("r4") = e;
	register long r5 __asm__("r5") = f;

	__asm__ volatile ("trap0(#1)"
			  : "+r"(r0)
			  : "r"(r1), "r"(r2), "r"(r3), "r"(r4), "r"(r5), "r"(r6)
			  : "memory");
	return r0;
}

__asm__(".text\n"
	".weak _start\n"
	"_start:\n"
	".irp r, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,30,31\n"
	"memw(##start_regs + 4*\\r) = r\\r\n"
	".endr\n"
	"r0 = r29\n"
	"r29 = and(r29, #-8)\n"
	"call	_start_c\n"

	".weak make_task\n"
	"make_task:\n"
	"r7 = r1\n"
	"r6 = memw(r0 + #0)\n"
	"r1 = memw(r0 + #8)\n"
	"r2 = memw(r0 + #12)\n"
	"r3 = memw(r0 + #16)\n"
	"r4 = memw(r0 + #20)\n"
	"r5 = memw(r0 + #24)\n"
	"r0 = memw(r0 + #4)\n"
	"trap0(#1)\n"
	"p0 = cmp.eq(r0, #0)\n"
	"if (!p0) jumpr r31\n"
	"callr	r7\n");

#define CLONE_CALL(flags, stack, parent_tid, child_tid, tls) \
	{ __NR_clone, flags, stack, parent_tid, child_tid, tls }

static __inline__ unsigned long get_tls(void)
{
	unsigned long tls;

	__asm__ volatile ("%0 = ugp" : "=r"(tls));
	return tls;
}

/* From guest/hexagon, which answers this trap in the kernel's place. */
#define TRAP_COUNTS
static __inline__ void trap_counts(unsigned int *misses, unsigned int *traps)
{
	register unsigned int r0 __asm__("r0");
	register unsigned int r1 __asm__("r1");

	__asm__ volatile ("trap0(#0x63)" : "=r"(r0), "=r"(r1));
	*misses = r0;
	*traps = r1;
}

/* clang calls it for a copy of a structure; @size is a multiple of 8. */
__attribute__((weak))
void *__hexagon_memcpy_likely_aligned_min32bytes_mult8bytes(void *to, const void *from, __SIZE_TYPE__ size)
{
	for (__SIZE_TYPE__ i = 0; i < size; i++)
		((char *)to)[i] = ((const char *)from)[i];
	return to;
}
