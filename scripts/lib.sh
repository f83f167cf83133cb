# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034 # the variables are for the scripts
# What the scripts share: where things are, how to say something, how to end.

set -euo pipefail
# shellcheck source=scripts/env.sh
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
# shellcheck source=scripts/target.sh
. "$(dirname "${BASH_SOURCE[0]}")/target.sh"
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# LTS=6.12: the port to that series, lts/6.12/, in folders of its own
LTS=${LTS:-} patches=$top/patches build=$top/build
[ -z "$LTS" ] || patches=$top/lts/$LTS build=$top/build/lts-$LTS
linux=$build/linux
# For messages
makes=make${LTS:+ LTS=$LTS} patches_name=${patches#"$top"/} linux_name=${linux#"$top"/}
cache=${CLONE3_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/clone3}
me=${0##*/}
# The compiler cache survives `make clean` and fresh clones; nothing needs it.
# Not its depend mode, which overlooks .incbin: an image would hold an older kernel.
export CCACHE_DIR=$cache/ccache CCACHE_BASEDIR=$top CCACHE_NOHASHDIR=1 CCACHE_MAXSIZE=8G
export KBUILD_BUILD_USER=clone3 KBUILD_BUILD_HOST=clone3
export KBUILD_BUILD_TIMESTAMP='Thu Jan  1 00:00:00 UTC 2026'
toolchain_gcc=12 # that scripts/toolchain builds

# Commits in build/linux get the same ids everywhere.
project='The clone3 developers'
project_mail='clone3@example.invalid'

say() { printf '%s\n' "$*"; }
die() { printf '%s: %s\n' "$me" "$*" >&2; exit 1; }

[[ $top$cache =~ ^[A-Za-z0-9/._+@%=~-]+$ ]] ||
	die "'$top' or '$cache' has a space, or another character that the kernel's build cannot have: another folder, or CLONE3_CACHE="
check_variables
for folder in "$build" "$cache/ccache"; do
	mkdir -p "$folder" 2>/dev/null || :
	for file in "$folder" "$folder/.lock" "$folder"/*; do
		{ [ ! -e "$file" ] && [ "$file" != "$folder" ]; } || [ -w "$file" ] ||
			die "$file cannot be written to; where it belongs to another user: sudo chown -R $(id -un) ${folder%/ccache}"
	done
done
own_git_config

have_terminal() { [ -t 1 ] && [ -z "${CI:-}" ]; }

# enough PATH GIGABYTES
enough() {
	local free
	free=$(df --output=avail -BM "$1" | tail -n 1 | tr -dc 0-9)
	[ "$free" -ge $(($2 * 1024)) ] ||
		die "$1 has ${free} MB free, $2 GB are needed: make room, or put build/ or CLONE3_CACHE= elsewhere"
}

# One script at a time in build/; a second one says so instead of mixing in.
lock() {
	[ -z "${CLONE3_LOCKED:-}" ] || return 0
	exec 9>"$build/.lock"
	flock -n 9 || die "another make works in ${build#"$top"/}/: wait for it to end"
	export CLONE3_LOCKED=1
}

# patches_id COMMIT: changes when the base, the order, a patch or a cover does
patches_id() {
	echo "$1-$(cd "$patches" && find . \( -name '*.patch' -o -name series \) ! -path '*/SENT/*' | sort | xargs cat | sha256sum | cut -c-16)"
}

# index COMMIT: $GIT_INDEX_FILE is what it has of the files that the patches name. One of
# all files takes half a second, each time.
index() {
	local named
	mapfile -t named < <(sed -nE 's,^(\+\+\+ b|--- a)/,,p; s,^(rename|copy) from ,,p' "$patches"/*/0*.patch | sort -u)
	rm -f "$GIT_INDEX_FILE"{,.lock} # left where a run was killed
	git -C "$linux" ls-tree -r "$1" -- "${named[@]}" | git -C "$linux" update-index --index-info
}

clock() { printf '%d:%02d' $((SECONDS / 60)) $((SECONDS % 60)); }

# progress LABEL EXPECTED LOG COMMAND...: run it, count its lines, keep its log.
# The log of a run that succeeded tells the next one how many lines to expect.
progress() {
	local label=$1 expected=$2 log=$3 pid lines far shown=0 status=0
	shift 3
	[ ! -s "$log.lines" ] || expected=$(cat "$log.lines")
	SECONDS=0
	setsid "$@" >"$log" 2>&1 </dev/null 9>&- &
	pid=$!
	# shellcheck disable=SC2064
	trap "kill -TERM -- -$pid 2>/dev/null || :; ! have_terminal || echo >&2; echo \"\$label: stopped after \$(clock), the same command goes on from there\" >&2; exit 130" INT TERM
	while sleep 1; kill -0 $pid 2>/dev/null; do
		lines=$(wc -l <"$log")
		far="$lines$([ "$lines" -gt "$expected" ] || echo " of about $expected") steps"
		if have_terminal; then
			printf '\r%s: %s, %s ' "$label" "$far" "$(clock)"
		elif [ $((SECONDS - shown)) -ge 30 ]; then
			shown=$SECONDS
			say "$label: $far, $(clock)"
		fi
	done
	wait $pid || status=$?
	trap - INT TERM
	! have_terminal || printf '\r\033[K'
	if [ $status -ne 0 ]; then
		grep -nE 'error:|Error [0-9]|\*\*\*|undefined reference|No space' "$log" | head -n 12 >&2 ||
			tail -n 12 "$log" >&2
		die "$label failed after $(clock); the whole log: ${log#"$top"/}"
	fi
	lines=$(wc -l <"$log")
	[ "$lines" -lt $((expected / 2)) ] || echo "$lines" >"$log.lines"
	say "$label: done in $(clock)"
}
