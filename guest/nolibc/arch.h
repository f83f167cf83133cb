/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the kernel's nolibc needs for architectures that have no C library here:
 * the system call and _start; and for tasks.c, what a C library has for threads.
 * Given to the compiler with -include, instead of nolibc's own arch.h. A target
 * with a file arch-TARGET.h is tested with programs of nolibc only. The file has
 *
 * arch_syscall()	a system call with six arguments, -errno for an error
 * KERNEL_START		the kernel's addresses begin here
 * _start		fills start_regs, by number, with what it finds in the
 *			registers but the stack pointer's, and calls _start_c()
 *			with that
 * make_task()		see below
 * CLONE_CALL()	call[] of clone(), in this architecture's order
 * get_tls()		what is in the TLS register
 * trap_counts()	where TRAP_COUNTS is defined: TLB misses and traps since the
 *			machine was started
 */
#ifndef _NOLIBC_ARCH_H
#define _NOLIBC_ARCH_H

#include "compiler.h"
#include "crt.h"

#define START_REGS 32

#if defined(__nios2__)
#include "arch-nios2.h"
#elif defined(__microblaze__)
#include "arch-microblaze.h"
#elif defined(__XTENSA__)
#include "arch-xtensa.h"
#elif defined(__or1k__)
#include "arch-openrisc.h"
#elif defined(__riscv)
#include "arch-riscv32.h"
#elif defined(__hexagon__)
#include "arch-hexagon.h"
#elif defined(__sparc__)
#include "arch-sparc32.h"
#else
#error this directory has nothing for this architecture
#endif

#define __nolibc_syscall0(n) SYSCALL(n, 0, 0, 0, 0, 0, 0)
#define __nolibc_syscall1(n, a) SYSCALL(n, a, 0, 0, 0, 0, 0)
#define __nolibc_syscall2(n, a, b) SYSCALL(n, a, b, 0, 0, 0, 0)
#define __nolibc_syscall3(n, a, b, c) SYSCALL(n, a, b, c, 0, 0, 0)
#define __nolibc_syscall4(n, a, b, c, d) SYSCALL(n, a, b, c, d, 0, 0)
#define __nolibc_syscall5(n, a, b, c, d, e) SYSCALL(n, a, b, c, d, e, 0)
#define __nolibc_syscall6(n, a, b, c, d, e, f) SYSCALL(n, a, b, c, d, e, f)

#define SYSCALL(n, a, b, c, d, e, f) \
	arch_syscall(n, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), (long)(f))

/* The registers that a program is started with, as _start found them. */
__attribute__((weak)) unsigned long start_regs[START_REGS];

/*
 * Makes the system call call[0] with the arguments call[1] to call[6]. Returns
 * what that returned, -errno for an error. Where that is 0, a child that may be
 * on another stack, it calls @child, which does not return.
 */
long make_task(const long call[7], void (*child)(void));

#endif /* _NOLIBC_ARCH_H */
