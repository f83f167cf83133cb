#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# clone3-doc: Documentation/userspace-api/clone3.rst and its tests fit together.
# Each section and each term of the page names the cases that fail when it is not
# so, each case is named, and each flag of the uapi header has its row. The tables
# are those of clone3_page.c, whose cases compare them with the running kernel.
. "$(dirname "$0")/../scripts/lib.sh"
page=$linux/Documentation/userspace-api/clone3.rst
selftests=$linux/tools/testing/selftests/clone3
mkdir -p "$build/clone3-doc"
cd "$build/clone3-doc"

# The cases that there are, and those that the page names.
sed -n 's/^TEST(\([a-z0-9_]*\)).*/\1/p' "$selftests/clone3_page.c" "$selftests/clone3_probe.c" | sort >cases.code
# A name with a "/" is a test program of another folder, which is only to be there.
sed -n 's/^\.\. test: //p' "$page" | tr ' ' '\n' | sort -u >names.page
grep -v / names.page >cases.page
grep / names.page | while read -r name; do
	[ -f "${selftests%/*}/$name.c" ] || say "$name"
done >programs.missing || :

# A part of the page begins with a heading or a term, and ends where the next one
# begins. One that has text names a case.
awk '
	function done() { if (text && !cases) print part }
	{ line[NR] = $0 }
	END {
		part = "the beginning"
		for (i = 1; i <= NR; i++) {
			if (line[i + 1] ~ /^(==+|--+)$/ && line[i] != "") {
				done(); part = line[i]; text = cases = 0; i++
			} else if (line[i] ~ /^[^ .:=-]/ && line[i + 1] ~ /^  [^ ]/ && line[i - 1] == "") {
				done(); part = line[i]; text = 1; cases = 0
			} else if (line[i] ~ /^\.\. test: /) {
				cases = 1
			} else if (line[i] ~ /^[^ .=]/) {
				text = 1
			}
		}
		done()
	}' "$page" >parts.without

# A flag, who takes it, what it needs, what it excludes, where it wants no signal.
sed -n '/^static const struct flag {/,/^};/p' "$selftests/clone3_page.c" | tr -d '\t' |
	sed -nE 's/^\{ (CLONE_.*) \},$/\1/p' | awk -F ',' '{
		for (i = 1; i <= 5; i++) {
			gsub(/^ +| +$/, "", $i)
			gsub(/ *\| */, " ", $i)
			if ($i == "0" || $i == "NONE") $i = ""
		}
		print $1 "," tolower($2) "," $3 "," $4 "," tolower($5)
	}' >flags.code
sed -nE 's/^   (CLONE_[A-Z_]*), *((all|clone|clone3),.*)$/\1,\2/p' "$page" | sed 's/, */,/g; s/ *,/,/g' >flags.page
sed -nE 's/^#define (CLONE_[A-Z_]*)\s+(0x|\(1ULL).*/\1/p' "$linux/include/uapi/linux/sched.h" | sort >flags.uapi
cut -d, -f1 flags.page | sort >flags.named

# A field, where it is, since which version; a version and its size.
{
	sed -nE 's/^\s+(FIELD\([a-z_]+, [0-9]\),.*)/\1/p' "$selftests/clone3_page.c" |
		grep -oE '\([a-z_]+, [0-9]\)' | tr -d '(,)' |
		awk '{ print $1 "," 8 * (NR - 1) ",VER" $2 }'
	sed -nE 's/^#define (CLONE_ARGS_SIZE_VER[0-9]) ([0-9]+).*/\1,\2/p' "$linux/include/uapi/linux/sched.h"
} | sort >fields.code
sed -nE 's/^   ([a-z_]+), ([0-9]+), (VER[0-9]), .*/\1,\2,\3/p
	s/^   (CLONE_ARGS_SIZE_VER[0-9]), ([0-9]+), .*/\1,\2/p' "$page" | sort >fields.page

status=0
: >results.tsv
verdict() {
	printf 'clone3-doc\thost\t%s\t%s\t%s\n' "$1" "$2" "${3:-}" >>results.tsv
	[ "$2" = PASS ] || status=1
}
# same NAME AT_LEAST ONE OTHER: two lists that must be equal, and not be empty
same() {
	if [ "$(wc -l <"$3")" -lt "$2" ] || ! diff -u "$3" "$4"; then
		verdict "$1" FAIL "clone3.rst and its tests, or the uapi header, differ about $1"
	else
		verdict "$1" PASS
	fi
}
same cases 80 cases.code cases.page
same flags 31 flags.code flags.page
same uapi_flags 31 flags.uapi flags.named
same fields 14 fields.code fields.page
if [ -s programs.missing ]; then
	sed 's/^/no test program: /' programs.missing
	verdict programs FAIL "clone3.rst names test programs that there are not"
else
	verdict programs PASS
fi
if [ -s parts.without ]; then
	sed 's/^/no case for: /' parts.without
	verdict parts FAIL "$(wc -l <parts.without) parts of clone3.rst have no case"
else
	verdict parts PASS
fi
[ $status -eq 0 ] || die "Documentation/userspace-api/clone3.rst and its tests do not fit together"
say "clone3-doc: $(wc -l <cases.code) cases, $(wc -l <flags.code) flags, $(wc -l <fields.code) fields and sizes"
