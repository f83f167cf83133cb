#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# installed.sh: run by root after the login in the guest of tests/deb.sh. Says which
# kernel this is, and runs a container with Docker's profile as it is, and with the
# view. A row each: what it is about, what came of it.
cd /tmp || exit
exec 2>said
row() { printf 'row\t%s\t%s\n' "$@"; }

# container FILTER COMMAND...: by crun; FILTER is -, or a file for crun's annotation
container() {
	filter=$1; shift
	mkdir -p bundle/rootfs
	for link in bin lib lib64 sbin; do ln -sfn "usr/$link" "bundle/rootfs/$link"; done
	python3 /usr/lib/demo/profile.py crun /usr/lib/demo/docker.json "$filter" "$@" >bundle/config.json &&
		crun --cgroup-manager=disabled run --bundle bundle demo || echo "failed: $(tail -n 1 said)"
}

row 'uname -r' "$(uname -r)"
row 'process 1' "$(cat /proc/1/comm)"
modprobe loop
row 'a module' "$(sed -n 's/^\(loop\) .*/\1/p' /proc/modules)"
python3 /usr/lib/demo/profile.py bpf /usr/lib/demo/docker.json >old
clone-flags --prepend <old >view
row "crun, Docker's profile" "$(container - sh /usr/lib/demo/counted.sh python3 /usr/lib/demo/threads.py 10)"
row 'crun, with the view' "$(container view sh /usr/lib/demo/counted.sh python3 /usr/lib/demo/threads.py 10)"
row end 0
