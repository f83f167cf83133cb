#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# What a person does in build/linux is not lost, and reaches patches/ as it is.
. "$(dirname "$0")/harness-lib"

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
# What a person's shell and git say does not change the patches.
mkdir "$temp/home" "$temp/hooks"
printf '#!/bin/sh\nexit 1\n' | tee "$temp/hooks/pre-commit" "$temp/hooks/applypatch-msg" >"$temp/hooks/post-checkout"
chmod +x "$temp/hooks"/*
printf '[commit]\n\tgpgsign = true\n[diff]\n\tnoprefix = true\n[core]\n\thooksPath = %s\n[format]\n\tsubjectPrefix = MINE\n\tsignOff = true\n' \
	"$temp/hooks" >"$temp/home/.gitconfig"
holds 'a git configuration and environment of one'\''s own' sh -c "cd '$repo' && rm -rf build/linux build/tree-state &&
	export HOME='$temp/home' GIT_DIR='$temp/none' GIT_AUTHOR_NAME=x GIT_COMMITTER_NAME=y GIT_COMMITTER_DATE=@1 CDPATH=/ KBUILD_OUTPUT=/none &&
	scripts/tree && scripts/patches check && diff -r patches ../before"
sed -i 's/^+more$/+much/' "$repo/patches/topic/0001-fork-more.patch"
refused 'make patches after a git pull' 'make tree takes it over' make patches
holds 'what was pulled is still there' grep -qx +much "$repo/patches/topic/0001-fork-more.patch"
holds 'and taken over' sh -c "cd '$repo' && make tree && grep -qx much build/linux/kernel/fork.c && make patches"
rm -rf "$repo/patches" && cp -r "$repo/../before" "$repo/patches" && (cd "$repo" && make tree) >/dev/null 2>&1
git -C "$repo/build/linux" checkout -q base
refused 'make patches on the base' '1 patches more than build/linux, and the topics topic' make patches
git -C "$repo/build/linux" checkout -q topic
mv "$repo/patches/series" "$temp/series"
refused 'no patches/series' 'git checkout patches' make tree
mv "$temp/series" "$repo/patches/series"
git -C "$repo/build/linux" branch mine
holds 'a branch that is no topic' sh -c "cd '$repo' && scripts/patches check && diff -r patches ../before"
(cd "$repo/build/linux" && git switch -qc second && echo second >>arch/x86/Kconfig && git commit -qam 'x86: second') >/dev/null 2>&1
refused 'a topic without a cover letter' 'branch --edit-description second' make patches
(cd "$repo/build/linux" &&
	git config branch.second.description 'Another' && cd ../.. && make patches && cp -r patches ../before2) >/dev/null 2>&1 || :
git -C "$repo/build/linux" checkout -q topic
refused 'make patches with an earlier topic checked out' "1 patches more than build/linux, and the topics second" make patches
holds 'all topics are still there' diff -r "$repo/patches" "$repo/../before2"
refused 'what would go is named' '(second/x86-second)' make patches
holds 'a topic goes when that is meant' sh -c "cd '$repo' && make patches DROP=1second && ! grep second patches/series"
refused 'git of a hook' 'has uncommitted changes' sh -c "echo x >>build/linux/kernel/fork.c; GIT_DIR='$temp/none' make patches"
git -C "$repo/build/linux" checkout -q kernel/fork.c
holds 'LINUX= is remembered' sh -c "cd '$repo' && env -u LINUX make tree 2>&1 | { ! grep .; } && grep -q '$temp/repo/build/base.git' build/base-used"
holds 'a make tree that was stopped starts again' sh -c "cd '$repo' && read _ head <build/tree-state &&
	echo applying \$(git -C build/linux rev-parse base) >build/tree-state && git -C build/linux checkout -q base &&
	(cd build/linux && echo broken >>kernel/fork.c && ! git am ../../patches/topic/0001-*) && make tree &&
	test \$(git -C build/linux rev-parse HEAD) = \$head && git -C build/linux grep -q broken refs/interrupted"
holds 'make clean after that, and while patches are applied' sh -c "cp -r '$repo' '$repo.clean' && cd '$repo.clean' && sed -i 's,$repo,$repo.clean,' build/base-used && git -C build/linux branch -q -D second mine && make clean &&
	test ! -e build && make tree && read _ head <build/tree-state && echo applying \$(git -C build/linux rev-parse base) \$head >build/tree-state && git -C build/linux checkout -q base &&
	(cd build/linux && echo broken >>kernel/fork.c && ! git am ../../patches/topic/0001-*) &&
	git -C build/linux branch -q own \$(git -C build/linux commit-tree -p base -m own base^{tree}) && ! make clean && git -C build/linux branch -q -D own &&
	git -C build/linux update-ref refs/heads/topic \$(git -C build/linux commit-tree -p topic -m more topic^{tree}) && ! make clean &&
	git -C build/linux update-ref refs/heads/topic \$head && make clean && test ! -e build"
rm -rf "$repo.clean"
mv "$temp/cache" "$temp/cache.away"
holds 'commits are read without the cache' git -C "$repo/build/linux" log -p --oneline
mv "$temp/cache.away" "$temp/cache"
echo work >>"$repo/build/linux/kernel/fork.c"
refused 'make patches with uncommitted changes' 'has uncommitted changes' make patches
git -C "$repo/build/linux" stash -q
refused 'make clean with a stash' 'second stash (git' make clean
git -C "$repo/build/linux" stash pop -q
refused 'make clean with work in build/linux' 'has work that patches/ has not' make clean
sed -i 's/^Subject: \(.*\)/Subject: \1 other/' "$repo/patches/topic/0001-fork-more.patch"
refused 'new patches over work in build/linux' 'has work of yours' make tree
holds 'the work is still there' grep -q work "$repo/build/linux/kernel/fork.c"
git -C "$repo/build/linux" checkout -q kernel/fork.c
# Another base, on which a patch does not fit: resolved there, and kept.
rm -rf "$repo/patches" && cp -r "$repo/../before" "$repo/patches" && rm -rf "$repo/build/linux" "$repo/build/tree-state"
cp -r "$temp/linux" "$temp/other" && echo other >"$temp/other/kernel/fork.c"
refused 'a conflict on another base' 'git am --continue there (git am --abort gives up)' make tree LINUX="$temp/other"
holds 'a conflict has markers' grep -q '^<<<<<<<' "$repo/build/linux/kernel/fork.c"
(cd "$repo/build/linux" && printf 'other\nmore\n' >kernel/fork.c && git add -f kernel/fork.c && git am --continue) >/dev/null 2>&1
holds 'what was resolved is taken' sh -c "cd '$repo' && env -u LINUX make tree && env -u LINUX make patches && grep -q '^ other' patches/topic/0001-* &&
	env -u LINUX make tree 2>&1 | { ! grep .; }"
# Markers also in a file that an earlier patch has changed: its blobs are made of Debian's base.
cp -r "$temp/linux" "$temp/lines" && seq 9 >"$temp/lines/kernel/fork.c"
rm -rf "$repo"/build/{linux,tree-state,base-used,base.git} "$repo/patches" && mkdir "$repo/patches" && : >"$repo/patches/series"
(cd "$repo" && export LINUX="$temp/lines" && make tree && cd build/linux && git switch -qc topic && sed -i s/1/one/ kernel/fork.c && git commit -qam 'fork: one' &&
	sed -i s/9/nine/ kernel/fork.c && git commit -qam 'fork: nine' && git config branch.topic.description 'A topic' && cd ../.. && make patches &&
	mv build/base.git "$temp/cache/debian-7.3.0.git" && rm -rf build/linux build/tree-state build/base-used && sed -i s/9/other/ "$LINUX/kernel/fork.c") >/dev/null 2>&1 || :
refused 'a conflict in the second patch of a file' 'topic/0002-fork-nine.patch does not apply' make tree LINUX="$temp/lines"
holds 'it has markers as well' grep -q '^<<<<<<<' "$repo/build/linux/kernel/fork.c"
rm -rf "$temp/cache/debian-7.3.0.git"
# A tree that borrows its objects, and a git worktree: what is made of them is whole.
cp -r "$temp/linux" "$temp/whole"
(cd "$temp/whole" && git init -q && git add -A && git -c user.name=t -c user.email=t@example.org commit -qm t && git clone -q --shared . ../borrowed && git worktree add -q --detach ../tree &&
	cd ../tree && git -c user.name=t -c user.email=t@example.org commit -q --allow-empty -m other) >/dev/null 2>&1
rm -rf "$repo/patches" && cp -r "$repo/../before" "$repo/patches"
for name in borrowed tree; do
	rm -rf "$repo/build/linux" "$repo/build/tree-state"
	holds "LINUX= is a git tree: $name" sh -c "cd '$repo' && make tree LINUX='$temp/$name' && test ! -s build/linux/.git/objects/info/alternates &&
		test \$(git -C build/linux rev-parse base) = \$(git -C '$temp/$name' rev-parse HEAD)"
done

# A port has a tree of its own, which make clean looks at as well.
cp -r "$temp/linux" "$temp/lts" && sed -i 's/^VERSION.*/VERSION = 6/; s/^PATCHLEVEL.*/PATCHLEVEL = 12/' "$temp/lts/Makefile"
rm -r "$repo/lts/6.12" && mkdir "$repo/lts/6.12" && : >"$repo/lts/6.12/series"
(cd "$repo" && make tree LTS=6.12 LINUX="$temp/lts" && cd build/lts-6.12/linux && git switch -qc seccomp && echo more >>kernel/fork.c &&
	git commit -qam 'fork: more' && git config branch.seccomp.description 'A port') >/dev/null 2>&1 || :
refused 'make clean with work in an LTS tree' 'build/lts-6.12/linux has work that lts/6.12/ has not: make LTS=6.12 patches' make clean
holds 'a port reaches lts/' sh -c "cd '$repo' && cp -r patches ../main && env -u LINUX make patches LTS=6.12 && grep -q '^seccomp/0001-fork-more.patch$' lts/6.12/series && diff -r patches ../main"
holds 'its round trip is byte-stable' sh -c "cd '$repo' && cp -r lts/6.12 ../before3 && rm -rf build/lts-6.12/linux build/lts-6.12/tree-state &&
	env -u LINUX make tree LTS=6.12 && LTS=6.12 scripts/patches check && diff -r lts/6.12 ../before3"
holds 'make clean of a port' sh -c "cd '$repo' && make clean LTS=6.12 && ! ls build/lts-6.12 && ls build/linux"

# A kernel that is built again says why. A script in the place of the kernel's make.
mkdir "$temp/fake" "$repo/build/fake"
printf 'arch=fake\ncross=fake-\nimage=image\n' >"$repo/targets/fake"
printf '#!/bin/sh\nfor word; do case $word in O=*) out=${word#O=} ;; esac; done\n: >>"$out/.config"\n[ "$word" != image ] || echo >"$out/image"\n' >"$temp/fake/make"
for tool in gcc ld; do printf '#!/bin/sh\n' >"$temp/fake/fake-$tool"; done
chmod +x "$temp/fake"/*
# again TEXT: what a build says of its reason
again() { (cd "$repo" && PATH=$temp/fake:$PATH scripts/kernel fake >said 2>&1 && { grep 'built again' said || :; } | sed 's/.*: //' | diff - <(printf '%s' "${1:+$1$'\n'}")) || { cat "$repo/said"; false; }; }
holds 'a first build gives no reason' again ''
holds 'nor does one of the same' again ''
echo more >>"$repo/build/linux/kernel/fork.c"
holds 'another tree is named' again build/linux
touch -d 2020-01-01 "$temp/fake/fake-gcc"
holds 'another compiler is named' again fake-gcc
echo '# by hand' >>"$repo/build/fake/kernel/.config"
holds 'another configuration is named' again configuration
conclude
