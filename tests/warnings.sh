#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# warnings [TARGET...]: no new warning. The C files that the series touches and
# the target (x86_64 and m68k) builds are compiled with W=1 and checked by sparse,
# on the base and on the series. A KUnit suite is a part of the file that it tests.
# `make matrix` does it for all targets.
. "$(dirname "$0")/../scripts/lib.sh"
lock
[ $# -gt 0 ] || set -- x86_64 m68k
mkdir -p "$build/warnings"

# 7.3 wants a newer sparse than Debian 12 and 13 have; forky's builds anywhere.
sparse=$build/warnings/sparse
if [ ! -x "$sparse" ]; then
	from=$("$top/scripts/debian-source" sparse forky)
	make -C "$from" sparse HAVE_LLVM=no HAVE_SQLITE=no HAVE_GTK=no >"$build/warnings/sparse.log" 2>&1 ||
		die "sparse does not build: $(tail -n 1 "$build/warnings/sparse.log")"
	cp "$from/sparse" "$sparse"
fi

# configured FILE.o: not if its folder's Makefile has it for an option that is off
configured() {
	local option
	option=$(sed -nE "s/^obj-\\\$\((CONFIG_[A-Z0-9_]+)\)[ \t]*[+:]?=(.*[ \t])?${1##*/}([ \t].*)?\$/\1/p" "$source/${1%/*}/Makefile")
	[ -z "$option" ] || grep -q "^$option=y" "$here/.config"
}

# warnings_of TREE TARGET: on standard output, without line numbers
warnings_of() {
	local here config object log other=_64
	have=()
	CLONE3_TREE=$1 load_target "$2"
	# W=1 runs kernel-doc, which wants more than a toolbox has of python.
	[ -z "$kunit_toolbox" ] || export CLONE3_TOOLBOX=$kunit_toolbox
	[ -z "$1" ] || worktree base
	here=$build/warnings/$2$1 log=$build/warnings/$2$1.log config=$build/$2/kernel/.config
	[ -f "$config" ] || BASE='' "$top/scripts/kernel" "$2" configuration >&2 || exit
	mkdir -p "$here"
	cp "$config" "$here/.config"
	# The last four: arch/x86/kernel/callthunks.c.
	"$linux/scripts/config" --file "$here/.config" -e KUNIT -e RUNTIME_TESTING_MENU -e CLONE_KUNIT_TEST -e THREAD_START_KUNIT_TEST -e SECCOMP_VIEW_KUNIT_TEST \
		-e AUDIT -e SECURITY -e SECURITY_LANDLOCK -e USERMODE_DRIVER_KUNIT_TEST -e KUNIT_PROGRAM_TEST \
		-e CPU_MITIGATIONS -e MITIGATION_RETPOLINE -e MITIGATION_RETHUNK -e MITIGATION_CALL_DEPTH_TRACKING
	kbuild=("${run[@]}" make -C "$source" "O=$here" "ARCH=$arch" "CHECK=$sparse")
	if [ -n "$llvm" ]; then kbuild+=("LLVM=$llvm"); else kbuild+=("CROSS_COMPILE=$cross"); fi
	"${kbuild[@]}" olddefconfig prepare >"$here.prepare" 2>&1 ||
		die "$2 is not prepared: $(tail -n 1 "$here.prepare")"
	! grep -q '^CONFIG_64BIT=y' "$here/.config" || other=_32
	for object in "${objects[@]}"; do
		[[ ! -f $source/${object%.o}.c || $object == arch/*$other.o ]] || ! configured "$object" || have+=("$object")
	done
	[[ "${have[*]}" == *arch/* ]] || die "no file of $2's architecture is among those that are checked"
	rm -f "${have[@]/#/$here/}"
	"${kbuild[@]}" -k W=1 C=1 "${have[@]}" >"$log" 2>&1 ||
		die "W=1 does not build on $2: $(grep -m 1 -E 'error|\*\*\*' "$log")"
	! grep -q 'is not available or not up to date' "$log" ||
		die "sparse has not run on $2: $(grep -m 1 'not up to date' "$log")"
	grep -q '^  CHECK ' "$log" || die "sparse has not run on $2: no CHECK line (${log#"$top/"})"
	{ grep -E '(warning|error):' "$log" || :; } | sed 's/:[0-9]*:[0-9]*:/:/; s,.*linux/,,' | sort
}

status=0
for name; do
	load_target "$name"
	case $arch in
	x86_64|i386) folder=x86 ;;
	parisc64) folder=parisc ;;
	*)	folder=$arch ;;
	esac
	mapfile -t objects < <(git -C "$linux" diff --name-only --diff-filter=AM base HEAD -- '*.c' |
		grep -vE '^(tools|samples)/|_(kunit|program)\.c$|-tap\.c$' |
		awk -v own="arch/$folder/" '!/^arch/ || index($0, own) == 1' | sed 's/c$/o/')
	warnings_of base "$name" >"$build/warnings/$name.old"
	warnings_of '' "$name" >"$build/warnings/$name.new"
	new=$(comm -23 "$build/warnings/$name.new" "$build/warnings/$name.old")
	printf 'warnings\tW=1 sparse\t%s\t%s\t%s\n' "$name: ${have[*]}" "$([ -z "$new" ] && echo PASS || echo FAIL)" \
		"$(head -n 1 <<<"$new")"
	if [ -n "$new" ]; then
		printf 'new warnings on %s:\n%s\n' "$name" "$new" >&2
		status=1
	else
		say "warnings: $name, ${#have[@]} files, none new (base has $(wc -l <"$build/warnings/$name.old"))" >&2
	fi
done >"$build/warnings/results.tsv"
exit $status
