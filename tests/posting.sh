#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# posting: what a maintainer needs from each patch, beyond what checkpatch sees.
# One line a fault; exit 1 if there is any. "make lint" runs it.
. "$(dirname "$0")/../scripts/lib.sh"
cd "$top"
export GIT_INDEX_FILE=$build/lint/posting-index
mkdir -p "$build/lint"
rm -f "$GIT_INDEX_FILE"{,.lock} # left where a run was killed
faults=0
fault() { echo "$1"; faults=1; }
git=(git -C "$linux")
# Figures of speech that readers had to guess, and names made of them.
figures="\\<births?\\>|[a-z]_births?|newborns?|\\<mend(s|ed|ing)?\\>|nobody's|has it both ways|on purpose|in the eyes of|taken for granted|seen to (it|that)|sleeps? on\\>"
conversion='start new tasks in thread_start\(\)'

subject_of() { scripts/cover "patches/$1" | sed -n 1p; }
# message FILE: subject and body
message() { sed -n '/^Subject: /,/^---$/p' "$1"; }
files_of() { sed -n 's,^+++ b/,,p; s,^--- a/,,p' "patches/$1" | sort -u; }
arch_of() { files_of "$1" | sed -n 's,^arch/\([^/]*\)/.*,\1,p' | sort -u; }
noted() { grep -qF "${1%%/*} | $(subject_of "$1") | $2" tests/patch-notes; }

# on COMMIT PATCH...: these apply to that commit without any other
on() {
	local commit=$1 said
	shift
	"${git[@]}" read-tree "$commit"
	said=$("${git[@]}" apply --cached "${@/#/$top/patches/}" 2>&1) ||
		fault "${*: -1} does not apply to $commit without the others: $(head -n 1 <<<"$said")"
}

# words FILE: what its text has to have
words() {
	local patch=${1#patches/} subject said
	subject=$(scripts/cover "$1" | sed -n 1p)
	[ ${#subject} -le 75 ] || fault "$patch: its subject has ${#subject} characters, 75 is the bound"
	[ "$(message "$1" | sed '1,/^$/d; /^---$/d' | grep -c .)" -ge 2 ] || fault "$patch: its message does not say why"
	said=$({ message "$1"; sed '1,/^---$/d' "$1" | grep '^+'; } |
		grep -oiE "$figures" | sort -fu | xargs -d '\n') || :
	[ -z "$said" ] || fault "$patch says '$said': plain words instead"
	! sed -n '/^new file/{n;n;n;p}' "$1" | grep -q '/[^/]*_kunit\.c$' ||
		sed -n '/^new file/{n;n;n;p}' "$1" | grep -q '/tests/[^/]*_kunit\.c$' ||
		fault "$patch: a KUnit suite is in a folder tests/"
}

while read -r patch; do words "$patch"; done < <(sed 's,^,patches/,' patches/series; find lts -name '*.patch' ! -name '0000-*')
mapfile -t series <patches/series
[ "${series[0]%%/*}" = fixes ] || fault 'the first topic is not fixes'
before=()
generic=
for patch in "${series[@]}"; do
	topic=${patch%%/*} subject=$(subject_of "$patch")
	case $topic in
	fixes)
		on base "$patch"
		grep -qE '^Fixes: [0-9a-f]{12} \(".*"\)$' "patches/$patch" || noted "$patch" 'no Fixes' ||
			fault "$patch: no Fixes: line, and no reason in tests/patch-notes"
		[ "$(arch_of "$patch" | wc -l)" -le 1 ] ||
			fault "$patch: more than one architecture" ;;
	thread-start)
		if [ -z "$generic" ] && grep -q '^+++ b/kernel/entry/thread_start\.c$' "patches/$patch"; then
			generic=$("${git[@]}" log --format=%H --diff-filter=A base..HEAD -- kernel/entry/thread_start.c)
		elif grep -qiE "$conversion" <<<"$subject"; then
			# What is done first on the same architecture belongs to it.
			first=()
			for other in "${before[@]}"; do
				[ "$(arch_of "$other")" != "$(arch_of "$patch")" ] || first+=("$other")
			done
			on "$generic" "${first[@]}" "$patch"
		elif [ -n "$(arch_of "$patch")" ]; then
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
	grep -lF -- "$(cut -c-40 <<<"$subject")" patches/"$topic"/*.patch >/dev/null 2>&1 ||
		fault "tests/patch-notes: topic $topic has no patch '$subject'"
done < <(grep -v '^#' tests/patch-notes)
exit $faults
