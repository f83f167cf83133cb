#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Has every architecture clone3()? Makes each one's system call headers, which
# needs no cross compiler, and looks for a warning of scripts/checksyscalls.sh
# about clone3 in each ABI, a table without it, and __ARCH_BROKEN_SYS_CLONE3.
. "$(dirname "$0")/../scripts/lib.sh"
tree=${1:-$linux}
results=$build/syscalls/results.tsv
mkdir -p "$build/syscalls"
: >"$results"
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT

# check ARCH ABI...: an ABI is the macros that its headers look at
check() {
	local arch=$1 uapi=$1 out=$temp/$1 why='' folder abi word said table tables
	local include=() define=()
	shift
	[ "$arch" != um ] || uapi=x86
	mkdir -p "$out/include/linux"
	: >"$out/include/linux/compiler_types.h" # exported headers have it cut out
	make -s -C "$tree" O="$out" ARCH="$arch" archheaders asm-generic >"$out/log" 2>&1 ||
		why+="; no headers: $(tail -n 1 "$out/log")"
	for folder in "arch/$arch/include" "arch/$uapi/include" include; do
		include+=("-I$tree/$folder/uapi" "-I$out/$folder/generated/uapi" "-I$out/include")
	done
	for abi; do
		define=(-D__linux__)
		for word in $abi; do define+=("-D$word"); done
		said=$(sh "$tree/scripts/checksyscalls.sh" gcc -nostdinc -undef "${include[@]}" "${define[@]}" 2>&1) ||
			why+="; checksyscalls.sh fails ($abi): $(grep -m 1 error <<<"$said")"
		[[ $said != *clone3* ]] || why+="; checksyscalls.sh warns ($abi)"
	done
	# x86 names its tables syscalls_*, arm makes its own only later
	tables=$(find "$out" -name 'syscall_table*.h' ! -name '*_spu.h' -o -name 'syscalls_*.h' -o -name unistd-eabi.h)
	[ -n "$tables" ] || why+="; no system call table made"
	for table in $tables; do
		grep -q clone3 "$table" || why+="; not in ${table##*/}"
	done
	! grep -rqs __ARCH_BROKEN_SYS_CLONE3 "$tree/arch/$arch" "$tree/arch/$uapi" ||
		why+="; __ARCH_BROKEN_SYS_CLONE3"
	printf 'syscalls\tsyscalls\t%s has clone3\t%s\t%s\n' "$arch" \
		"$([ -z "$why" ] && echo PASS || echo FAIL)" "${why#; }" >>"$results"
}

for arch in alpha arc csky hexagon m68k microblaze nios2 openrisc sh xtensa; do check $arch "__${arch}__"; done
check arm __ARM_EABI__
check arm64 __aarch64__
check loongarch __loongarch_grlen=32 __loongarch_grlen=64
check mips _MIPS_SIM=_MIPS_SIM_ABI32 _MIPS_SIM=_MIPS_SIM_NABI32 _MIPS_SIM=_MIPS_SIM_ABI64
check parisc __hppa__ '__hppa__ __LP64__'
check powerpc __powerpc__ '__powerpc__ __powerpc64__'
check riscv __riscv_xlen=32 __riscv_xlen=64
check s390 '__s390__ __s390x__'
check sparc __sparc__ '__sparc__ __arch64__'
check x86 __i386__ __x86_64__ '__x86_64__ __ILP32__'
check um __i386__ __x86_64__

if grep "$(printf '\tFAIL\t')" "$results"; then exit 1; fi
say "syscalls: clone3 on all $(wc -l <"$results") architectures"
