#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# posting: what a maintainer needs from each patch, beyond what checkpatch sees.
# One line a fault; exit 1 if there is any. "make lint" runs it.
. "$(dirname "$0")/../scripts/lib.sh"
cd "$top"
export GIT_INDEX_FILE=$build/lint/posting-index
mkdir -p "$build/lint"
rm -f "$GIT_INDEX_FILE"*
faults=0
fault() { echo "$1"; faults=1; }
git=(git -C "$linux")
# Figures of speech that readers had to guess, and names made of them.
figures="\\<births?\\>|[a-z]_births?|newborns?|\\<mend(s|ed|ing)?\\>|nobody's|has it both ways|on purpose|in the eyes of|taken for granted|seen to (it|that)|sleeps? on\\>"
conversion='start new tasks in thread_start\(\)'

noted() { grep -qF "${1%%/*} | ${subjects[$1]} | $2" tests/patch-notes; }

# on COMMIT PATCH...: these apply to that commit without any other
on() {
	local commit=$1 said
	shift
	[ -f "$GIT_INDEX_FILE.$commit" ] || { index "$commit" && cp "$GIT_INDEX_FILE" "$GIT_INDEX_FILE.$commit"; }
	cp "$GIT_INDEX_FILE.$commit" "$GIT_INDEX_FILE"
	said=$("${git[@]}" apply --cached "${@/#/$top/patches/}" 2>&1) ||
		fault "${*: -1} does not apply to $commit without the others: $(head -n 1 <<<"$said")"
}

# Of each patch: its subject, the lines of its message, its architectures, whether it has
# a Fixes: line, and a KUnit suite that is not in a folder tests/.
mapfile -t all < <(sed 's,^,patches/,' patches/series; find lts -name '*.patch' ! -name '0000-*')
declare -A subjects archs fixes
known=$'\n'
while IFS='|' read -r patch lines arch fix kunit subject; do
	subjects[$patch]=$subject archs[$patch]=$arch fixes[$patch]=$fix known+="${patch%%/*} | $subject"$'\n'
	[ ${#subject} -le 75 ] || fault "$patch: its subject has ${#subject} characters, 75 is the bound"
	[ "$lines" -ge 2 ] || fault "$patch: its message does not say why"
	[ -z "$kunit" ] || fault "$patch: a KUnit suite is in a folder tests/"
done < <(awk '
	function say() { sub(/^patches\//, "", file); print file "|" lines "|" archs "|" fixes "|" kunit "|" subject }
	FNR == 1 { if (file != "") say(); file = FILENAME; archs = fixes = kunit = fresh = ""; lines = part = 0 }
	part == 0 && /^Subject: / { sub(/^Subject: (\[[^]]*\] )?/, ""); subject = $0; part = 1; next }
	part == 1 && /^ / { subject = subject $0; next }
	part == 1 { part = 2 }
	part == 2 && /^---$/ { part = 3 }
	part == 2 { lines += /./; if (/^Fixes: [0-9a-f]+ \(".*"\)$/ && length($2) == 12) fixes = 1 }
	part == 3 && /^new file/ { fresh = 1 }
	part == 3 && /^(---|\+\+\+) [ab]\// {
		if (split($2, path, "/") > 3 && path[2] == "arch" && index(archs " ", " " path[3] " ") == 0) archs = archs " " path[3]
		if (fresh && /_kunit\.c$/ && !/\/tests\/[^\/]*$/) kunit = 1
		if (/^\+/) fresh = ""
	}
	END { say() }' "${all[@]}")
while IFS= read -r line; do
	said=$(grep -oiE "$figures" <<<"${line#*: }" | sort -fu | xargs -d '\n')
	[ -z "$said" ] || fault "${line%%: *} says '$said': plain words instead"
done < <(awk 'FNR == 1 { part = 0 } /^Subject: / { part = 1 } part == 1 && /^---$/ { part = 2 }
	part == 1 || part == 2 && /^\+/ { print FILENAME ": " $0 }' "${all[@]}" | sed 's,^patches/,,' | grep -iE "$figures")

mapfile -t series <patches/series
[ "${series[0]%%/*}" = fixes ] || fault 'the first topic is not fixes'
before=()
generic=
for patch in "${series[@]}"; do
	topic=${patch%%/*}
	case $topic in
	fixes)
		on base "$patch"
		[ -n "${fixes[$patch]}" ] || noted "$patch" 'no Fixes' ||
			fault "$patch: no Fixes: line, and no reason in tests/patch-notes"
		[[ ${archs[$patch]} != *" "*" "* ]] ||
			fault "$patch: more than one architecture" ;;
	thread-start)
		if [ -z "$generic" ] && grep -q '^+++ b/kernel/entry/thread_start\.c$' "patches/$patch"; then
			generic=$("${git[@]}" log --format=%H --diff-filter=A base..HEAD -- kernel/entry/thread_start.c)
		elif grep -qiE "$conversion" <<<"${subjects[$patch]}"; then
			# What is done first on the same architecture belongs to it.
			first=()
			for other in "${before[@]}"; do
				[ "${archs[$other]}" != "${archs[$patch]}" ] || first+=("$other")
			done
			on "$generic" "${first[@]}" "$patch"
		elif [ -n "${archs[$patch]}" ]; then
			before+=("$patch")
		fi ;;
	esac
done

# The numbers of patches that a cover letter names: after the word, where a sentence
# begins, and before "is" and "are".
for topic in $(cut -d/ -f1 patches/series | uniq); do
	count=$(grep -c "^$topic/" patches/series)
	for number in $(scripts/cover "patches/$topic/0000-cover-letter.patch" | tr '\n' ' ' |
			grep -oiE '(patch(es)?|\.) [0-9]{1,3}((,| to|,? and) [0-9]+)*\b|, [0-9]{1,3} (is|are)\b' | grep -oE '[0-9]+'); do
		[ "$number" -ge 1 ] && [ "$number" -le "$count" ] ||
			fault "patches/$topic/0000-cover-letter.patch names patch $number of $count"
	done
done

# Who runs the selftests without this repository needs their options.
for folder in $("${git[@]}" diff --name-only base HEAD -- 'tools/testing/selftests/*/*' | cut -d/ -f1-4 | sort -u); do
	"${git[@]}" cat-file -e "HEAD:$folder/config" 2>/dev/null || fault "$folder has no config"
done
# A note about a patch that has gone is stale.
while IFS='|' read -r topic subject _; do
	topic=${topic% } subject=${subject# } subject=${subject% }
	[[ $known == *$'\n'"$topic | $subject"$'\n'* ]] ||
		fault "tests/patch-notes: topic $topic has no patch '$subject'"
done < <(grep -v '^#' tests/patch-notes)
exit $faults
