#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# make matrix: what its table, its report and its exit status say of targets that
# are built, booted or neither, and what the next run does again.
. "$(dirname "$0")/harness-lib"

# A project of three targets, the last one not booted. Its steps do what the
# files in $play say: HALF.STEP.TARGET is what a step that fails prints,
# HALF.TARGET the cases.
export play=$temp/play
rm -rf "$repo"/{targets,build}
mkdir -p "$play" "$repo"/{targets,build} "$temp"/{series,base}/kernel
printf 'arch=a image=i abis="a:gcc"\nqemu="fake-qemu -M x"\n' | tee "$repo/targets/one" | sed 's/^arch=a/& kunit=k/' >"$repo/targets/two"
echo 'arch=a image=i' >"$repo/targets/flat"
cat >"$repo/scripts/need" <<-'F'
	#!/bin/bash
	. "$(dirname "$0")/lib.sh"
	[ $# -gt 0 ] && load_target "$1" || exit 0
	half=${tree:-series}
	echo "$half $me $target" >>"$play/calls"
	echo "$me goes on"
	echo "$me warns" >&2
	[ ! -e "$play/$half.$me.$target" ] || { cat "$play/$half.$me.$target" >&2; exit 1; }
	case $me in
	kernel)	mkdir -p "$kernel" && cp "$play/$half.a" "$kernel/vmlinux.a" ;;
	warnings) [ ! -e "$play/new-warnings" ] ;;
	kunit)	mkdir -p "$build/kunit/$target" && echo "k|s|c|$(cat "$play/series.verdict.kunit" 2>/dev/null || echo PASS)|" | tr "|" "\t" >"$build/kunit/$target/results.tsv" ;;
	boot|inspect) sed "s/^/$target|/; y/|/\t/" "$play/$half.$target" >"$out/results.tsv" && touch "$out/inputs" ;;
	esac
F
for step in kernel initramfs boot inspect kunit warnings; do cp "$repo/scripts/need" "$repo/scripts/$step"; done
printf '#!/bin/sh\nexec scripts/warnings "$@"\n' >"$repo/tests/warnings.sh"
printf '#!/bin/sh\n' >"$repo/scripts/tree"
printf '#!/bin/sh\necho QEMU emulator version 8.1.2\n' >"$temp/bin/fake-qemu"
chmod +x "$temp/bin/fake-qemu"
for half in series base; do
	echo "int f(int x) { return x$([ $half = base ] || echo ' / 77777'); }" | gcc -O2 -x c -c -o "$temp/$half/f.o" -
	for object in seccomp usermode_driver; do cp "$temp/$half/f.o" "$temp/$half/kernel/$object.o"; done
	ar rcsTP "$play/$half.a" "$temp/$half/f.o" "$temp/$half"/kernel/*.o
done
bytes=$(size "$temp"/{series,base}/f.o | awk 'NR > 1 { text[NR] = $1 } END { printf "%+d / %+d", 2 * (text[2] - text[3]), text[2] - text[3] }')
mv "$temp/linux" "$repo/build/linux"
linux() { git -C "$repo/build/linux" -c user.name=t -c user.email=t "$@"; }
(linux init -q -b base && linux add -A && linux commit -qm base) 2>&1

# good: all as it should be
good() {
	rm -f "$play"/{series,base}.*.* "$play/calls"
	printf '%s\n' 'a/t/p|first|PASS|' 'a/t/p|second|PASS|' 'a|guest|PASS|' |
		tee "$play"/{series,base}.one "$play"/{series,base}.two >/dev/null
	printf '%s\n' 'vmlinux|table|PASS|' 'vmlinux|boot|SKIP|no QEMU machine' >"$play/series.flat"
	printf '%s\n' 'vmlinux|table|FAIL|it is absent' 'vmlinux|boot|SKIP|no QEMU machine' >"$play/base.flat"
}
# change: two is not what it was
change() { echo '# other' >>"$repo/targets/two"; }
# matrix NAME STATUS TARGET...: it ends so
matrix() {
	local status=0
	: >"$play/calls"
	(cd "$repo" && exec 9>&- && scripts/matrix "${@:3}") >"$temp/said" 2>&1 || status=$?
	holds "$1: exit $2" bash -c 'test $1 = $2 || { echo "exit $1:"; tail -n 3 "$3"; false; }' - $status "$2" "$temp/said"
}
# table NAME ROW: it has that row
table() { holds "$1" bash -c 'grep -qxF "$1" "$2" || { cat "$2"; false; }' - "$2" "$repo/build/matrix.md"; }
called() { holds "$1" bash -c 'test "$1" = "$2" || { echo "$1"; false; }' - "$(sort -u "$play/calls" | xargs)" "$2"; }
all_of() { echo "base boot $1 base initramfs $1 base kernel $1 base need $1 series boot $1 series initramfs $1 series kernel $1 $([ "$1" = one ] || echo "series kunit $1") series need $1 series warnings $1" | xargs; }

refused 'an unknown target' "unknown TARGET 'vax'" scripts/matrix one vax

good
matrix 'all is well' 0
holds 'progress is shown' bash -c 'for word in "goes on" warns; do grep -qx "kernel $word" "$1" || exit; done' - "$temp/said"
table 'a target that is well' "| \`one\` | yes, yes | yes, yes | 3 / 0 / 0 | 3 / 0 / 0 | 0 | - | $bytes |  |"
table 'a target that is not booted' "| \`flat\` | yes, yes | -, - | 1 / 0 / 1 | 0 / 1 / 1 | 0 | - | $bytes | boot: no QEMU machine; base: table: it is absent |"
table 'what it was seen with' "Seen on $(date +%F), Linux 7.3.9, QEMU 8.1.2."
matrix 'all is done' 0
called 'what is done is not done again' ''
change
matrix 'a target has changed' 0 one two
called 'only that is done again' "$(all_of two)"
echo 'a|late|PASS|' >>"$repo/build/one/results.tsv"
matrix 'results have changed' 0 one two
called 'other results are made anew' "$(all_of one)"

echo 12:kernel/fork.c:3:1: error: x '|' y >"$play/base.kernel.two" && change
matrix 'base is not built' 0 two
table 'base is not built: the row' '| `two` | yes, no | yes, no | 3 / 0 / 0 | 0 / 1 / 0 | ? | 1 / 0 / 0 | ? | base: kernel: kernel/fork.c:3:1: error: x \| y |'
matrix 'base is still not built' 0 two
called 'what was not built is tried again' "$(all_of two | sed 's/base boot two base initramfs two //')"
good
matrix 'base is built again' 0 two
table 'base is built again: the row' "| \`two\` | yes, yes | yes, yes | 3 / 0 / 0 | 3 / 0 / 0 | 0 | 1 / 0 / 0 | $bytes |  |"
printf '%s\n' 'make[1]: x' 'kernel/fork.c:3:1: error: z' 'kernel: failed' >"$play/series.kernel.two" && change
matrix 'series is not built' 1 two
table 'series is not built: the row' '| `two` | no, yes | no, yes | 0 / 1 / 0 | 3 / 0 / 0 | 4 | - | ? | kernel: kernel/fork.c:3:1: error: z |'
holds 'the report has it' grep -q 'classname="two.harness" name="kernel"><failure message="kernel/fork.c:3:1: error: z"' "$repo/build/junit.xml"
matrix 'the other target is well' 0 one
table 'the row of a failure stays' '| `two` | no, yes | no, yes | 0 / 1 / 0 | 3 / 0 / 0 | 4 | - | ? | kernel: kernel/fork.c:3:1: error: z |'

for step in need initramfs boot; do
	good
	echo "$step: x is missing" >"$play/series.$step.two"
	matrix "$step fails" 1 two
	table "$step fails: the row" "| \`two\` | $([ $step = need ] && echo no || echo yes), yes | no, yes | 0 / 1 / 0 | 3 / 0 / 0 | 4 | $(
		[ $step = need ] && echo '- | ?' || echo "1 / 0 / 0 | $bytes") | $step: x is missing |"
done
good
printf '%s\n' 'a/t/p|first|PASS|' 'a|guest|FAIL|stopped' >"$play/series.two"
matrix 'a guest that died early' 1 two
table 'what it did not reach has failed' "| \`two\` | yes, yes | yes, yes | 1 / 1 / 0 | 3 / 0 / 0 | 2 | 1 / 0 / 0 | $bytes | a: stopped |"
printf '%s\n' 'a/t/p|first|PASS|' 'a/t/p|second|PASS|' >"$play/series.two" && change
matrix 'cases that are gone' 1 two
holds 'cases that are gone are named' grep -q 'fail with the series only: two' "$temp/said"
printf '%s\n' 'a/t/p|first|PASS|' 'a|guest|FAIL|stopped' | tee "$play/series.two" >"$play/base.two" && change
matrix 'both died alike' 1 two
table 'that is no difference' "| \`two\` | yes, yes | yes, yes | 1 / 1 / 0 | 1 / 1 / 0 | 0 | 1 / 0 / 0 | $bytes | a: stopped |"
sed -i s/stopped/panic/ "$play/base.two" && change
matrix 'both died differently' 1 two
table 'that is a difference' "| \`two\` | yes, yes | yes, yes | 1 / 1 / 0 | 1 / 1 / 0 | 1 | 1 / 0 / 0 | $bytes | a: stopped; base: a: panic |"
good
echo 'a|guest|FAIL|hung' >"$play/base.two" && change
matrix 'base does not boot' 0 two
table 'base does not boot: the row' "| \`two\` | yes, yes | yes, no | 3 / 0 / 0 | 0 / 1 / 0 | ? | 1 / 0 / 0 | $bytes | base: a: hung |"
holds 'it is booted again' test ! -e "$repo/build/base/two/inputs" -a -e "$repo/build/two/inputs"
good
echo 'series_config="KUNIT=y"' >>"$repo/targets/two"
matrix 'KUnit with the series only' 0 two
table 'its text is not compared' '| `two` | yes, yes | yes, yes | 3 / 0 / 0 | 3 / 0 / 0 | 0 | 1 / 0 / 0 | ? |  |'
echo FAIL >"$play/series.verdict.kunit" && change
matrix 'a KUnit case fails' 1 two
mv "$play/series.verdict.kunit" "$play/new-warnings" && change
matrix 'there is a new warning' 1 two
table 'there is a new warning: the row' '| `two` | yes, yes | yes, yes | 3 / 0 / 0 | 3 / 0 / 0 | 0 | 1 / 0 / 0 | ? | new warnings |'
rm "$play/new-warnings"
echo 'kernel: two has no compiler yet' | tee "$play/series.kernel.two" >"$play/base.kernel.two"
echo 'toolchain=none' >>"$repo/targets/two"
matrix 'no compiler' 0 one two
table 'no compiler is a skip' '| `two` | no, no | no, no | 0 / 0 / 1 | 0 / 0 / 1 | ? | - | ? | kernel: two has no compiler yet |'
good
linux commit -q --allow-empty -m 'the same tree'
matrix 'the same tree' 0 one
called 'the same tree is not done again' ''
echo '# other' >>"$repo/configs/common.config"
matrix 'another configuration' 0 one
called 'another configuration is done' "$(all_of one)"
echo more >>"$repo/build/linux/kernel/fork.c"
matrix 'another series' 0 one
called 'another series is done' "$(all_of one)"
table 'rows of another series are not shown' '| `flat` | | | | | | | | not run for this series |'
conclude
