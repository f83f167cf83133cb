# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154 # the variables are those of lint
# Whether checkpatch has nothing to say of a patch.

# The tools of checkpatch, with their versions: without one of them this is another text.
tools=$(PATH=/usr/bin:/bin perl -v; PATH=/usr/bin:/bin python3 -c '
import codespell_lib, git, ply, sys; print(sys.version, codespell_lib.__version__, git.__version__, ply.__version__)' 2>&1; cat "$linux"/scripts/{checkpatch.pl,spelling.txt,spdxcheck.py} 2>&1 | sha256sum) || :

# checkpatch PATCH: nothing said is a pass. LTS' patches by the main series' checkpatch
checkpatch() {
	# Left out: the sign-off, which is the sender's; MAINTAINERS, whose
	# patterns have the new files; what tests/patch-notes says is meant,
	# for lts/6.12 also tests/patch-notes-6.12.
	# And commits that are named: build/linux has no history to find them in.
	local ignore=MISSING_SIGN_OFF,FILE_PATH_CHANGES,UNKNOWN_COMMIT_ID,GIT_COMMIT_ID subject said mark notes=(tests/patch-notes)
	[[ $1 != lts/* ]] || notes+=("tests/patch-notes-$(cut -d/ -f2 <<<"$1")")
	subject=$(scripts/cover "$1" | sed -n 1p)
	ignore+=$(awk -F ' [|] ' -v topic="$(basename "$(dirname "$1")")" -v subject="$subject" \
		'$1 == topic && $2 == subject && sub(/^checkpatch /, "", $3) { printf ",%s", $3 }
		$1 == topic && $2 == subject && $3 == "no Fixes" { printf ",MISSING_FIXES_TAG" }' "${notes[@]}")
	mark=$passed/$(cat - "$1" <<<"$ignore $tools" | sha256sum | cut -c-40)
	[ -n "${WITHOUT:-}" ] || [ ! -f "$mark" ] || return 0
	# It only says so on standard error where it cannot look for spelling or licences.
	{ said=$(cd "$linux" && PATH=${WITHOUT:-/usr/bin:/bin} scripts/checkpatch.pl --strict --codespell --quiet \
		--no-summary --show-types --ignore="$ignore" "$top/$1" 2>&1 >&3) && [ -z "$said" ] || { echo "$said"; return 1; }; } 3>&1
	[ -n "${WITHOUT:-}" ] || touch "$mark"
}
