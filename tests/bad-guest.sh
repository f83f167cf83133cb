#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# A guest that does not do what it should is a failed case, never a pass.
. "$(dirname "$0")/harness-lib"

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
rm "$out/results.tsv"
(cd "$repo" && exec 9>&- && scripts/boot fake) >"$temp/said" 2>&1 || :
holds 'a guest without results boots again' grep -q PASS "$out/results.tsv"
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

conclude
