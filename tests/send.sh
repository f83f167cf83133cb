#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# make send: postings that git am and b4 read, each mail to whom it is for, nothing
# of the project in them; and what it refuses. On a series of four patches.
. "$(dirname "$0")/harness-lib"
[ -d "$linux/scripts" ] || die "there is no build/linux yet: make tree"

# The fake Linux is enough of one for get_maintainer.pl and checkpatch.pl.
kernel=$temp/linux
mkdir -p "$kernel"/{Documentation,include/uapi/linux,drivers,fs,init,ipc,lib,scripts}
touch "$kernel"/{COPYING,CREDITS,Kbuild,README} "$kernel"/{Documentation,drivers,fs,init,ipc,lib}/x
cp "$linux"/scripts/{get_maintainer.pl,checkpatch.pl,spelling.txt,const_structs.checkpatch} "$kernel/scripts/"
seq 40 >"$kernel/kernel/fork.c"
printf '/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */\n' >"$kernel/include/uapi/linux/fork.h"
cat >"$kernel/MAINTAINERS" <<-'M'
	List of maintainers

	FORK
	M:	Fräuke Fork <fork@example.org>
	R:	Rita Reader <rita@example.org>
	L:	fork@lists.example.org
	S:	Maintained
	F:	include/uapi/linux/fork.h
	F:	kernel/fork.c

	X86
	M:	Xenia <xenia@example.org>
	L:	x86@lists.example.org (moderated for non-subscribers)
	S:	Maintained
	F:	arch/x86/
M
(cd "$kernel" && git init -q && git add -A && git -c user.name=t -c user.email=t@example.org commit -qm t)
export LINUX=$kernel
rm -rf "$repo/patches" && mkdir "$repo/patches" && : >"$repo/patches/series"
tree=$repo/build/linux
# commit SUBJECT
commit() { git -C "$tree" add -A && git -C "$tree" commit -qm "$1" -m "A number is wrong, so correct it."; }
{
	(cd "$repo" && make tree && cd build/linux && git switch -qc one && git config branch.one.description $'First\n\nThe first topic.')
	sed -i 's/^3$/three/' "$tree/kernel/fork.c" && commit 'fork: count to three'
	echo 'config THREE' >>"$tree/arch/x86/Kconfig" && commit 'x86: add THREE, an option with a subject that a mail has in two lines'
	git -C "$tree" switch -qc two && git -C "$tree" config branch.two.description $'Second\n\nThe second topic.'
	sed -i 's/^4$/four/' "$tree/kernel/fork.c" && commit 'fork: count to four'
	echo '#define FOUR 4' >>"$tree/include/uapi/linux/fork.h" && commit 'uapi: fork: add FOUR'
	(cd "$repo" && make patches)
} >"$temp/made" 2>&1
cat >"$temp/postings" <<-'P'
	posting first
	patches one/*

	posting second
	after first
	patches two/*
	but two/uapi*

	posting third
	after first second
	rfc
	patches two/uapi*
P
printf 'made\n\tThe tools wrote the tests.\n' >>"$temp/postings"
cp "$temp/postings" "$repo/patches/postings"
export ASSISTED='LLM sparse' by="SENDER=Ann O'Näme/Söns & Co <ann@example.org>" mail=$repo/build/send

ASSISTED='' refused 'no ASSISTED' 'ASSISTED=none' make send "$by"
ASSISTED=$'a\nb: c' refused 'ASSISTED of two lines' 'ASSISTED=none' make send "$by"
refused 'no SENDER' 'make send SENDER=' make send
refused 'a SENDER that git changes' "git makes another name of 'Ann Dot.'" make send SENDER='Ann Dot. <ann@example.org>'
refused 'an unknown POSTING' "unknown POSTING 'bogus': one of first" make send "$by" POSTING=bogus
refused 'V= of nothing that was sent' 'was not sent yet' make send "$by" POSTING=first V=2
refused 'SENT= before it was made' 'there is no build/send/first' make send SENT=first
# fault NAME TEXT COMMAND...: patches/postings after that command
fault() {
	(cd "$repo" && "${@:3}")
	holds "$1" sh -c "cd '$repo' && ! make send \"\$1\" >said 2>&1 && grep -F \"\$2\" said" - "$by" "$2"
	cp "$temp/postings" "$repo/patches/postings"
}
fault 'a patch in no posting' 'one/0002-x86-add-THREE-an-option-with-a-subject-that-a-mail-h.patch is in no posting' sed -i 's,one/\*,one/fork*,' patches/postings
fault 'a patch in two postings' 'is in more than one posting: second third' sed -i '/^but/d' patches/postings
fault 'tools, and no word on what for' "write it as the text 'made'" sed -i '/^made/,$d' patches/postings
fault 'a pattern without a patch' 'first: no patch is one/gone*' sed -i 's,one/\*,& one/gone*,' patches/postings
fault 'a posting before what it needs' 'first is after third, which is no posting above it' sed -i '1aafter third' patches/postings
fault 'a posting that does not apply' 'second does not apply' sed -i 's/^after first$/after/' patches/postings
cp "$repo/patches/series" "$temp/series"
fault 'more than 15 patches' 'first has 16 patches, 15 is the bound' sh -c 'seq -f one/%04g-more.patch 3 16 >>patches/series'
cp "$temp/series" "$repo/patches/series"
fault 'a word that is not known' "line 2: unknown word 'paches'" sed -i '2s/patches/paches/' patches/postings

branches() { git -C "$tree" for-each-ref; git -C "$tree" worktree list; }
branches >"$temp/branches"
holds 'the mails are made' make -C "$repo" send "$by"
holds 'no branch is left' sh -c "git -C '$tree' for-each-ref | diff - '$temp/branches' | grep -v worktree | grep '^[<>] .*refs' && exit 1; true"
holds 'one patch has no cover letter' sh -c "[ \$(ls '$mail/third') = 0001-uapi-fork-add-FOUR.patch ]"
# header FILE NAME: of a mail, in one line
header() { awk 'BEGIN { RS = "" } NR == 1 { gsub(/\n[ \t]+/, " "); print }' "$1" | grep "^$2: "; }
says() { local got; got=$(header "$2" "$3"); [ "$got" = "$3: $4" ] || { echo "$got"; false; }; }
holds 'the sender of all mails' python3 -Xutf8 -c 'import email, email.policy as p, sys; assert {email.message_from_binary_file(open(f, "rb"), policy=p.default)["From"].addresses[0].display_name for f in sys.argv[2:]} == {sys.argv[1]}' "Ann O'Näme/Söns & Co" "$mail"/first/*
holds 'the maintainer of a patch' says x "$mail"/first/0001* To '=?utf-8?q?Fr=C3=A4uke_Fork?= <fork@example.org>'
holds 'its reviewers and lists' says x "$mail"/first/0001* Cc 'Rita Reader <rita@example.org>, fork@lists.example.org'
holds 'another maintainer for another patch' says x "$mail"/first/0002* To 'Xenia <xenia@example.org>'
holds 'the cover letter to all lists' says x "$mail"/first/0000* To 'fork@lists.example.org, x86@lists.example.org'
holds 'what programs see to linux-api and linux-man' grep -qx "$(printf '\tlinux-api@vger.kernel.org,')" "$mail"/third/0001*
holds 'RFC' grep -q '^Subject: \[RFC PATCH\] uapi' "$mail"/third/0001*
holds 'the cover letter is the topic'\''s' sh -c "grep -q '^Subject: .PATCH 0/2. First$' '$mail'/first/0000* && grep -q '^The first topic.$' '$mail'/first/0000*"
holds 'Assisted-by: before the sign-off' grep -qzP '\nAssisted-by: LLM sparse\nSigned-off-by: Ann O.N.*me/S.*ns & Co <ann@example.org>\n---\n' "$mail"/first/0001*
holds 'how it was made' sh -c "! grep -L 'The tools wrote the tests' '$mail'/first/0000* '$mail'/third/0001* | grep ."
holds 'no base that others do not have' sh -c "! grep -rE '^base-commit:' '$mail'"
holds 'the patches before it' sh -c "[ \$(grep -c '^prerequisite-patch-id: ' '$mail'/third/0001*) = 3 ]"
holds 'the posting before it' grep -qE '^prerequisite-change-id: [0-9]+-clone3-first-[0-9a-f]{12}:v1$' "$mail"/second/0001*
holds 'nothing of the project' sh -c "! grep -rniE 'example.invalid|clone3 developers|patch-notes|make (test|lint|tree)|patches/' '$mail'"
holds 'checkpatch' sh -c "cd '$tree' && for mail in '$mail'/*/*.patch; do case \$mail in *cover-letter*) continue ;; esac
	scripts/checkpatch.pl --strict --quiet --no-summary --ignore=FILE_PATH_CHANGES,COMMIT_MESSAGE,CONFIG_DESCRIPTION \$mail || exit 1; done"
git clone -q "$kernel" "$temp/clean" && git -C "$temp/clean" config user.name m && git -C "$temp/clean" config user.email m@example.org
holds 'git am in a clean tree' sh -c "cd '$temp/clean' && for name in first second third; do
	find '$mail'/\$name -name '*.patch' ! -name 0000-* | sort | xargs git am -q || exit 1; done
	git diff --quiet HEAD \$(git -C '$tree' rev-parse HEAD:) 2>/dev/null || [ \$(git rev-parse HEAD:) = \$(git -C '$tree' rev-parse HEAD:) ]"
cat "$mail"/first/*.patch >"$temp/first.mbox" && mkdir "$temp/b4"
holds 'b4 reads them' sh -c "cd '$temp/clean' && LC_ALL=C.UTF-8 HOME='$temp' b4 --offline-mode am --no-cache -m '$temp/first.mbox' -o '$temp/b4' >said 2>&1 || { cat said; exit 1; }
	grep -q 'Total patches: 2' said && git checkout -q -b b4 HEAD~4 && git am -q '$temp'/b4/*.mbx"
holds 'every header is plain' sh -c "! sed -s '/^\$/q' '$mail'/*/*.patch | LC_ALL=C grep '[^ -~	]'"

# What can fail late: the mails of before stay. A base that others have is named.
cp -r "$mail" "$temp/mail"
fault 'a late failure' 'second does not apply' sed -i 's/^after first$/after/' patches/postings
holds 'leaves the mails of before' diff -r "$mail" "$temp/mail"
git -C "$kernel" tag v7.3.9
holds 'a base that others have' sh -c "make -C '$repo' send \"\$1\" POSTING=first &&
	grep -qx base-commit:.\$(git -C '$kernel' rev-parse HEAD) '$mail'/first/0000* && diff -r '$mail/third' '$temp/mail/third'" - "$by"

holds 'one posting with those that it is sent after' sh -c "make -C '$repo' send \"\$1\" POSTING=second && grep -c ^prerequisite-patch-id: '$mail'/second/0001* | grep -qx 2" - "$by"

# The next version
holds 'what was sent is kept' make -C "$repo" send SENT=first
holds 'and stays with make patches' sh -c "cd '$repo' && make patches && ls patches/one/SENT/first.v1/0001-* && make tree && scripts/patches check"
refused 'a second v1' 'v1 of first was sent: V=2' make send "$by" POSTING=first
refused 'V=2 without a changelog' 'add v2 to first' make send "$by" POSTING=first V=2
sed -i "/^patches one/a v2\n\t- Count to 3.0 (Rita)" "$repo/patches/postings"
cp "$mail/second/0001-fork-count-to-four.patch" "$temp/before"
git -C "$tree" checkout -q one
sed -i 's/^three$/3.0/' "$tree/kernel/fork.c"
git -C "$tree" commit -qam 'fork: 3.0'
git -C "$tree" branch -qD two
(cd "$repo" && make patches DROP=1two) >"$temp/made" 2>&1 || :
sed -i '/^posting second/,/^made/{/^made/!d}' "$repo/patches/postings"
holds 'V=2' make -C "$repo" send "$by" POSTING=first V=2
holds 'with v2 in the subject' grep -q '^Subject: \[PATCH v2 0/3\] First' "$mail"/first/v2-0000*
holds 'a changelog and a link' sh -c "grep -q '^- Count to 3.0 (Rita)$' '$mail'/first/v2-0000* && grep -q 'https://lore.kernel.org/r/cover' '$mail'/first/v2-0000*"
holds 'a range-diff' grep -q '^-: .* > 3: .* fork: 3.0$' "$mail"/first/v2-0000*
holds 'other postings are left' cmp "$temp/before" "$mail/second/0001-fork-count-to-four.patch"
conclude
