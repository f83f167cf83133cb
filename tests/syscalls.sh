#!/bin/sh
# usage: checksyscalls-all TREE
# Does every architecture in TREE have clone3()? One line each, exit 1 if not.
# Makes each one's system call headers and looks for a warning about clone3 from
# scripts/checksyscalls.sh in each ABI, a table without it, and an
# __ARCH_BROKEN_SYS_CLONE3. Needs make and gcc (as a preprocessor with -undef).
set -u
[ -f "${1:-}/scripts/checksyscalls.sh" ] || { echo "$0: no kernel tree: ${1:-(none given)}" >&2; exit 2; }
tree=$(cd "$1" && pwd)
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
trap 'exit 2' INT TERM
bad=0
check() { # arch abi...; an abi is the macros that its headers look at
	arch=$1 src=$1 o=$tmp/$1 inc='' why=''
	shift
	[ "$arch" = um ] && src=x86
	mkdir -p "$o/include/linux"
	: > "$o/include/linux/compiler_types.h" # exported headers have it cut out
	make -s -C "$tree" O="$o" ARCH="$arch" archheaders asm-generic > "$o/log" 2>&1 ||
		why="; no headers: $(tail -n 1 "$o/log")"
	for d in "arch/$arch/include" "arch/$src/include" include; do
		inc="$inc -I$tree/$d/uapi -I$o/$d/generated/uapi -I$o/include"
	done
	for abi; do
		defs=
		for word in __linux__ $abi; do defs="$defs -D$word"; done
		# shellcheck disable=SC2086 # words
		out=$(sh "$tree/scripts/checksyscalls.sh" gcc -nostdinc -undef $inc $defs 2>&1) ||
			why="$why; checksyscalls.sh fails ($abi): $(echo "$out" | grep -m 1 error)"
		echo "$out" | grep -q clone3 && why="$why; checksyscalls.sh warns ($abi)"
	done
	# (but for spu; x86 names its tables syscalls_*, arm makes its own only later)
	tables=$(find "$o" -name 'syscall_table*.h' ! -name '*_spu.h' -o -name 'syscalls_*.h' -o -name unistd-eabi.h)
	[ -n "$tables" ] || why="$why; no system call table made"
	for t in $tables; do
		grep -q clone3 "$t" || why="$why; not in ${t##*/}"
	done
	grep -rqs __ARCH_BROKEN_SYS_CLONE3 "$tree/arch/$arch" "$tree/arch/$src" && why="$why; __ARCH_BROKEN_SYS_CLONE3"
	if [ -z "$why" ]; then echo "ok $arch"; else echo "not ok $arch: ${why#; }"; bad=1; fi
}
for arch in alpha arc csky hexagon m68k microblaze nios2 openrisc sh xtensa; do check $arch __$arch; done
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
exit $bad
