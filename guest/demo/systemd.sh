#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# systemd.sh FILTER: systemd under it, as pid 1 of a pid namespace; says how it has
# started demo.service. What it tells its console is kept.
container=demo SYSTEMD_LOG_TARGET=console SYSTEMD_LOG_LEVEL=debug timeout -s KILL 200 \
	python3 -c 'import pty, sys; pty.spawn(sys.argv[1:])' \
	unshare --mount --pid --fork --mount-proc sh -c 'mount --bind "$(tty)" /dev/console && exec "$@"' - \
	python3 /usr/lib/demo/load.py "$1" /usr/lib/systemd/systemd --unit=demo.service \
	</dev/null >systemd.log
sed -n 's,.*demo.service: Forked /bin/true .*(\(.*\)).*,\1,p' systemd.log
tail -n 1 systemd.log >&2
