#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# clone3-doc: what Documentation/userspace-api/clone3.rst says about flags and
# fields is what kernel/clone.c has in its tables.
. "$(dirname "$0")/../scripts/lib.sh"
code=$linux/kernel/clone.c page=$linux/Documentation/userspace-api/clone3.rst
mkdir -p "$build/clone3-doc"
cd "$build/clone3-doc"

# A flag, who takes it, what it needs, what it excludes, where it wants no signal.
sed -n '/^static const struct clone_rule clone_rules/,/^};/p' "$code" | sed 's,/\*.*\*/,,' |
	tr -d '\n\t' | grep -oE '\{ CLONE_[^}]*\}' | awk -F '[{},]' '
	function call(name) { sub(/.*BY_/, "", name); sub(/ *(: 0 *)?$/, "", name); return tolower(name) }
	function flags(list) { sub(/^[^=]*= */, "", list); gsub(/ *\| */, " ", list); sub(/ *$/, "", list); return list }
	{
		needs = excludes = signal = ""
		for (i = 4; i <= NF; i++) {
			if ($i ~ /\.needs/) needs = flags($i)
			else if ($i ~ /\.excludes/) excludes = flags($i)
			else if ($i ~ /\.no_signal/) signal = call($i)
			else if ($i !~ /^ *$/) needs = "? " $i
		}
		gsub(/ /, "", $2)
		print $2 "," call($3) "," needs "," excludes "," signal
	}' >flags.code
# A field, where it is, since which version; a version and its size.
sed -nE 's/^CLONE_ARGS_FIELD\(([a-z_]*),\s*([0-9]+), (VER[0-9])\);/\1,\2,\3/p
	s/^CLONE_ARGS_VERSION\((VER[0-9]), ([0-9]+)\);/CLONE_ARGS_SIZE_\1,\2/p' "$code" | sort >fields.code

sed -nE 's/^   (CLONE_[A-Z_]*|[a-z_]*), *([^"]*)$/\1,\2/p' "$page" | sed 's/, */,/g; s/ *,/,/g' |
	grep -E '^CLONE_[A-Z_]+,(all|clone|clone3),' >flags.page
sed -nE 's/^   ([a-z_]+), ([0-9]+), (VER[0-9]), .*/\1,\2,\3/p
	s/^   (CLONE_ARGS_SIZE_VER[0-9]), ([0-9]+), .*/\1,\2/p' "$page" | sort >fields.page

status=0
: >results.tsv
for table in flags fields; do
	verdict=PASS reason=
	if [ "$(wc -l <$table.code)" -lt 14 ] || ! diff -u --label kernel/clone.c --label clone3.rst $table.code $table.page; then
		verdict=FAIL reason="kernel/clone.c and clone3.rst differ about $table"
		status=1
	fi
	printf 'clone3-doc\thost\t%s\t%s\t%s\n' $table $verdict "$reason" >>results.tsv
done
[ $status -eq 0 ] || die "kernel/clone.c and Documentation/userspace-api/clone3.rst differ"
say "clone3-doc: $(wc -l <flags.code) flags and $(wc -l <fields.code) fields and sizes as in kernel/clone.c"
