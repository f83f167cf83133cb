#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Bad input gets one line that names the thing and the way out, a non-zero exit,
# and nothing is lost. Run in a copy of this repository, on a tree of three files.
. "$(dirname "$0")/../scripts/lib.sh"
mkdir -p "$build/harness"
results=$build/harness/results.tsv
: >"$results"
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
repo=$temp/repo
unset LINUX BASE CLONE3_LOCKED CLONE3_TREE MAKEFLAGS MAKELEVEL
exec 9>&-
export CLONE3_CACHE=$temp/cache

mkdir -p "$repo" "$temp/empty" "$temp/linux"/{kernel,arch/x86} "$temp/bin"
(cd "$top" && git ls-files -co --exclude-standard | tar -cf - -T -) | tar -xf - -C "$repo"
(cd "$repo" && git init -q && git add -A && git -c user.name=t -c user.email=t commit -qm t)
printf 'VERSION = 7\nPATCHLEVEL = 3\nSUBLEVEL = 9\nkernelversion:\n\t@echo 7.3.9\n' >"$temp/linux/Makefile"
echo fork >"$temp/linux/kernel/fork.c"
echo x86 >"$temp/linux/arch/x86/Kconfig"

row() { printf 'harness\tharness\t%s\t%s\t%s\n' "$1" "$2" "$(tr '\t\n' '  ' <<<"${3:-}")" >>"$results"; }

# refused NAME TEXT COMMAND...: it fails with one line, which has TEXT
refused() {
	local name=$1 text=$2 said status=0 lines
	shift 2
	said=$(cd "$repo" && timeout 100 "$@" 2>&1 >/dev/null </dev/null) || status=$?
	said=$(grep -vE '^make(\[[0-9]\])?: ' <<<"$said" || :)
	lines=$(wc -l <<<"$said")
	if [ $status -ne 0 ] && [ $status -ne 124 ] && [ "$lines" = 1 ] && [[ $said == *"$text"* ]]; then
		row "$name" PASS
	else
		row "$name" FAIL "exit $status, $lines lines: $said"
		printf 'bad input: %s: exit %s, wanted one line with "%s", got:\n%s\n' "$name" $status "$text" "$said"
	fi
}

# holds NAME COMMAND...
holds() {
	local name=$1 said
	shift
	if said=$("$@" 2>&1); then row "$name" PASS; else
		row "$name" FAIL "$said"
		echo "bad input: $name: $said"
	fi
}

refused 'unknown TARGET' "unknown TARGET 'vax'" make TARGET=vax
refused 'LINUX= is not there' 'does not exist' make tree LINUX="$temp/none"
refused 'LINUX= is no kernel tree' 'is no Linux tree' make tree LINUX="$temp/empty"
cp -r "$temp/linux" "$temp/old"
sed -i 's/^PATCHLEVEL.*/PATCHLEVEL = 2/' "$temp/old/Makefile"
refused 'LINUX= is another version' 'is Linux 7.2, the series is for 7.3.y' make tree LINUX="$temp/old"
cp -r "$temp/linux" "$temp/dirty"
(cd "$temp/dirty" && git init -q && git add -A && git -c user.name=t -c user.email=t commit -qm t && echo x >>kernel/fork.c)
refused 'LINUX= has uncommitted changes' 'has uncommitted changes' make tree LINUX="$temp/dirty"
holds 'the uncommitted changes are still there' grep -q x "$temp/dirty/kernel/fork.c"
cp -r "$temp/linux" "$temp/built" && touch "$temp/built/.config"
refused 'LINUX= has been built in' 'make mrproper' make tree LINUX="$temp/built"

tar -C "$temp" -cJf "$temp/linux-7.3.9.tar.xz" linux
head -c 100 "$temp/linux-7.3.9.tar.xz" >"$temp/cut.tar.xz"
refused 'truncated tarball' 'is no whole tarball' make tree LINUX="$temp/cut.tar.xz"
echo rubbish >"$temp/rubbish.tar.xz"
refused 'corrupt tarball' 'is no whole tarball' make tree LINUX="$temp/rubbish.tar.xz"
holds 'nothing half-unpacked is kept' sh -c "! ls -d '$temp/cache'/*.git 2>/dev/null"

LINUX=$temp/linux refused 'a patch that does not apply' 'does not apply: mend it in build/linux' scripts/tree
LINUX=$temp/linux refused 'a tree in the middle of git am' 'in the middle of a git am' scripts/tree
LINUX=$temp/linux refused 'patches in the middle of git am' 'in the middle of a git am' scripts/patches

# A series of one patch for that tree, to see what happens to work in it.
rm -rf "$repo/build" "$repo/patches"
mkdir "$repo/patches"
: >"$repo/patches/series"
export LINUX=$temp/linux
(cd "$repo" && make tree && cd build/linux && git switch -qc topic && echo more >>kernel/fork.c &&
	git commit -qam 'fork: more' && git config branch.topic.description 'A topic' && cd ../.. && make patches) \
	>/dev/null 2>&1 || :
holds 'a new topic reaches patches/' grep -q '^topic/0001-fork-more.patch$' "$repo/patches/series"
holds 'the round trip is byte-stable' sh -c "cd '$repo' && cp -r patches ../before && rm -rf build/linux build/tree-state &&
	make tree && scripts/patches check && diff -r patches ../before"
echo work >>"$repo/build/linux/kernel/fork.c"
refused 'make patches with uncommitted changes' 'has uncommitted changes' make patches
refused 'make clean with work in build/linux' 'has work that patches/ has not' make clean
sed -i 's/^Subject: \(.*\)/Subject: \1 other/' "$repo/patches/topic/0001-fork-more.patch"
refused 'new patches over work in build/linux' 'has work of yours' make tree
holds 'the work is still there' grep -q work "$repo/build/linux/kernel/fork.c"
git -C "$repo/build/linux" checkout -q kernel/fork.c
unset LINUX

refused 'no SENDER' 'make send SENDER=' make send
(exec 9>"$repo/build/.lock"; flock 9; exec 8>"$temp/locked"; sleep 3) &
until [ -e "$temp/locked" ]; do sleep 0.1; done
refused 'two at a time' 'another make works in build/' make patches
wait

# Machines: a script in QEMU's place.
cat >"$repo/targets/fake" <<-'F'
	arch=fake
	image=image
	abis="one:gcc"
	qemu="fake-qemu"
	append="console=none"
	packages="qemu-system-fake"
	guest_seconds=3
F
out=$repo/build/fake
mkdir -p "$out/kernel"
touch "$out/kernel/image" "$out/one.cpio"
echo '5 /tests/one/a/b' >"$out/one.list"
refused 'QEMU is missing' 'fake-qemu is missing: apt-get install qemu-system-fake' scripts/guest fake one
PATH=$temp/bin:$PATH
# machine NAME TEXT: the fake prints this; the case that must come of it
machine() {
	printf '#!/bin/sh\n[ "$1" != --version ] || { echo "QEMU emulator version %s"; exit; }\n%s\n' \
		"${version:-8.1}" "$2" >"$temp/bin/fake-qemu"
	chmod +x "$temp/bin/fake-qemu"
	rm -f "$out"/{results.tsv,inputs}
	(cd "$repo" && exec 9>&- && timeout 60 scripts/boot fake) >"$temp/said" 2>&1 || :
}
version=5.2 machine 'old' ''
refused 'QEMU is too old' 'is version 5.2, 7.2 or later is needed' scripts/guest fake one
good='printf "KTAP version 1\n1..1\n    TAP version 13\n    1..2\n    ok 1 x\n    ok 2 y\nok 1 one/a/b\n# guest: end\n"'
machine good "$good"
holds 'a good guest passes' sh -c "[ \$(grep -c PASS '$out/results.tsv') = 3 ] && ! grep FAIL '$out/results.tsv'"
machine hang 'echo booting; sleep 60'
holds 'a guest that hangs fails' grep -q 'FAIL.*the guest hung' "$out/results.tsv"
holds 'its last lines are shown' grep -q '| booting' "$temp/said"
machine panic 'echo "Kernel panic - not syncing: no init"'
holds 'a guest that panics fails' grep -q 'FAIL.*stopped before its end; Kernel panic - not syncing' "$out/results.tsv"
machine warning "echo 'WARNING: kernel/fork.c:1 at x'; $good"
holds 'a kernel warning fails' grep -q 'FAIL.*WARNING: kernel/fork.c' "$out/results.tsv"
machine rubbish 'head -c 3000 /dev/urandom'
holds 'a guest that prints rubbish fails' grep -q 'FAIL.*stopped before its end' "$out/results.tsv"
machine short 'printf "KTAP version 1\n1..1\n    1..3\n    ok 1 x\nok 1 one/a/b\n# guest: end\n"'
holds 'cases that are not reported fail' grep -q 'FAIL.*1 of 3 cases' "$out/results.tsv"
machine exits 'printf "KTAP version 1\n1..1\n    1..1\n    ok 1 x\nnot ok 1 one/a/b # exit 1\n# guest: end\n"'
holds 'a bad exit of a test fails' grep -q 'FAIL.*exit 1' "$out/results.tsv"

# No network, no space, no rights: these need root to be played.
if [ "$(id -u)" = 0 ] && unshare -nm true 2>/dev/null; then
	rm -rf "$repo/build"
	refused 'no network' 'LINUX=' unshare -n make tree
	sum=$(cd "$temp" && sha256sum linux-7.3.9.tar.xz)
	echo "$sum" >"$temp/sha256sums.asc"
	holds 'the tarball of kernel.org is the second way' \
		unshare -n env KERNEL_ORG="file://$temp" "$repo/scripts/base"
	sed -i 's/^..../0000/' "$temp/sha256sums.asc"
	rm -rf "$repo/build" "$temp/cache"
	refused 'a tarball with a wrong sum' "is not what kernel.org's sums say" \
		sh -c "unshare -n env KERNEL_ORG='file://$temp' scripts/base 2>&1 | grep -v ^fetching >&2; exit 1"
	refused 'no space' 'GB are needed: make room' \
		unshare -m sh -c "mkdir -p '$temp/small' && mount -t tmpfs -o size=64m none '$temp/small' &&
			CLONE3_CACHE='$temp/small' exec scripts/base"
	printf '#!/bin/sh\nexit 1\n' | tee "$temp/bin/dpkg-query" >"$temp/bin/sudo"
	chmod +x "$temp/bin/"* && chmod 755 "$temp" && mkdir -p "$repo/build" "$temp/cache"
	chown -R 65534 "$repo" "$temp/cache"
	refused 'packages missing and no rights' 'sudo apt-get install' \
		setpriv --reuid=65534 --clear-groups env HOME="$temp" scripts/need
else
	for name in 'no network' 'a tarball with a wrong sum' 'no space' 'packages missing and no rights'; do
		row "$name" SKIP 'needs root'
	done
fi
say "bad input: $(grep -c "$(printf '\tPASS\t')" "$results") of $(wc -l <"$results") held"
