#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# No new warning: the C files that the series touches and the x86_64 kernel has
# are compiled with W=1 and by sparse, on the base and on the series. A KUnit
# suite is a part of the file that it tests.
. "$(dirname "$0")/../scripts/lib.sh"
lock
mkdir -p "$build/warnings"

mapfile -t objects < <(git -C "$linux" diff --name-only --diff-filter=AM base HEAD -- '*.c' |
	grep -vE '^(tools|samples)/|^arch/([^x]|x[^8])|_(kunit|32)\.c$' | sed 's/c$/o/')

# warnings_of TREE: on standard output, without line numbers
warnings_of() {
	CLONE3_TREE=$1 load_target x86_64
	[ -z "$1" ] || worktree base
	local config=$build/x86_64/kernel/.config object have=()
	for object in "${objects[@]}"; do
		[ ! -f "$source/${object%.o}.c" ] || have+=("$object")
	done
	mkdir -p "$build/warnings/kernel$1"
	cp "$config" "$build/warnings/kernel$1/.config"
	# The last four: arch/x86/kernel/callthunks.c.
	"$linux/scripts/config" --file "$build/warnings/kernel$1/.config" -e KUNIT -e RUNTIME_TESTING_MENU -e CLONE_KUNIT_TEST -e THREAD_START_KUNIT_TEST -e SECCOMP_VIEW_KUNIT_TEST \
		-e CPU_MITIGATIONS -e MITIGATION_RETPOLINE -e MITIGATION_RETHUNK -e MITIGATION_CALL_DEPTH_TRACKING
	kbuild=(make -C "$source" "O=$build/warnings/kernel$1" ARCH=x86_64)
	"${kbuild[@]}" olddefconfig prepare >"$build/warnings/prepare$1.log" 2>&1
	rm -f "${have[@]/#/$build/warnings/kernel$1/}"
	"${kbuild[@]}" W=1 C=1 CHECK=sparse "${have[@]}" >"$build/warnings/make$1.log" 2>&1 ||
		die "W=1 does not build: $(grep -m 1 -E 'error|\*\*\*' "$build/warnings/make$1.log")"
	{ grep -E '(warning|error):' "$build/warnings/make$1.log" || :; } | sed 's/:[0-9]*:[0-9]*:/:/; s,.*linux-base/,,; s,.*linux/,,' | sort
}

[ ${#objects[@]} -gt 0 ] || objects=(kernel/fork.o)
warnings_of '' >"$build/warnings/patched"
warnings_of base >"$build/warnings/base"
new=$(comm -23 "$build/warnings/patched" "$build/warnings/base")
printf 'warnings\tW=1 sparse\t%s\t%s\t%s\n' "${objects[*]}" "$([ -z "$new" ] && echo PASS || echo FAIL)" \
	"$(head -n 1 <<<"$new")" >"$build/warnings/results.tsv"
[ -z "$new" ] || { printf 'new warnings:\n%s\n' "$new"; exit 1; }
say "warnings: ${#objects[@]} files, none new (base has $(wc -l <"$build/warnings/base"))"
