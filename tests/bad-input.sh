#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Bad input gets one line that names the thing and the way out, a non-zero exit,
# and nothing is lost.
. "$(dirname "$0")/harness-lib"

refused 'unknown TARGET' "unknown TARGET 'vax'" make TARGET=vax
refused 'an empty TARGET' "unknown TARGET ''" make TARGET=
refused 'two TARGETs' 'one TARGET at a time' make TARGET='um x86_64'
for verb in shell fuzz bisect toolchain; do
	refused "make $verb with two TARGETs" 'one TARGET at a time' make $verb TARGET='um x86_64'
done
for verb in shell fuzz bisect toolchain bench matrix; do
	refused "make $verb with an empty TARGET" "unknown TARGET ''" make $verb TARGET=
done
refused 'a compiler that Debian has' 'nothing to build' make toolchain TARGET=um
refused 'CONFIG=nonsense' 'CONFIG=nonsense: OPTION=y' make CONFIG=nonsense
refused 'CONFIG=CONFIG_X=y' 'without CONFIG_' make demo CONFIG='DEBUG_FS=y CONFIG_X=y'
refused 'BASE=2' 'BASE is 1' make tree BASE=2
refused 'unknown TOPIC' "unknown TOPIC 'bogus'" make bisect TOPIC=bogus
refused 'a shell where nothing boots' 'cannot be booted' make shell TARGET=csky
refused 'a shell where there is no C library' 'has no C library' make shell TARGET=hexagon
holds 'no kernel is built for it' sh -c "! ls '$repo/build/hexagon/kernel'"
refused 'N is no number' "'abc' is no number" make fuzz N=abc
refused 'ABI with a quote' "unknown ABI 'x'y'" make fuzz ABI="x'y"
refused 'POSTING with a quote' "a'b" make send SENDER='A <a@example.org>' ASSISTED=none POSTING="a'b"
for verb in test demo lint; do
	refused "make $verb takes no TARGET" "TARGET= is not for make $verb" make $verb TARGET=um
done
refused 'LOCALMOD=0' 'LOCALMOD is 1' make deb LOCALMOD=0
mkdir "$temp/a b" && cp -r "$repo" "$temp/a b/repo"
refused 'a path with a space' 'has a space' make -C "$temp/a b/repo" tree
for name in 'a:b' 'a&b'; do
	mv "$temp/a b" "$temp/$name"
	refused "a path with ${name:1:1}" 'another character' make -C "$temp/$name/repo" tree
	mv "$temp/$name" "$temp/a b"
done
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

refused 'an unknown LTS' "unknown LTS '6.13': one of 6.12" make tree LTS=6.13
refused 'an LTS that is a path' "unknown LTS '../patches'" make tree LTS=../patches
refused 'LTS= for a verb of the main series' 'LTS= is for make, make tree' make bench LTS=6.12
refused 'a tree of the main series with LTS=' 'is Linux 7.3, lts/6.12 is for 6.12.y: make without LTS=' make tree LTS=6.12 LINUX="$temp/linux"
cp -r "$temp/linux" "$temp/lts" && sed -i 's/^VERSION.*/VERSION = 6/; s/^PATCHLEVEL.*/PATCHLEVEL = 12/' "$temp/lts/Makefile"
refused 'an LTS tree without LTS=' 'make LTS=6.12 takes it' make tree LINUX="$temp/lts"
refused 'an LTS patch that does not apply' '.patch does not apply: resolve it in build/lts-6.12/linux' \
	make tree LTS=6.12 LINUX="$temp/lts"
refused 'an LTS tree in the middle of git am' 'build/lts-6.12/linux is in the middle of a git am' make patches LTS=6.12
holds 'the main series has no tree of this' sh -c "! ls '$repo/build/linux'"
rm -rf "$repo/build/lts-6.12"

cp -r "$temp/linux" "$temp/newer" && sed -i 's/^PATCHLEVEL.*/PATCHLEVEL = 4/' "$temp/newer/Makefile"
holds 'a newer LINUX= is tried' sh -c "cd '$repo' && LINUX='$temp/newer' scripts/base 2>&1 | grep 'was made for 7.3.y: it is tried'"

LINUX=$temp/linux refused 'a patch that does not apply' 'does not apply: resolve it in build/linux' scripts/tree
LINUX=$temp/linux refused 'a tree in the middle of git am' 'in the middle of a git am' scripts/tree
LINUX=$temp/linux refused 'patches in the middle of git am' 'in the middle of a git am' scripts/patches

holds 'more steps than expected' sh -c "cd '$repo' && env -u CI script -qec \"bash -c '. scripts/lib.sh; progress made 5 $temp/steps sh -c \\\"seq 20; sleep 2\\\"'\" /dev/null >said &&
	grep -q 'made: 20 steps' said && ! grep 'of about' said"
printf '#!/bin/sh\nexit 1\n' >"$temp/bin/unshare" && chmod +x "$temp/bin/unshare"
for verb in main bisect bench; do
	refused "no namespace for the toolbox: $verb" 'run as root, or allow user namespaces' make $verb TARGET=sh4
done
rm "$temp/bin/unshare"
holds 'no kernel was built before' sh -c "! ls '$repo'/build/sh4/kernel/.config"
rm -rf "$repo/build"

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
	refused 'no programs for make demo' 'is the network there?' \
		bash -c 'set -o pipefail; unshare -n scripts/demo 2>&1 >/dev/null | sed /^fetching/d >&2'
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
	refused 'no space for make test' '16 GB are needed: make room' \
		unshare -m sh -c "mkdir -p build && mount -t tmpfs -o size=64m none build && exec scripts/test um"
	# The toolbox, with this machine's own files in its place.
	mkdir "$temp/cache/box" && for name in usr etc bin lib lib64 sbin; do ln -s "$([ -L "/$name" ] && readlink "/$name" || echo "/$name")" "$temp/cache/box/$name"; done
	sed -i 's,^root=.*,root=$cache/box,' "$repo/scripts/toolbox"
	rm -rf "$repo/build" && chmod 755 "$temp" && chown -R 65534 "$repo" "$temp/cache"
	holds 'the toolbox without root' setpriv --reuid=65534 --clear-groups env HOME="$temp" CLONE3_TOOLBOX=x "$repo/scripts/toolbox" \
		sh -c 'test $(id -u) = 0 && echo 1 >build/made && cp build/made "$CCACHE_DIR/"'
	holds 'its files belong to who runs it' sh -c "test \$(stat -c %u '$repo/build/made') = 65534 && test \$(stat -c %u '$temp/cache/ccache/made') = 65534"
	mkdir "$repo/build/um" && chown 0 "$repo/build/um"
	refused 'a folder of root in build/' 'sudo chown -R' setpriv --reuid=65534 --clear-groups env HOME="$temp" scripts/clean
	chown -R 0 "$repo/build"
	refused 'a build/ of root' 'sudo chown -R' setpriv --reuid=65534 --clear-groups env HOME="$temp" scripts/tree
	cp -r "$temp/dirty" "$temp/other" && chown -R 65534 "$temp/other" "$repo/build"
	refused 'LINUX= of another user' 'safe.directory' env HOME="$temp" LINUX="$temp/other" scripts/tree
	printf '#!/bin/sh\nexit 1\n' | tee "$temp/bin/dpkg-query" >"$temp/bin/sudo"
	chmod +x "$temp/bin/"* && chmod 755 "$temp" && mkdir -p "$repo/build" "$temp/cache"
	chown -R 65534 "$repo" "$temp/cache"
	refused 'packages missing and no rights' 'sudo apt-get install' \
		setpriv --reuid=65534 --clear-groups env HOME="$temp" scripts/need
else
	for name in 'no network' 'the toolbox without root' 'its files belong to who runs it' 'a folder of root in build/' 'a build/ of root' 'LINUX= of another user' 'the tarball of kernel.org is the second way' 'no space for make test' 'no programs for make demo' 'a tarball with a wrong sum' 'no space' 'packages missing and no rights'; do
		row "$name" SKIP 'needs root'
	done
fi
conclude
