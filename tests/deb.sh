#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# deb.sh: what make deb makes can be installed, booted and removed. Packages with a
# small configuration (targets/x86_64 and configs/deb.config), a Debian root by
# debootstrap, the package installed in it by dpkg, systemd as init in QEMU, a
# container by crun under Docker's profile and under what clone-flags --prepend makes
# of it, the package purged. LTS=6.12: that port's. Root is needed, for debootstrap
# and chroot. Ends with what it took. Not a part of make test: 10 minutes and more.
. "$(dirname "$0")/../scripts/lib.sh"
. "$top/scripts/apt.sh"
[ "$(id -u)" = 0 ] || die "debootstrap and chroot need root: sudo tests/deb.sh"
[ "$(dpkg --print-architecture 2>/dev/null)" = amd64 ] || die "its packages are for a Debian on amd64, which this machine is not"
lock
cd "$top"
start=$(date +%s)
suite=trixie # crun and systemd as in make demo
include=systemd-sysv,kmod,crun,strace,python3,python3-seccomp
work=$build/deb/test root=$build/deb/test/root
PACKAGES="debootstrap e2fsprogs" scripts/need x86_64
scripts/tree
enough "$build" 6
mkdir -p "$work"
rm -rf "$root" "$work/disk"
bad=0

# held NAME COMMAND...
held() {
	local name=$1 said
	shift
	if said=$("$@" 2>&1); then say "ok: $name"; else
		say "not ok: $name: $said"
		bad=1
	fi
}

# A whole configuration: what is not named has tinyconfig's value, not the default.
load_target x86_64
kconfig=(make -C "$linux" "O=$work/config")
{
	mkdir -p "$work/config"
	"${kconfig[@]}" tinyconfig
	cat configs/common.config configs/deb.config >>"$work/config/.config"
	for option in $config; do echo "CONFIG_$option"; done >>"$work/config/.config"
	"${kconfig[@]}" olddefconfig
} >"$work/config.log" 2>&1 || die "no configuration: ${work#"$top"/}/config.log"
while read -r option; do
	grep -qxF "$option" "$work/config/.config" || die "$option is not to be had in this kernel: correct configs/deb.config"
done < <(grep ^CONFIG_ configs/deb.config)
CONFIG_FILE=$work/config/.config scripts/deb
image=$(cat "$build/deb/image")
package=$(dpkg-deb -f "$image" Package)
release=${package#linux-image-}
built=$(date +%s)

# The root is kept in the cache as it comes from debootstrap.
debian=$cache/root-$suite-$(sha256sum <<<"$include" | cut -c-8).tar
if [ ! -f "$debian" ]; then
	say "fetching a Debian root, once"
	debootstrap --variant=minbase --include="$include" "$suite" "$root" "$(archive)" >"$work/debootstrap.log" 2>&1 ||
		die "debootstrap failed, is the network there? $(grep -m 1 '^[EW]:' "$work/debootstrap.log")"
	rm -f "$root"/var/cache/apt/archives/*.deb
	tar -C "$root" -cf "$debian.new" .
	mv "$debian.new" "$debian"
	rm -rf "$root"
fi
demo=$(scripts/demo-root)
mkdir "$root"
tar -C "$root" --numeric-owner -xf "$debian"
cp -r "$demo/usr/lib/demo" "$root/usr/lib/"
cp "$demo/usr/bin/clone-flags" "$root/usr/bin/"
echo 0123456789abcdef0123456789abcdef >"$root/etc/machine-id"
echo debian >"$root/etc/hostname"
# root logs in on the console, without a password.
chroot "$root" passwd -q -d root
ln -s /usr/lib/systemd/system/console-getty.service "$root/etc/systemd/system/getty.target.wants/"

# files: but for dpkg's own notes
files() { (cd "$root" && find . -path ./var/lib/dpkg -prune -o -path ./var/log -prune -o -print | LC_ALL=C sort); }
files >"$work/before"
cp "$image" "$root/image.deb"
held "dpkg installs $package" chroot "$root" dpkg -i /image.deb
rm "$root/image.deb"
held 'it has a kernel and modules' test -f "$root/boot/vmlinuz-$release" -a -f "$root/lib/modules/$release/modules.dep"

# No initramfs: the disk and ext4 are built in.
mkfs.ext4 -q -d "$root" "$work/disk" 2G >"$work/mkfs.log" 2>&1 || die "no image: $(tail -n 1 "$work/mkfs.log")"
# answer PROMPT LINE: types LINE when the console shows PROMPT
answer() {
	until grep -aqF "$1" "$work/console.raw"; do
		[ ! -e "$work/ended" ] || exit
		sleep 1
	done
	echo "$2"
}
status=0
: >"$work/console.raw"
rm -f "$work/ended"
# Its clock counts instructions: a busy host is not a guest whose generators time out.
# shellcheck disable=SC2086 # the target's words
timeout -s KILL 1800 $qemu -icount shift=1 -display none -monitor none -no-reboot -serial stdio -kernel "$root/boot/vmlinuz-$release" \
	-drive "file=$work/disk,format=raw,if=virtio" \
	-append "panic=-1 $append root=/dev/vda rw loglevel=5 systemd.show_status=1 systemd.getty_auto=0" \
	>"$work/console.raw" 2>&1 < <(answer 'login: ' root; answer ':~# ' 'sh /usr/lib/demo/installed.sh; reboot -ff') || status=$?
touch "$work/ended"
sed -E 's/\r//g; s/\x1b(\[[!?0-9;]*[a-zA-Z]|\][0-9]*\x07)//g' "$work/console.raw" >"$work/console"
[ $status -eq 0 ] || say "QEMU ended with $status: ${work#"$top"/}/console"

# seen WHAT RESULT: a row of the guest
seen() { grep -aqx "row"$'\t'"$1"$'\t'"$2" "$work/console" || { grep -a "^row"$'\t'"$1" "$work/console" || tail -n 3 "$work/console"; return 1; }; }
held "the guest runs $release" seen 'uname -r' "${release//./\\.}"
held 'systemd is its init' seen 'process 1' systemd
held 'a module of the package is loaded' seen 'a module' loop
held "crun, Docker's profile: clone3() is refused" seen "crun, Docker's profile" '[0-9]* ENOSYS, 10 clone'
held 'crun, with the view: threads by clone3()' seen 'crun, with the view' '10 clone3'
held 'the guest has come to its end' seen end 0
held 'its kernel has not warned' sh -c "! grep -aE 'Kernel panic|BUG: |WARNING: |Oops: ' '$work/console'"

held 'dpkg purges it' chroot "$root" dpkg --purge "$package"
files >"$work/after"
held 'nothing of it is left' diff "$work/before" "$work/after"
held 'dpkg does not know it any more' sh -c "! chroot '$root' dpkg-query -W '$package'"
end=$(date +%s)
say "deb.sh: packages $(((built - start) / 60)) minutes, the rest $(((end - built) / 60)); build/deb $(du -sh "$build/deb" | cut -f1), the package $(du -h "$image" | cut -f1)"
[ $bad -eq 0 ] || die "something did not hold: ${work#"$top"/}/console"
