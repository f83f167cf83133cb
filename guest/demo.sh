#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# demo.sh base|series: the init of the guest of `make demo`. Runs programs under
# today's filter ("old") and under one that sees the flags of clone3() ("view"),
# and prints a row for each case: what came of it, and a pattern of what must.
# demo.sh counted COMMAND...: run it, print how its calls have ended. That is
# done inside of the sandboxes: strace sees a call before a filter ends it.
flags='NEWNS NEWCGROUP NEWUTS NEWIPC NEWUSER NEWPID NEWNET NEWTIME EMPTY_MNTNS'

# tally WORD PATTERN: add the number of such lines of the log
tally() {
	number=$(grep -c "$2" log)
	[ "$number" = 0 ] || ended="${ended:+$ended, }$number $1"
}

counted() {
	cd /tmp || return
	timeout -s KILL 40 strace -f -qq -e signal=none -e trace=clone,clone3 -o log "$@" >out 2>&1 ||
		{ echo "failed ($?): $(tail -n 1 out | cut -c -60)"; return; }
	tally clone3 'clone3[( ].* = [1-9]'
	tally ENOSYS 'clone3[( ].* = -1 ENOSYS'
	tally clone 'clone[( ].* = [1-9]'
	echo "${ended:-no call}"
}

# The sandboxes: NAME FILTER COMMAND...
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

# crun has its policies turned into filters by libseccomp, which does not know the
# view; in this annotation it takes a filter as it is.
container() {
	mkdir -p bundle/rootfs
	for link in bin lib lib64 sbin; do ln -sfn "usr/$link" "bundle/rootfs/$link"; done
	python3 container.py "$@" && crun --cgroup-manager=disabled run --bundle bundle demo
}

# under FILTER SANDBOX COMMAND...: $got is what it prints. Where the kernel refuses
# the filter with a view, no-namespaces finds the way out, which is the old one.
under() {
	filter=$1 sandbox=$2; shift 2
	got=$("$sandbox" "$filter" "$@" 2>said)
	[ -n "$got" ] || got="failed: $(tail -n 1 said | cut -c -60)"
	[ "$filter" = old ] || got=$fallback$got
}

row() { printf 'row\t%s\t%s\t%s\t%s\n' "$@"; }

# makes CASE NUMBER SANDBOX COMMAND...: the command makes NUMBER tasks
makes() {
	case=$1 number=$2 sandbox=$3 old="[1-9]* ENOSYS, $2 clone"; shift 3
	under old "$sandbox" sh /usr/bin/demo.sh counted "$@"
	row "$case" old "$got" "$old"
	printf 'strace\told\t%s\n' "$(grep -m 1 'clone3(' log)"
	under view "$sandbox" sh /usr/bin/demo.sh counted "$@"
	[ "$kernel" = series ] && row "$case" view "$got" "$number clone3" ||
		row "$case" view "$got" "EINVAL, old: $old"
	printf 'strace\tview\t%s\n' "$(grep -m 1 'clone3(' log)"
}

# attempts COMMAND...: for each line that it prints, that without and with filters
attempts() {
	"$@" >none
	under old no_namespaces "$@"; echo "$got" >old
	under view no_namespaces "$@"; echo "${got#EINVAL, old: }" >view
	paste -d , none old view | sed 's/,/, /g'
}

[ "$1" != counted ] || { shift; counted "$@"; exit; }

kernel=$1
for mount in proc:/proc sysfs:/sys devtmpfs:/dev tmpfs:/tmp tmpfs:/run cgroup2:/sys/fs/cgroup; do
	mkdir -p "${mount#*:}"
	mount -t "${mount%:*}" none "${mount#*:}"
done
export PATH=/usr/sbin:/usr/bin PYTHONDONTWRITEBYTECODE=1
cd /tmp || exit
no-namespaces --old --print >filter.old
no-namespaces --print >filter.view 2>said
fallback=
! grep -q 'clone3() is refused' said || fallback='EINVAL, old: '
cat >container.py <<END
import base64, json, sys
flags = [0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000]
refuse = lambda names, error, **more: dict(names=names, action='SCMP_ACT_ERRNO', errnoRet=error, **more)
bind = lambda path: dict(destination=path, type='bind', source=path, options=['rbind'])
config = dict(ociVersion='1.0.0', root=dict(path='rootfs'), hostname='demo',
	process=dict(user=dict(uid=0, gid=0), cwd='/', noNewPrivileges=True, args=sys.argv[2:],
		env=['PATH=/usr/sbin:/usr/bin', 'PYTHONDONTWRITEBYTECODE=1']),
	mounts=[dict(destination='/proc', type='proc', source='proc')] + [bind(p) for p in ('/dev', '/usr', '/etc', '/tmp')],
	linux=dict(namespaces=[dict(type=name) for name in ('pid', 'mount', 'uts', 'ipc', 'cgroup')],
		seccomp=dict(defaultAction='SCMP_ACT_ALLOW', architectures=['SCMP_ARCH_X86_64'], syscalls=[
			refuse(['clone3'], 38), refuse(['setns', 'unshare'], 1)] + [
			refuse(['clone'], 1, args=[dict(index=0, value=flag, valueTwo=flag, op='SCMP_CMP_MASKED_EQ')])
			for flag in flags])))
if sys.argv[1] == 'view':
	data = base64.b64encode(open('filter.view', 'rb').read()).decode()
	config['annotations'] = { 'run.oci.seccomp_bpf_data': data }
json.dump(config, open('bundle/config.json', 'w'))
END
cat >clone3.py <<END
import ctypes, errno, os, struct, sys
libc = ctypes.CDLL(None, use_errno=True)
flags = dict(NEWNS=0x20000, NEWCGROUP=0x2000000, NEWUTS=0x4000000, NEWIPC=0x8000000, NEWUSER=0x10000000,
	NEWPID=0x20000000, NEWNET=0x40000000, NEWTIME=0x80, EMPTY_MNTNS=1 << 37, none=0, clone=0)
for name in sys.argv[1:]:
	args = struct.pack('11Q', flags[name], 0, 0, 0, 17, 0, 0, 0, 0, 0, 0)
	if name == 'clone': pid = libc.syscall(56, 0x10000000 | 17, 0, 0, 0, 0)
	else: pid = libc.syscall(435, args, len(args))
	if pid == 0: os._exit(0)
	print('PID' if pid > 0 else errno.errorcode[ctypes.get_errno()], flush=True)
END
cat >threads.py <<END
import sys, threading
done = []
for number in range(int(sys.argv[1])):
	thread = threading.Thread(target=lambda: done.append(number))
	thread.start()
	thread.join()
assert len(done) == int(sys.argv[1])
END
cat >unshare.sh <<END
unshare --uts true 2>unshare && echo works || sed -n 's/.*failed: Operation not permitted/EPERM/p' unshare
END
{ echo all:; yes "$(printf '\t')/bin/true" | head -n 10; } >Makefile
seq 1000 >numbers

strace -e trace=prctl -o log no-namespaces true 2>said
row 'the kernel takes the filter' view "$(sed -n '/PR_SET_SECCOMP/{s/.*) *= //p;q}' log)" \
	"$([ "$kernel" = series ] && echo 0 || echo '-1 EINVAL *')"
makes 'python3: 100 threads' 100 no_namespaces python3 threads.py 100
makes 'python3: 10 of os.posix_spawn()' 10 no_namespaces python3 -c 'import os
for number in range(10): assert not os.waitpid(os.posix_spawn("/bin/true", ["true"], {}), 0)[1]'
makes 'python3: 10 of subprocess.run()' 10 no_namespaces python3 -c 'import subprocess
for number in range(10): subprocess.run(["/bin/true"], close_fds=False, check=True)'
makes 'ksh93: 10 commands' 10 no_namespaces ksh93 -c 'for n in 1 2 3 4 5 6 7 8 9 10; do /bin/true || exit; done; :'
makes 'make: 10 recipes' 10 no_namespaces make -s -f Makefile
makes 'ripgrep (Rust): 4 threads' 4 no_namespaces rg -j4 -q 999 numbers Makefile
makes 'bubblewrap: python3, 10 threads' 10 bubblewrap python3 threads.py 10
makes 'crun: python3, 10 threads' 10 container python3 threads.py 10

# shellcheck disable=SC2086 # a word each
attempts python3 clone3.py clone none $flags >answers
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
