#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# clone-flags: the system call numbers in samples/seccomp/clone-flags.c are those
# of the tree's tables, and every architecture that has seccomp filters has its rows.
. "$(dirname "$0")/../scripts/lib.sh"
out=$build/clone-flags
mkdir -p "$out"
cd "$linux"
file=samples/seccomp/clone-flags.c

# TOKEN TABLE OFFSET ARCHITECTURE, of each system call ABI
cat >"$out/abis" <<'END'
AUDIT_ARCH_ALPHA arch/alpha/kernel/syscalls/syscall.tbl 0 alpha
AUDIT_ARCH_AARCH64 arch/arm64/tools/syscall_64.tbl 0 arm64
AUDIT_ARCH_ARM arch/arm/tools/syscall.tbl 0 arm
AUDIT_ARCH_CSKY scripts/syscall.tbl 0 csky
AUDIT_ARCH_LOONGARCH64 scripts/syscall.tbl 0 loongarch
AUDIT_ARCH_LOONGARCH32 scripts/syscall.tbl 0 loongarch
AUDIT_ARCH_M68K arch/m68k/kernel/syscalls/syscall.tbl 0 m68k
AUDIT_ARCH_MIPS64 arch/mips/kernel/syscalls/syscall_n64.tbl 5000 mips
AUDIT_ARCH_MIPS64N32 arch/mips/kernel/syscalls/syscall_n32.tbl 6000 mips
AUDIT_ARCH_MIPS arch/mips/kernel/syscalls/syscall_o32.tbl 4000 mips
AUDIT_ARCH_PARISC64 arch/parisc/kernel/syscalls/syscall.tbl 0 parisc
AUDIT_ARCH_PARISC arch/parisc/kernel/syscalls/syscall.tbl 0 parisc
AUDIT_ARCH_PPC64 arch/powerpc/kernel/syscalls/syscall.tbl 0 powerpc
AUDIT_ARCH_PPC arch/powerpc/kernel/syscalls/syscall.tbl 0 powerpc
AUDIT_ARCH_RISCV64 scripts/syscall.tbl 0 riscv
AUDIT_ARCH_RISCV32 scripts/syscall.tbl 0 riscv
AUDIT_ARCH_S390X arch/s390/kernel/syscalls/syscall.tbl 0 s390
AUDIT_ARCH_SH arch/sh/kernel/syscalls/syscall.tbl 0 sh
AUDIT_ARCH_X86_64 arch/x86/entry/syscalls/syscall_64.tbl 0 x86
AUDIT_ARCH_I386 arch/x86/entry/syscalls/syscall_32.tbl 0 x86
AUDIT_ARCH_XTENSA arch/xtensa/kernel/syscalls/syscall.tbl 0 xtensa
END
# um has the calls of the machine it runs on.
grep -l 'select HAVE_ARCH_SECCOMP_FILTER' arch/*/Kconfig | cut -d / -f 2 | grep -vx um >"$out/architectures"
diff -u --label 'arch/*/Kconfig' --label "$file" "$out/architectures" <(cut -d ' ' -f 4 "$out/abis" | sort -u) ||
	die "$file: not the architectures of the tree that have seccomp filters"

# number TABLE NAME: in the last line of it, which is not that of another ABI
number() { awk -v name="$2" '$1 ~ /^[0-9]+$/ && $3 == name { print $1; exit }' "$1"; }

while read -r token table offset _; do
	row=$token
	for name in clone clone3 unshare setns openat; do row+=" $(($(number "$table" $name) + offset))"; done
	echo "$row"
	# The calls that make a mount namespace, and openat2(), from clone3() on
	for name in open_tree fsmount open_tree_attr openat2; do
		echo "$name $(($(number "$table" $name) - $(number "$table" clone3)))" >&3
	done
done <"$out/abis" >"$out/numbers.tree" 3>"$out/distances"
sed -nE 's/^\t\{ (AUDIT_ARCH_[A-Z0-9_]+)( \| ARCH_LE)?,\s+(0|X32_BIT), ([0-9]+), ([0-9]+), ([0-9]+), ([0-9]+), ([0-9]+) \},.*/\1 \4 \5 \6 \7 \8/p' \
	"$file" >"$out/numbers.file"
sort -u "$out/distances" >"$out/distances.tree"
sed -nE 's/^\t\{ ([0-9]+) - 435, .*\/\* ([a-z_]+) \*\//\2 \1/p; s/^#define CALL_OPENAT2\t+([0-9]+)$/openat2 \1/p' "$file" |
	awk '{ print $1, $2 - 435 }' | sort >"$out/distances.file"

status=0
: >"$out/results.tsv"
for what in numbers distances; do
	verdict=PASS reason=
	if [ ! -s "$out/$what.file" ] || ! diff -u --label "syscall tables" --label "$file" "$out/$what.tree" "$out/$what.file"; then
		verdict=FAIL reason="$file and the tree's tables differ about the $what"
		status=1
	fi
	printf 'clone-flags\thost\t%s\t%s\t%s\n' $what $verdict "$reason" >>"$out/results.tsv"
done
[ $status -eq 0 ] || die "$file differs from the tree's system call tables"
say "clone-flags: $(wc -l <"$out/numbers.file") ABIs of $(cut -d " " -f 4 "$out/abis" | sort -u | wc -l) architectures, and um, as in the tree's tables"
