#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# make deb: bad input gets one line, an interrupted run goes on. The kernel is of a few
# lines: it has the goals that make deb asks for. tests/deb.sh makes real packages.
. "$(dirname "$0")/harness-lib"

printf '#!/bin/sh\necho installed\n' >"$temp/bin/dpkg-query" && chmod +x "$temp/bin/dpkg-query"
rm -rf "$repo/build" "$repo/patches"
mkdir "$repo/patches"
: >"$repo/patches/series"
export LINUX=$temp/linux CONFIG_FILE=$temp/good CONFIG='' LOCALMOD='' LSMOD=''
# bindeb-pkg has two steps. Where build/slow is, it waits after the first.
cat >>"$temp/linux/Makefile" <<'END'
olddefconfig:
	sed -i /NOT_HERE/d $(O)/.config
localmodconfig:
	head -n 1
	grep ^loop $(LSMOD)
	sed -i s/BLK_DEV_NBD=m// $(O)/.config
bindeb-pkg:
	mkdir -p $(O)/include/config
	echo 7.3.9$(LOCALVERSION) >$(O)/include/config/kernel.release
	[ -e $(O)/first ] || { echo made >>$(O)/first; sync; }
	[ ! -e ../slow ] || sleep 50
	touch $(O)/../linux-image-7.3.9$(LOCALVERSION)_$(KDEB_PKGVERSION)_$(shell dpkg --print-architecture).deb
END
case $(dpkg --print-architecture) in
amd64) own=X86_64 other=ARM64 ;;
*) own=ARM64 other=X86_64 ;;
esac
printf 'CONFIG_%s\n' $own=y MODULES=y SECCOMP_FILTER=y BLK_DEV_LOOP=m BLK_DEV_NBD=m >"$CONFIG_FILE"

refused 'a CONFIG_FILE that is not there' 'cannot be read: a .config, or debian' make deb CONFIG_FILE="$temp/none"
refused 'a CONFIG_FILE that is a folder' 'cannot be read: a .config, or debian' make deb CONFIG_FILE="$temp"
echo rubbish >"$temp/rubbish.gz"
refused 'a CONFIG_FILE that is no gzip' 'cannot be read: a .config, or debian' make deb CONFIG_FILE="$temp/rubbish.gz"
refused 'a CONFIG_FILE that is no configuration' 'is no configuration of a kernel with modules' make deb CONFIG_FILE="$top/README.md"
grep -v MODULES "$CONFIG_FILE" >"$temp/no-modules"
refused 'a configuration without modules' 'is no configuration of a kernel with modules' make deb CONFIG_FILE="$temp/no-modules"
sed "s/$own/$other/" "$CONFIG_FILE" >"$temp/other"
refused "another architecture's configuration" "it has no CONFIG_$own: name one" make deb CONFIG_FILE="$temp/other"
holds 'nothing was fetched for these' test ! -e "$repo/build/base-used"
refused 'CONFIG=nonsense' 'CONFIG=nonsense: OPTION=y' make deb CONFIG=nonsense

cp -r "$temp/linux" "$temp/lts" && sed -i 's/^VERSION.*/VERSION = 6/; s/^PATCHLEVEL.*/PATCHLEVEL = 12/' "$temp/lts/Makefile"
refused 'an LTS tree without LTS=' 'make LTS=6.12 takes it' make deb LINUX="$temp/lts"
refused 'a tree of the main series with LTS=' 'is Linux 7.3, lts/6.12 is for 6.12.y: make without LTS=' make deb LTS=6.12

grep -v SECCOMP "$CONFIG_FILE" >"$temp/no-seccomp"
refused 'a configuration without seccomp filters' "CONFIG='SECCOMP=y SECCOMP_FILTER=y'" make deb CONFIG_FILE="$temp/no-seccomp"
refused 'a CONFIG= that this kernel has not' 'CONFIG=NOT_HERE=y is not to be had' make deb CONFIG=NOT_HERE=y
refused 'and again: it is not taken for made' 'CONFIG=NOT_HERE=y is not to be had' make deb CONFIG=NOT_HERE=y
refused 'an LSMOD that is not there' 'cannot be read: the output of lsmod' make deb LOCALMOD=1 LSMOD="$temp/none"
echo CONFIG_NOT_HERE=m | cat "$CONFIG_FILE" - >"$temp/newer"
holds 'options that this kernel has not are counted' sh -c "cd '$repo' && make deb CONFIG_FILE='$temp/newer' | grep 'deb: 1 of its options are not to be had'"
printf 'Module Size Used by\nloop 1 0\n' >"$temp/lsmod"
holds 'LOCALMOD=1' sh -c "cd '$repo' && make deb LOCALMOD=1 LSMOD=../lsmod && grep -l LOOP=m build/deb/*/.config | xargs grep -L NBD | grep ."

# Ctrl-C in the first step's end: nothing of it runs on, and the next run has it.
: >"$repo/build/slow"
status=0
(cd "$repo" && rm -rf build/deb && timeout -s INT 20 env --default-signal=INT sh -c 'exec make deb') >"$temp/said" 2>&1 || status=$?
holds 'Ctrl-C: one line says that it goes on' grep -qx 'deb: kernel, modules, packages: stopped after .*, the same command goes on from there' "$temp/said"
holds 'Ctrl-C: it fails' test $status -ne 0
sleep 1
holds 'Ctrl-C: nothing runs on' sh -c "! pgrep -f 'ma[k]e -C $repo'"
rm "$repo/build/slow"
holds 'and goes on' sh -c "cd '$repo' && make deb && test \$(cat build/deb/*/first) = made && ls build/deb/linux-image-7.3.9-clone3_7.3.9+g*+clone3.*[0-9a-f]_*.deb"
holds 'the base has another name' sh -c "cd '$repo' && make deb BASE=1 && ls build/deb/linux-image-7.3.9-base_7.3.9*.deb"
echo work >>"$repo/build/linux/kernel/fork.c"
holds 'work that is not in patches/ shows in the version' sh -c "cd '$repo' && make deb && ls build/deb/linux-image-7.3.9-clone3_*.local_*.deb"
git -C "$repo/build/linux" checkout -q kernel/fork.c
cp -r "$temp/linux" "$temp/rc"
sed -i 's/^PATCHLEVEL.*/PATCHLEVEL = 4/; s/7.3.9/7.4.0-rc1/' "$temp/rc/Makefile"
holds 'a release candidate' sh -c "cd '$repo' && make deb LINUX='$temp/rc' && ls build/deb/linux-image-7.4.0-rc1-clone3_*.deb"

if [ "$(id -u)" = 0 ] && unshare -nm true 2>/dev/null; then
	rm -rf "$repo"/build/deb/*
	refused 'no space' 'GB are needed: make room' \
		unshare -m sh -c "mount -t tmpfs -o size=64m none '$repo/build/deb' && exec scripts/deb"
	refused "Debian's configuration without a network" 'name a configuration with CONFIG_FILE=' \
		unshare -n make deb CONFIG_FILE=debian
else
	for name in 'no space' "Debian's configuration without a network"; do row "$name" SKIP 'needs root'; done
fi
conclude
