#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Bad input gets one line that names the thing and the way out, a non-zero exit,
# and nothing is lost.
. "$(dirname "$0")/harness-lib"

refused 'unknown TARGET' "unknown TARGET 'vax'" make TARGET=vax
refused 'an empty TARGET' "unknown TARGET ''" make TARGET=
refused 'two TARGETs' 'one TARGET at a time' make TARGET='um x86_64'
refused 'BASE=2' 'BASE is 1' make tree BASE=2
refused 'unknown TOPIC' "unknown TOPIC 'bogus'" make bisect TOPIC=bogus
refused 'a shell where nothing boots' 'cannot be booted' make shell TARGET=csky
refused 'N is no number' "'abc' is no number" make fuzz N=abc
mkdir "$temp/a b" && cp -r "$repo" "$temp/a b/repo"
refused 'a path with a space' 'has a space' make -C "$temp/a b/repo" tree
rm -r "$temp/a b"
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

cp -r "$temp/linux" "$temp/newer" && sed -i 's/^PATCHLEVEL.*/PATCHLEVEL = 4/' "$temp/newer/Makefile"
holds 'a newer LINUX= is tried' sh -c "cd '$repo' && LINUX='$temp/newer' scripts/base 2>&1 | grep 'was made for 7.3.y: it is tried'"

LINUX=$temp/linux refused 'a patch that does not apply' 'does not apply: resolve it in build/linux' scripts/tree
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
(cd "$repo/build/linux" && git switch -qc second && echo second >>arch/x86/Kconfig && git commit -qam 'x86: second' &&
	git config branch.second.description 'Another' && cd ../.. && make patches && cp -r patches ../before2) >/dev/null 2>&1 || :
git -C "$repo/build/linux" checkout -q topic
refused 'make patches with an earlier topic checked out' "1 patches more than build/linux, and the topics second" make patches
holds 'all topics are still there' diff -r "$repo/patches" "$repo/../before2"
holds 'a topic goes when that is meant' sh -c "cd '$repo' && make patches DROP=1second && ! grep second patches/series"
refused 'git of a hook' 'has uncommitted changes' sh -c "echo x >>build/linux/kernel/fork.c; GIT_DIR='$temp/none' make patches"
git -C "$repo/build/linux" checkout -q kernel/fork.c
holds 'LINUX= is remembered' sh -c "cd '$repo' && env -u LINUX make tree 2>&1 | { ! grep .; } && grep -q '$temp/repo/build/base.git' build/base-used"
holds 'a make tree that was stopped starts again' sh -c "cd '$repo' && read _ head <build/tree-state &&
	echo applying \$(git -C build/linux rev-parse base) >build/tree-state && git -C build/linux checkout -q base &&
	(cd build/linux && echo broken >>kernel/fork.c && ! git am ../../patches/topic/0001-*) && make tree &&
	test \$(git -C build/linux rev-parse HEAD) = \$head && git -C build/linux grep -q broken interrupted"
mv "$temp/cache" "$temp/cache.away"
holds 'commits are read without the cache' git -C "$repo/build/linux" log -p --oneline
mv "$temp/cache.away" "$temp/cache"
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

# No network, no space, no rights: these need root to be played.
if [ "$(id -u)" = 0 ] && unshare -nm true 2>/dev/null; then
	rm -rf "$repo/build"
	refused 'no network' 'LINUX=' unshare -n make tree
	for image in "$repo"/build/{,base/}x86_64/kernel/arch/x86/boot/bzImage; do
		mkdir -p "${image%/*}" && : >"$image"
	done
	refused 'no programs for make demo' 'is the network there?' unshare -n scripts/demo
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
	for name in 'no network' 'no programs for make demo' 'a tarball with a wrong sum' 'no space' 'packages missing and no rights'; do
		row "$name" SKIP 'needs root'
	done
fi
conclude
