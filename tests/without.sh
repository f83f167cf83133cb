#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# without.sh: takes away, one at a time, each tool that a check calls, and sees the
# check fail. Writes the table of docs/proof.md. Needs what `make test` has made for
# um and x86_64. Fails where a check passes without its tool.
. "$(dirname "$0")/../scripts/lib.sh"
cd "$top"
work=$build/without
rm -rf "$work"
mkdir -p "$work/modules"
export CLONE3_LOCKED=1 PYTHONPATH=$work/modules
rows=0 bad=0

# farm TOOL: a folder with every program but that one
farm() {
	rm -rf "${work:?}/bin"
	mkdir "$work/bin"
	cp -sf /usr/sbin/* /usr/bin/* "$work/bin/" 2>/dev/null || :
	[ -z "$1" ] || rm -f "$work/bin/$1"
}

# taken NAME COMMAND...: must fail now
taken() {
	local name=$1 said status=0 verdict=fails
	shift
	rows=$((rows + 1))
	said=$(WITHOUT=$work/bin PATH=$work/bin timeout 400 "$@" 2>&1) || status=$?
	case $status in
	0) verdict='**passes**' bad=$((bad + 1)) ;;
	124) verdict='**does not end**' bad=$((bad + 1)) ;;
	*)	! grep -q 'no check is called' <<<"$said" || verdict='**is no check**' bad=$((bad + 1)) ;;
	esac
	said=$(grep -m 1 -iE 'not found|missing|No module|cannot|failed|no such|needed' <<<"$said" || tail -n 1 <<<"$said")
	said=${said//"$top/"/}
	say "$name: $* $verdict: $said"
	printf '| `%s` | `%s` | %s | %s |\n' "$name" "$*" "$verdict" "${said//|/\\|}" >>"$work/table"
}
# tool NAME COMMAND...
tool() { farm "$1"; taken "$@"; }
# module NAME COMMAND...: one of python3
module() {
	farm ''
	echo "raise ImportError('no $1')" >"$work/modules/$1.py"
	taken "python3: $1" "${@:2}"
	rm -rf "$work/modules"/*
}
: >"$work/table"
one='checkpatch patches/fixes/0001*'
tool git scripts/lint 'applies*'
tool perl scripts/lint "$one"
module git scripts/lint 'checkpatch patches/thread-start/0001*'
module ply scripts/lint 'checkpatch patches/thread-start/0001*'
module codespell_lib scripts/lint "$one"
tool shellcheck scripts/lint 'scripts are clean'
tool apt-get scripts/lint 'nothing of a machine*'
tool python3 tests/send.sh
tool mandoc tests/man.sh
tool groff tests/man.sh
tool gcc tests/man.sh
tool b4 tests/send.sh
tool quilt tests/take.sh
mv "$build/warnings/sparse" "$work/" && tool gcc tests/warnings.sh
mv "$work/sparse" "$build/warnings/"
tool python3 scripts/kunit
tool qemu-system-x86_64 env RERUN=1 scripts/boot x86_64
tool i686-linux-gnu-gcc scripts/programs x86_64 ia32 i686-linux-gnu-gcc
kernel='rm -rf build/base/um; BASE=1 scripts/kernel um'
for name in ccache bc flex bison; do tool $name sh -c "$kernel"; done
module sphinx scripts/docs

{
	sed '/^## Without a tool$/,$d' docs/proof.md
	printf '## Without a tool\n\nEach was taken away, and the check was run: `tests/without.sh`, %s.\n\n' "$(date +%F)"
	printf '| tool | check | the check | it said |\n|---|---|---|---|\n'
	cat "$work/table"
} >"$work/proof.md"
mv "$work/proof.md" docs/proof.md
[ $bad -eq 0 ] || die "$bad of $rows checks pass without their tool"
say "without.sh: $rows checks fail without their tool"
