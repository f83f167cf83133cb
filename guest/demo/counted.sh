#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# counted.sh COMMAND...: run it, print how its calls have ended. It is run inside of
# the sandboxes: strace sees a call before a filter ends it.

# tally WORD PATTERN: add the number of such lines of the log
tally() {
	number=$(grep -c "$2" log)
	[ "$number" = 0 ] || ended="${ended:+$ended, }$number $1"
}

cd /tmp || exit
timeout -s KILL 60 strace -f -qq -e signal=none -e trace=clone,clone3 -o log "$@" >out 2>&1 ||
	{ echo "failed ($?): $(tail -n 1 out | cut -c -60)"; exit; }
tally clone3 'clone3[( ].* = [1-9]'
tally ENOSYS 'clone3[( ].* = -1 ENOSYS'
tally clone 'clone[( ].* = [1-9]'
echo "${ended:-no call}"
