/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A Hexagon Virtual Machine for one guest, Linux with one CPU, on QEMU's machine
 * "virt". It is for tests. What a guest may ask for is in the kernel's
 * arch/hexagon/include/asm/hexagon_vm.h and vm_mmu.h.
 *
 * The processor runs this code in monitor mode, the guest's kernel in guest mode and
 * its programs in user mode. Each trap, fault and TLB miss comes here, to vectors:
 *
 *	trap1	from the kernel: a call, see calls
 *	trap0	from a program, a fault: an event for the kernel, see deliver
 *	a miss	a walk of the guest's page table fills the TLB; where the page is not
 *		there: an event for the kernel
 *
 * Then leave does what the machine has no device for:
 *
 *	the clock	advances with each trap and miss, and while the guest waits. A
 *			program that does neither sees no time pass.
 *	the timer	is a page of memory, in which the guest writes what it would write
 *			to the timer of the real machine
 *	the console	new records of the guest's log are written to the UART, what
 *			comes from its ttyprintk without the "[U] " before it. After
 *			"---[ end Kernel panic" and "reboot: Restarting system" the
 *			machine ends: Linux has nothing to end it with.
 *
 * What it cannot do ends the machine, with one line that begins with "hypervisor:".
 *
 * Memory		physical	virtual
 *	guest		00000000	c0000000	64M
 *	hypervisor	04000000	ff000000	64K
 *	initramfs	08000000	fe000000	16M, put there by QEMU
 *	UART		10000000	ff800000
 *	device tree	99800000	(before the MMU is on)	from QEMU
 *	timer		ab000000	ff801000
 */
#include "generated/autoconf.h"

#define GUEST		0xc0000000
#define HERE		0xff000000
#define HERE_PHYS	0x04000000
#define INITRAMFS	0xfe000000
#define INITRAMFS_PHYS	0x08000000
#define INITRAMFS_SIZE	0x01000000
#define UART		0xff800000
#define UART_PHYS	0x10000000
#define FDT_PHYS	0x99800000
#define TIMER		0xff801000
#define TIMER_PHYS	0xab000000
#define TIMER_MATCH	(TIMER + 0)
#define TIMER_ENABLE	(TIMER + 8)
#define TIMER_IRQ	3

/* The guest takes its clock for 600 MHz, its timer for 32 kHz. */
#define TRAP_CYCLES	600
#define TIMER_CYCLES	18750

#define PHYS(address)	((address) - HERE + HERE_PHYS)

/* An entry of the TLB, high word: the page's number and these */
#define TLB_VALID	0xc0000000	/* for each address space */
/* low word: the frame's number * 2, its size as one bit below that, and */
#define TLB_4K		1
#define TLB_64K		4
#define TLB_16M		64
#define TLB_64M		128
#define TLB_CACHED	0x07000000
#define TLB_DEVICE	0x04000000
#define TLB_RWX		0xe0000000	/* for guest mode; monitor mode needs none */
#define TLB_ENTRIES	64
#define TLB_PINNED	5		/* of them, the first */

/* A page table's first level: the size, and entries that are pages themselves */
#define PDE_4M		5
#define PDE_16M		6
#define PDE_INVALID	7
/* Linux keeps what is not a page, but swapped out, without this bit. */
#define PTE_PRESENT	0

#define SSR_UM		16		/* user or guest mode; with */
#define SSR_GM		19		/* guest mode */

/* What the guest is told of an event, in g1 */
#define EVENT_UM	31
#define EVENT_IE	30
#define EVENT_SS	29

/* Events of the guest, and causes of its general exception */
#define EV_GENEX	2
#define EV_TRAP0	5
#define EV_INTERRUPT	7
#define GE_NO_EXEC	0x11
#define GE_NO_USER_EXEC	0x14
#define GE_PRIVILEGED	0x1b
#define GE_NO_READ	0x22
#define GE_NO_WRITE	0x23
/* and of the processor */
#define CAUSE_DOUBLE	0x03
#define CAUSE_NO_USER_EXEC 0x12
#define CAUSE_GUEST_INSN 0x1a
#define CAUSE_MISS_WRITE 0x71

/* trap0(#COUNTS) of a program: r0 is the number of TLB misses, r1 that of traps */
#define COUNTS		0x63

/* kernel/printk/printk_ringbuffer.h */
#define DESC_SIZE	12		/* struct prb_desc */
#define DESC_BEGIN	4
#define DESC_NEXT	8
#define DESC_FINALIZED	2
#define INFO_SIZE	88		/* struct printk_info */
#define INFO_TEXT_LEN	16
#define DESCS		(1 << (CONFIG_LOG_BUF_SHIFT - 5))
#ifdef CONFIG_PRINTK_EXECUTION_CTX
#error struct printk_info is larger with CONFIG_PRINTK_EXECUTION_CTX
#endif

	.section .hypervisor, "awx", @progbits
vectors:
	jump	start
	jump	unexpected		/* imprecise, NMI */
	jump	exception
	jump	unexpected
	jump	miss_fetch
	jump	unexpected
	jump	miss_access
	jump	unexpected
	jump	trap0
	jump	trap1
	.rept	22			/* floating point, debugger, interrupts */
	jump	unexpected
	.endr

/* The guest's r0 to r15, r30, r31 and p3:0 are kept in saved, to which sgp0 points. */
	.macro	enter
	crswap(r0, sgp0)
	memw(r0 + #4) = r1
	memd(r0 + #8) = r3:2
	memd(r0 + #16) = r5:4
	memd(r0 + #24) = r7:6
	memd(r0 + #32) = r9:8
	memd(r0 + #40) = r11:10
	memd(r0 + #48) = r13:12
	memd(r0 + #56) = r15:14
	memd(r0 + #64) = r31:30
	r1 = p3:0
	memw(r0 + #72) = r1
	r1 = sgp0
	memw(r0 + #0) = r1
	sgp0 = r0
	.endm

resume:
	r0 = ##saved
	r1 = memw(r0 + #72)
	p3:0 = r1
	r3:2 = memd(r0 + #8)
	r5:4 = memd(r0 + #16)
	r7:6 = memd(r0 + #24)
	r9:8 = memd(r0 + #32)
	r11:10 = memd(r0 + #40)
	r13:12 = memd(r0 + #48)
	r15:14 = memd(r0 + #56)
	r31:30 = memd(r0 + #64)
	r1:0 = memd(r0 + #0)
	rte

/* one more of what the word counts */
	.macro	count word
	r0 = memw(##\word)
	r0 = add(r0, #1)
	memw(##\word) = r0
	.endm

/* r0: bits 7:0 of SSR, why we are here */
	.macro	cause
	r0 = ssr
	r0 = and(r0, #255)
	.endm

/* p0: the processor was in user mode */
	.macro	from_user
	r2 = ssr
	p0 = tstbit(r2, #SSR_GM)
	p0 = not(p0)
	.endm

/*** Traps, exceptions and misses ***/

trap0:
	enter
	count	traps
	cause
	p0 = cmp.eq(r0, #COUNTS)
	if (p0) jump counts
	r1 = r0
	r0 = #EV_TRAP0
	jump	deliver

counts:
	r0 = memw(##misses)
	memw(##saved) = r0
	r0 = memw(##traps)
	memw(##saved + 4) = r0
	jump	leave

exception:
	enter
	cause
	r1 = r0
	r2 = ##text_double
	p0 = cmp.eq(r1, #CAUSE_DOUBLE)
	if (p0) jump die
	r0 = #EV_GENEX
	p0 = cmp.eq(r1, #CAUSE_NO_USER_EXEC)	/* others have the same number */
	if (p0) r1 = #GE_NO_USER_EXEC
	p0 = cmp.eq(r1, #CAUSE_GUEST_INSN)
	if (p0) r1 = #GE_PRIVILEGED
	jump	deliver

unexpected:
	enter
	r2 = ##text_unexpected
	jump	die

miss_fetch:
	enter
	r8 = #GE_NO_EXEC
	jump	miss

miss_access:
	enter
	cause
	p0 = cmp.eq(r0, #CAUSE_MISS_WRITE)
	r8 = mux(p0, #GE_NO_WRITE, #GE_NO_READ)

/* r8: the cause if there is no page. r1: the first level's entry, then the page's.
 * r3: the page's size as the number of its address bits */
miss:
	count	misses
	r2 = badva
	r0 = memw(##page_table)
	p0 = cmp.eq(r0, #-1)
	if (p0) jump miss_before_map
	r3 = lsr(r2, #22)
	r0 = addasl(r0, r3, #2)
	r1 = memw(r0 + ##GUEST)
	r4 = and(r1, #7)
	r3 = #12
	r3 = addasl(r3, r4, #1)
	p0 = cmp.eq(r4, #PDE_INVALID)
	if (p0) jump no_page
	p0 = cmp.gtu(r4, #PDE_4M - 1)
	if (p0) jump fill
	/* a table: its address has as many zeros as it has entries, times four */
	r5 = sub(#24, r3)
	r6 = #-1
	r6 = asl(r6, r5)
	r1 = and(r1, r6)
	r6 = extractu(r2, #22, #0)
	r6 = lsr(r6, r3)
	r0 = addasl(r1, r6, #2)
	r1 = memw(r0 + ##GUEST)
	p0 = tstbit(r1, #PTE_PRESENT)
	if (!p0) jump no_page

/* Flags are in the same place in both levels. The processor looks at them. */
fill:
	r6 = #-1
	r6 = asl(r6, r3)
	r0 = and(r1, r6)
	r0 = lsr(r0, #11)			/* frame * 2 */
	r7 = add(r3, #-12)
	r7 = lsr(r7, #1)
	r5 = #1
	r5 = asl(r5, r7)
	r0 = or(r0, r5)				/* size */
	r0 = or(r0, ##TLB_CACHED)
	r5 = extractu(r1, #1, #5)
	r0 |= asl(r5, #28)			/* user mode */
	r5 = extractu(r1, #3, #9)
	r0 |= asl(r5, #29)			/* read, write, execute */
	r1 = and(r2, r6)
	r1 = lsr(r1, #12)
	r1 = or(r1, ##TLB_VALID)
	r4 = memw(##next_entry)
	tlbw(r1:0, r4)
	r4 = add(r4, #1)
	p0 = cmp.eq(r4, #TLB_ENTRIES)
	if (p0) r4 = #TLB_PINNED
	memw(##next_entry) = r4
	jump	leave

/* The first instructions run at their physical address. */
miss_before_map:
	r1 = or(r2, ##0xe00)			/* R, W, X */
	r3 = #24
	jump	fill

no_page:
	r0 = #EV_GENEX
	r1 = r8

/* r0: an event, r1: its cause. The guest goes on at its vector for it. */
deliver:
	r4 = memw(##guest_vectors)
	p0 = cmp.eq(r4, ##_K_provisional_vec)
	p1 = cmp.eq(r4, #0)
	p0 = or(p0, p1)
	r2 = ##text_early
	if (p0) jump die
	r4 = addasl(r4, r0, #2)
	r3 = memw(##interrupts)
	r5 = r1
	r5 |= asl(r3, #EVENT_IE)
	r3 = #0
	memw(##interrupts) = r3
	r7:6 = g3:2
	r7 = badva
	from_user
	if (!p0) jump 1f
	r5 = setbit(r5, #EVENT_UM)
	r2 = setbit(r2, #SSR_GM)
	r3 = r29				/* the kernel's stack */
	r29 = r6
	r6 = r3
1:
	ssr = r2
	g3:2 = r7:6
	r3 = r4
	r4 = elr
	elr = r3
	g1:0 = r5:4
	jump	resume

trap1:
	enter
	count	traps
	from_user
	r0 = #EV_GENEX
	r1 = #GE_PRIVILEGED
	if (p0) jump deliver
	cause
	r2 = ##text_call
	r1 = r0
	p0 = cmp.gtu(r0, #24)
	if (p0) jump die
	r4 = memw(r0<<#2 + ##calls)
	p0 = cmp.eq(r4, #0)
	if (p0) jump die
	r1:0 = memd(##saved)
	jumpr	r4

/*** The calls. r0, r1: the guest's. They jump to done with what is to be in r0. ***/

	.balign	4
calls:
	.word	0, call_rte, call_setvec, call_setie, call_getie, call_zero, 0, 0
	.word	0, 0, call_clrmap, call_newmap, 0, call_zero, call_gettime, 0
	.word	call_wait, call_zero, 0, call_stop, call_zero, call_setregs, call_getregs, 0
	.word	0

call_zero:				/* intop, cache, yield, vpid */
	r0 = #0
done:
	memw(##saved) = r0

/* Every trap and miss ends here, or in deliver. */
leave:
	r1:0 = memd(##clock)
	r3:2 = combine(#0, ##TRAP_CYCLES)
	r1:0 = add(r1:0, r3:2)
	memd(##clock) = r1:0
	call	console
	/* new: the guest has set the timer. It is taken as done, so that the next is seen. */
	r4 = memw(##TIMER_ENABLE)
	p0 = cmp.eq(r4, #0)
	if (p0) jump 1f
	r4 = #0
	memw(##TIMER_ENABLE) = r4
	r4 = memw(##TIMER_MATCH)
	r5 = ##TIMER_CYCLES
	r3:2 = mpyu(r4, r5)
	r1:0 = memd(##clock)
	r3:2 = add(r1:0, r3:2)
	memd(##deadline) = r3:2
1:
	r4 = memw(##interrupts)
	p0 = cmp.eq(r4, #0)
	if (p0) jump resume
	r1:0 = memd(##clock)
	r3:2 = memd(##deadline)
	p0 = cmp.gtu(r3:2, r1:0)
	if (p0) jump resume
	r3:2 = combine(#-1, #-1)
	memd(##deadline) = r3:2
	r0 = #EV_INTERRUPT
	r1 = #TIMER_IRQ
	jump	deliver

call_rte:
	r5:4 = g1:0
	elr = r4
	p0 = tstbit(r5, #EVENT_SS)
	r2 = ##text_step
	if (p0) jump die
	r4 = extractu(r5, #1, #EVENT_IE)
	memw(##interrupts) = r4
	p0 = tstbit(r5, #EVENT_UM)
	if (!p0) jump leave
	r2 = ssr
	r2 = clrbit(r2, #SSR_GM)
	ssr = r2
	r7:6 = g3:2
	r3 = r29
	r29 = r6
	r6 = r3
	g3:2 = r7:6
	jump	leave

/* The kernel has no way to be told of an initramfs in memory. Its variables are
 * cleared before the second call, which is followed by their first use. */
call_setvec:
	memw(##guest_vectors) = r0
	r0 = memw(##initramfs_end)
	p0 = cmp.eq(r0, ##INITRAMFS)
	if (p0) jump call_zero
	memw(##initrd_end) = r0
	r0 = ##INITRAMFS
	memw(##initrd_start) = r0
	jump	call_zero

call_setie:
	r1 = memw(##interrupts)
	r0 = and(r0, #1)
	memw(##interrupts) = r0
	r0 = r1
	jump	done

call_getie:
	r0 = memw(##interrupts)
	jump	done

/* r0: an address, r1: so many bytes. Entries for larger pages than 4K go too. */
call_clrmap:
	r1 = add(r0, r1)
	r1 = add(r1, ##0xfff)
	r1 = lsr(r1, #12)
	r0 = lsr(r0, #12)
	jump	forget

call_newmap:
	memw(##page_table) = r0
	r0 = #0
	r1 = ##0x100000

/* the TLB forgets the pages from r0 to before r1 */
forget:
	r4 = #TLB_PINNED
1:
	r3:2 = tlbr(r4)
	p0 = tstbit(r3, #31)			/* valid */
	if (!p0) jump 3f
	p0 = tstbit(r2, #0)			/* 4K */
	if (!p0) jump 2f
	r3 = extractu(r3, #20, #0)
	p0 = cmp.gtu(r0, r3)
	if (p0) jump 3f
	p0 = cmp.gtu(r1, r3)
	if (!p0) jump 3f
2:
	r3:2 = combine(#0, #0)
	tlbw(r3:2, r4)
3:
	r4 = add(r4, #1)
	p0 = cmp.eq(r4, #TLB_ENTRIES)
	if (!p0) jump 1b
	jump	call_zero

call_gettime:
	r1:0 = memd(##clock)
	memw(##saved + 4) = r1
	jump	done

/* until the timer */
call_wait:
	r0 = memw(##TIMER_ENABLE)
	p0 = cmp.eq(r0, #0)
	if (!p0) jump call_zero		/* leave takes it, and Linux waits again */
	r1:0 = memd(##deadline)
	r2 = ##text_wait
	p0 = cmp.eq(r1, #-1)
	if (p0) jump die
	r3:2 = memd(##clock)
	p0 = cmp.gtu(r3:2, r1:0)
	if (p0) jump call_zero
	memd(##clock) = r1:0
	jump	call_zero

call_stop:
	r2 = #0
	jump	stop

call_setregs:
	g1:0 = r1:0
	r3:2 = memd(##saved + 8)
	g3:2 = r3:2
	jump	leave

call_getregs:
	r1:0 = g1:0
	memd(##saved) = r1:0
	r1:0 = g3:2
	memd(##saved + 8) = r1:0
	jump	leave

/*** The console ***/

/* writes the guest's new records; may change r0 to r11, r14 */
console:
	r14 = r31
next_record:
	r4 = memw(##record)
	r5 = and(r4, ##DESCS - 1)
	r6 = #DESC_SIZE
	r6 = mpyi(r5, r6)
	r6 = add(r6, ##_printk_rb_static_descs)
	r7 = memw(r6 + #0)
	r7 = lsr(r7, #30)
	p0 = cmp.eq(r7, #DESC_FINALIZED)
	if (!p0) jumpr r14
	r8 = #INFO_SIZE
	r8 = mpyi(r5, r8)
	r8 = add(r8, ##_printk_rb_static_infos)
	r7 = memw(r8 + #0)			/* is it that record, or an old one */
	p0 = cmp.eq(r7, r4)
	if (!p0) jumpr r14
	r4 = add(r4, #1)
	memw(##record) = r4
	r8 = memuh(r8 + #INFO_TEXT_LEN)
	r9 = memw(r6 + #DESC_BEGIN)
	p0 = tstbit(r9, #0)			/* a record without text */
	if (p0) r8 = #0
	r10 = memw(r6 + #DESC_NEXT)
	r10 = add(r10, #-1)
	r10 = xor(r10, r9)
	r10 = lsr(r10, #CONFIG_LOG_BUF_SHIFT)
	r9 = extractu(r9, #CONFIG_LOG_BUF_SHIFT, #0)
	p0 = cmp.eq(r10, #0)			/* it does not fit before the end */
	if (!p0) r9 = #0
	r9 = add(r9, ##__log_buf + 4)
	/* the text: r8 bytes at r9 */
	r10 = memw(r9 + #0)
	r11 = memw(r9 + #4)
	r7 = memw(r9 + #8)
	p0 = cmp.eq(r10, ##0x5b2d2d2d)		/* ---[ */
	p1 = cmp.eq(r11, ##0x646e6520)		/* _end */
	p2 = cmp.eq(r7, ##0x72654b20)		/* _Ker */
	p2 = and(p2, and(p0, p1))
	p0 = cmp.eq(r10, ##0x6f626572)		/* rebo */
	p1 = cmp.eq(r11, ##0x203a746f)		/* ot:_ */
	p3 = cmp.eq(r7, ##0x74736552)		/* Rest */
	p3 = and(p3, and(p0, p1))
	p2 = or(p2, p3)				/* p2: the kernel has ended */
	p0 = cmp.eq(r10, ##0x205d555b)		/* [U]_ */
	if (!p0) jump 2f
	r9 = add(r9, #4)
	r8 = add(r8, #-4)
2:
	p0 = cmp.eq(r8, #0)
	if (p0) jump 3f
	r0 = memub(r9++#1)
	r8 = add(r8, #-1)
	memw(##UART) = r0
	jump	2b
3:
	r0 = #10
	memw(##UART) = r0
	r2 = #0
	if (p2) jump stop
	jump	next_record

/* the string at r0 */
puts:
	r1 = memub(r0++#1)
	p0 = cmp.eq(r1, #0)
	if (p0) jumpr r31
	memw(##UART) = r1
	jump	puts

/* r0 in hexadecimal */
hex:
	r2 = #28
1:
	r1 = lsr(r0, r2)
	r1 = and(r1, #15)
	r1 = memub(r1 + ##text_digits)
	memw(##UART) = r1
	r2 = add(r2, #-4)
	p0 = cmp.gt(r2, #-1)
	if (p0) jump 1b
	jumpr	r31

/* Ends the machine, with the text at r2 and what is known. r1: a number for it */
die:
	r13:12 = combine(r2, r1)
	call	console
	r0 = ##text_who
	call	puts
	r0 = r13
	call	puts
	r0 = r12
	call	hex
	r0 = ##text_at
	call	puts
	r0 = elr
	call	hex
	r0 = ##text_address
	call	puts
	r0 = badva
	call	hex
	r0 = ##text_ssr
	call	puts
	r0 = ssr
	call	hex
	r0 = #10
	memw(##UART) = r0
	r2 = #1
/* r2: QEMU's exit status */
stop:
	r0 = #1
	stop(r0)
1:	jump	1b

text_who:	.string	"hypervisor: "
text_double:	.string	"an exception in the hypervisor itself; cause "
text_unexpected: .string "an event that it does not know; number "
text_early:	.string	"an event that the guest cannot take yet; cause "
text_call:	.string	"the guest made a call that it does not have; number "
text_step:	.string	"the guest wants to single-step, which it does not have; number "
text_wait:	.string	"the guest waits, and no timer is set; number "
text_at:	.string	" at "
text_address:	.string	", address "
text_ssr:	.string	", ssr "
text_digits:	.ascii	"0123456789abcdef"

/*** The start, with the MMU off, at physical addresses ***/

	.macro	pin index, virtual, physical, flags
	r1 = ##(TLB_VALID | (\virtual >> 12))
	r0 = ##((\physical >> 11) | (\flags))
	r2 = #\index
	tlbw(r1:0, r2)
	.endm

	.balign	4
	.globl	start
start:
	/* QEMU's -append is "bootargs" in the device tree, whose numbers are big-endian. */
	r10 = ##FDT_PHYS
	r1 = memw(r10 + #8)
	r1 = swiz(r1)
	r1 = add(r1, r10)			/* its structure */
	r2 = memw(r10 + #12)
	r2 = swiz(r2)
	r2 = add(r2, r10)			/* names of properties */
fdt_next:
	r3 = memw(r1++#4)
	r3 = swiz(r3)
	p0 = cmp.eq(r3, #1)
	if (p0) jump fdt_node
	p0 = cmp.eq(r3, #3)
	if (p0) jump fdt_property
	p0 = cmp.eq(r3, #9)
	if (p0) jump fdt_end
	jump	fdt_next
fdt_node:					/* a string, zeros up to a word */
	r3 = memw(r1++#4)
	r3 = lsr(r3, #24)
	p0 = cmp.eq(r3, #0)
	if (p0) jump fdt_next
	jump	fdt_node
fdt_property:
	r3 = memw(r1++#4)
	r3 = swiz(r3)				/* bytes */
	r4 = memw(r1++#4)
	r4 = swiz(r4)
	r4 = add(r4, r2)			/* name */
	r5 = ##PHYS(text_bootargs)
1:
	r6 = memub(r4++#1)
	r7 = memub(r5++#1)
	p0 = cmp.eq(r6, r7)
	if (!p0) jump 2f
	p0 = cmp.eq(r6, #0)
	if (!p0) jump 1b
	r4 = ##(external_cmdline_buffer - GUEST)
1:
	p0 = cmp.eq(r3, #0)
	if (p0) jump fdt_end
	r6 = memub(r1++#1)
	memb(r4++#1) = r6
	r3 = add(r3, #-1)
	jump	1b
2:
	r3 = add(r3, #3)
	r3 = and(r3, #-4)
	r1 = add(r1, r3)
	jump	fdt_next
fdt_end:

	/* The initramfs ends with zeros, and memory behind it is zero. */
	r0 = ##(INITRAMFS_PHYS + INITRAMFS_SIZE)
1:
	p0 = cmp.eq(r0, ##INITRAMFS_PHYS)
	if (p0) jump 2f
	r0 = add(r0, #-4)
	r1 = memw(r0 + #0)
	p0 = cmp.eq(r1, #0)
	if (p0) jump 1b
	r0 = add(r0, #4)
2:
	r0 = add(r0, ##(INITRAMFS - INITRAMFS_PHYS))
	memw(##PHYS(initramfs_end)) = r0

	pin	0, HERE, HERE_PHYS, TLB_64K | TLB_CACHED
	pin	1, GUEST, 0, TLB_64M | TLB_CACHED | TLB_RWX
	pin	2, UART, UART_PHYS, TLB_4K | TLB_DEVICE
	pin	3, TIMER, TIMER_PHYS, TLB_4K | TLB_DEVICE
	pin	4, INITRAMFS, INITRAMFS_PHYS, TLB_16M | TLB_CACHED | TLB_RWX
	pin	5, HERE_PHYS, HERE_PHYS, TLB_64K | TLB_CACHED	/* for the next lines */
	r0 = ##vectors
	evb = r0
	r0 = ##saved
	sgp0 = r0
	r0 = syscfg
	r0 = setbit(r0, #0)			/* the MMU */
	syscfg = r0
	isync
	r0 = ##1f
	jumpr	r0
1:
	r1:0 = combine(#0, #0)
	r2 = #5
	tlbw(r1:0, r2)
	r0 = ##0x101				/* UART: on, transmit */
	memw(##UART + 0x30) = r0
	r0 = #0
	memw(##TIMER_ENABLE) = r0
	elr = r0
	r0 = ssr
	r0 = setbit(r0, #SSR_UM)
	r0 = setbit(r0, #SSR_GM)
	ssr = r0
	jump	resume

text_bootargs:	.string	"bootargs"

	.balign	8
saved:		.space	80
clock:		.word	0, 0
deadline:	.word	-1, -1
interrupts:	.word	0
guest_vectors:	.word	0
page_table:	.word	-1
next_entry:	.word	TLB_PINNED
record:		.word	0
misses:		.word	0
traps:		.word	0
initramfs_end:	.word	0

	.section .guest, "awx", @progbits
	.incbin	"guest.bin"
