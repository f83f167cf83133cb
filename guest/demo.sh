#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# demo.sh base|series: the init of the guest of `make demo`. Runs programs under
# Docker's filter ("old"), and under what clone-flags --prepend makes of it
# ("view"), and prints a row for each case: what came of it, and a pattern of what
# must. On a kernel that refuses the second filter it is the first that counts.
flags='NEWNS NEWCGROUP NEWUTS NEWIPC NEWUSER NEWPID NEWNET NEWTIME EMPTY_MNTNS'

# The sandboxes: NAME FILTER COMMAND...
docker() { kind=$1; shift; python3 /usr/lib/demo/load.py "filter.$kind" "$@"; }
restricted() { kind=$1; shift; python3 /usr/lib/demo/load.py "filter.suid.$kind" "$@"; }
podman() { shift; python3 /usr/lib/demo/load.py filter.podman "$@"; }
systemd() { sh /usr/lib/demo/systemd.sh "filter.$1"; }

no_namespaces() {
	kind=$1; shift
	[ "$kind" = view ] || set -- --old "$@"
	no-namespaces "$@"
}

bubblewrap() {
	kind=$1; shift
	bwrap --unshare-all --share-net --bind / / --proc /proc --dev /dev --bind /tmp /tmp \
		--seccomp 9 "$@" 9<"filter.$kind"
}

# crun has libseccomp make a filter of the profile, which does not know the view;
# in an annotation it takes a filter as it is.
container() {
	kind=$1; shift
	[ "$kind" = old ] && data=- || data=filter.$kind
	mkdir -p bundle/rootfs
	for link in bin lib lib64 sbin; do ln -sfn "usr/$link" "bundle/rootfs/$link"; done
	python3 /usr/lib/demo/profile.py crun /usr/lib/demo/docker.json "$data" "$@" >bundle/config.json &&
		crun --cgroup-manager=disabled run ${detach:+--detach --pid-file "$PWD/pid"} --bundle bundle demo
}

# under FILTER SANDBOX COMMAND...: $got is what it prints. Where the kernel refuses
# the filter with a view, the way out is the old one.
under() {
	filter=$1 sandbox=$2; shift 2
	got=$("$sandbox" "$filter" "$@" 2>said)
	[ -n "$got" ] || got="failed: $(tail -n 1 said | cut -c -60)"
	[ "$filter" = old ] || got=$fallback$got
}

row() { printf 'row\t%s\t%s\t%s\t%s\n' "$@"; }

# both CASE OLD VIEW SANDBOX COMMAND...: what must come of it under each filter
both() {
	case=$1 old=$2 view=$3; shift 3
	[ "$kernel" = series ] || view="EINVAL, old: $old"
	under old "$@"
	row "$case" old "$got" "$old"
	[ ! -f log ] || printf 'strace\told\t%s\n' "$(grep -m 1 'clone3(' log)"
	under view "$@"
	row "$case" view "$got" "$view"
	[ ! -f log ] || printf 'strace\tview\t%s\n' "$(grep -m 1 'clone3(' log)"
	rm -f log
}

# makes CASE NUMBER SANDBOX COMMAND...: the command makes NUMBER tasks
makes() {
	case=$1 number=$2 sandbox=$3; shift 3
	both "$case" "[1-9]* ENOSYS, $number clone" "$number clone3" "$sandbox" sh /usr/lib/demo/counted.sh "$@"
}

# attempts COMMAND...: for each line that it prints, that without and with filters
attempts() {
	"$@" >none
	under old docker "$@"; echo "$got" >old
	under view docker "$@"; echo "${got#EINVAL, old: }" >view
	paste -d , none old view | sed 's/,/, /g'
}

# enters CASE MUST COMMAND...: COMMAND runs a program in the container
enters() {
	case=$1 must=$2; shift 2
	row "into a container: $case" - "$(python3 /usr/lib/demo/entered.py "$(cat pid)" "$@")" "$must"
}

kernel=$1
for mount in proc:/proc sysfs:/sys devtmpfs:/dev tmpfs:/dev/shm devpts:/dev/pts tmpfs:/tmp tmpfs:/run \
		cgroup2:/sys/fs/cgroup; do
	mkdir -p "${mount#*:}"
	mount -t "${mount%:*}" none "${mount#*:}"
done
export PATH=/usr/sbin:/usr/bin PYTHONDONTWRITEBYTECODE=1
cd /tmp || exit
mkdir -p /sys/fs/cgroup/demo
echo 0123456789abcdef0123456789abcdef >/etc/machine-id	# no first boot
python3 /usr/lib/demo/profile.py bpf /usr/lib/demo/docker.json >filter.old
python3 /usr/lib/demo/profile.py bpf /usr/lib/demo/podman.json >filter.podman
python3 /usr/lib/demo/openat2.py filter >filter.suid.old
clone-flags --prepend <filter.suid.old >filter.suid.view
clone-flags --prepend <filter.old >filter.view 2>said
row 'clone-flags --prepend: Docker' view "$(tail -n 1 said)" 'clone-flags: * instructions before *'
clone-flags --prepend <filter.podman 2>said | cat
row 'clone-flags --prepend: podman' view "$(tail -n 1 said | cut -c -40)" 'clone-flags: the filter is left as it is'
fallback=
got=$(python3 /usr/lib/demo/load.py filter.view echo 0 2>&1)
row 'the kernel takes the filter' view "$got" "$([ "$kernel" = series ] && echo 0 || echo 'load: EINVAL')"
[ "$got" = 0 ] || { fallback='EINVAL, old: '; cp filter.old filter.view; cp filter.suid.old filter.suid.view; }
{ echo all:; yes "$(printf '\t')/bin/true" | head -n 10; } >Makefile
seq 1000 >numbers
echo 'unshare --uts true 2>unshare && echo works ||
	sed -n "s/.*failed: Operation not permitted/EPERM/p" unshare' >unshare.sh

makes 'python3: 100 threads' 100 docker python3 /usr/lib/demo/threads.py 100
makes 'python3: 10 of os.posix_spawn()' 10 docker python3 -c 'import os
for number in range(10): assert not os.waitpid(os.posix_spawn("/bin/true", ["true"], {}), 0)[1]'
makes 'make: 10 recipes' 10 docker make -s -f Makefile
makes 'ripgrep (Rust): 4 threads' 4 docker rg -j4 -q 999 numbers Makefile
makes 'bubblewrap: python3, 10 threads' 10 bubblewrap python3 /usr/lib/demo/threads.py 10
makes 'crun: python3, 10 threads' 10 container python3 /usr/lib/demo/threads.py 10
makes 'no-namespaces: python3, 10 threads' 10 no_namespaces python3 /usr/lib/demo/threads.py 10
under old podman sh /usr/lib/demo/counted.sh python3 /usr/lib/demo/threads.py 10
row "podman's profile: python3, 10 threads" old "$got" '10 clone3'
both 'Go: 20 of os/exec into a cgroup' '0 started, 20 failed: *: function not implemented' \
	'20 started, 0 failed' docker spawn /sys/fs/cgroup/demo 20
both 'systemd as pid 1 starts a service' 'without CLONE_INTO_CGROUP' 'via CLONE_INTO_CGROUP' systemd
both 'openat2(), RestrictSUIDSGID= of systemd' 'ENOSYS, ENOSYS' 'opened, EPERM' \
	restricted python3 /usr/lib/demo/openat2.py
row 'a supervisor reads memory, 200 calls' - "$(supervisor memory 200)" '* allowed, [1-9]* of them with the flag'
row 'a supervisor reads the view, 200 calls' - "$(supervisor view 200)" \
	"$([ "$kernel" = series ] && echo '[1-9]* allowed, 0 of them with the flag' || echo EINVAL)"
detach=1 container old sleep 1000 </dev/null >said 2>&1
counts='[1-9]* calls, * ms'
enters 'nsenter --all' "5 namespaces: 1 clone, [1-9]* setns, $counts" nsenter --all -t "$(cat pid)"
enters 'crun exec' "5 namespaces: 1 clone3, 1 clone, [1-9]* setns, $counts" crun exec demo
enters 'one clone3()' "$([ "$kernel" = series ] && echo "5 namespaces: 1 clone3, 0 setns, $counts" || echo E2BIG)" \
	enter "$(cat pid)"
crun delete --force demo

# shellcheck disable=SC2086 # a word each
attempts python3 /usr/lib/demo/clone3.py clone none $flags >answers
read -r clone <answers
row 'clone(), NEWUSER' 'none, old, view' "$clone" 'PID, EPERM, EPERM'
for flag in none $flags; do
	read -r got
	want='PID, ENOSYS, EPERM'
	[ "$flag" != none ] || want='PID, ENOSYS, PID'
	[ "$kernel" = series ] || want='PID, ENOSYS, ENOSYS'
	row "clone3(), $flag" 'none, old, view' "$got" "$want"
done <<END
$(tail -n +2 answers)
END
row 'unshare(), NEWUTS' 'none, old, view' "$(attempts sh unshare.sh)" 'works, EPERM, EPERM'
echo 'demo: end'
exec python3 -c 'import ctypes; ctypes.CDLL(None).reboot(0x1234567)'
