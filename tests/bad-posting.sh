#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# tests/posting.sh says nothing about good patches, and names each kind of fault.
. "$(dirname "$0")/harness-lib"
export LINUX=$temp/linux
seq 40 >"$temp/linux/kernel/fork.c"
rm -rf "$repo/patches" "$repo/lts/6.12/seccomp" && mkdir "$repo/patches" && : >"$repo/patches/series"
grep '^#' "$top/tests/patch-notes" >"$repo/tests/patch-notes"

# commit SUBJECT BODY: what has been changed in build/linux
commit() { git -C "$repo/build/linux" add -A && git -C "$repo/build/linux" commit -qm "$1" -m "$2"; }
posting() { (cd "$repo" && make patches >/dev/null && tests/posting.sh 2>&1); }
fixes='Fixes: 0123456789ab ("fork: count")'
body=$'A number is wrong.\nCorrect it.'

(cd "$repo" && make tree && cd build/linux && git switch -qc fixes && git config branch.fixes.description 'Fixes') >/dev/null 2>&1 || :
sed -i 's/^3$/three/' "$repo/build/linux/kernel/fork.c"
commit 'fork: count to three' "$body"$'\n\n'"$fixes"
holds 'a good patch' posting

# fault NAME TEXT SUBJECT BODY COMMAND...: that patch, on top of the good one
fault() {
	local name=$1 text=$2 said
	(cd "$repo/build/linux" && "${@:5}")
	commit "$3" "$4"
	said=$(posting || :)
	if [[ $said == *"$text"* ]]; then row "$name" PASS; else
		row "$name" FAIL "$said"
		echo "bad posting: $name: wanted '$text', got: $said"
	fi
	git -C "$repo/build/linux" reset -q --hard HEAD~1
	(cd "$repo" && make patches DROP=1 >/dev/null)
}
change() { sed -i 's/^30$/thirty/' kernel/fork.c; }
fault 'a fix that needs another' 'does not apply to base without the others' 'fork: count better' "$body"$'\n\n'"$fixes" sed -i 's/^three$/drei/' kernel/fork.c
fault 'a fix without Fixes:' 'no Fixes: line' 'fork: count to thirty' "$body" change
fault 'a subject of 80 characters' '75 is the bound' "fork: $(printf 'x%.0s' {1..74})" "$body"$'\n\n'"$fixes" change
fault 'a message without a reason' 'does not say why' 'fork: count to thirty' "$fixes" change
fault 'a figure of speech' "says 'newborn'" 'fork: count to thirty' "The newborn is wrong."$'\n'"$body"$'\n\n'"$fixes" change
fault 'two architectures in one fix' 'more than one architecture' 'arch: count' "$body"$'\n\n'"$fixes" \
	sh -c 'mkdir -p arch/arm && echo y >arch/arm/Kconfig && echo y >>arch/x86/Kconfig'
fault 'a KUnit suite beside its code' 'is in a folder tests/' 'fork: test' "$body"$'\n\n'"$fixes" sh -c 'echo >kernel/fork_kunit.c'
fault 'selftests without a config' 'selftests/fork has no config' 'selftests: test fork' "$body"$'\n\n'"$fixes" \
	sh -c 'mkdir -p tools/testing/selftests/fork && echo >tools/testing/selftests/fork/fork.c'
fault 'a cover letter that counts wrongly' 'names patch 7 of 2' 'fork: count to thirty' "$body"$'\n\n'"$fixes" \
	sh -c 'echo three >kernel/fork.c; git config branch.fixes.description "Fixes

Patches 1 and 7 count."'
git -C "$repo/build/linux" config branch.fixes.description Fixes
(cd "$repo" && make patches >/dev/null)
echo 'fixes | fork: gone | context 1 | no reason' >>"$repo/tests/patch-notes"
holds 'a note about a patch that has gone' sh -c "cd '$repo' && tests/posting.sh | grep \"no patch 'fork: gone'\""
conclude
