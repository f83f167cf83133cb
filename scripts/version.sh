# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154 # the variables are those of base
# Whether a kernel tree is one that a series is for.

# older VERSION VERSION
older() { [ "$1" != "$2" ] && printf '%s\n' "$1" "$2" | sort -VC; }

# check_version FOLDER NAME: a kernel tree of this series; a newer one is tried, and
# with LTS= each that the main series is not for
check_version() {
	[ -f "$1/Makefile" ] && [ -f "$1/kernel/fork.c" ] && [ -d "$1/arch/x86" ] ||
		die "$2 is no Linux tree: $ways"
	local have
	have=$(sed -n 's/^\(VERSION\|PATCHLEVEL\) = //p' "$1/Makefile" | paste -sd.)
	[ -z "$LTS" ] || older "$have" "$main" || die "$2 is Linux $have, lts/$LTS is for $series.y: make without LTS= takes it"
	[ -n "$LTS" ] || [ ! -d "$top/lts/$have" ] || die "$2 is Linux $have, the series is for $series.y: make LTS=$have takes it"
	[ -n "$LTS" ] || ! older "$have" "$series" || die "$2 is Linux $have, the series is for $series.y: $ways"
	[ "$have" = "$series" ] ||
		say "$2 is Linux $have, the series was made for $series.y: it is tried" >&2
}
