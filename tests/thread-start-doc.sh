#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# thread-start-doc: what the tables of Documentation/core-api/thread-start.rst
# say about each architecture is what the tree has: the stub, which calls
# thread_start(), its file, what goes to user mode, the wrappers.
. "$(dirname "$0")/../scripts/lib.sh"
page=Documentation/core-api/thread-start.rst out=$build/thread-start-doc
mkdir -p "$out"
cd "$linux"

# rows NAME: of the table whose second column is NAME, with | between the cells
rows() {
	sed -n "/^   :header: architecture, $1,/,/^[^ ]/p" "$page" | sed -nE '/^   [a-z0-9]/ {
		s/"([^"]*), ([^"]*)"/\1; \2/g; s/^ *//; s/, */|/gp }'
}
calls='(fork|vfork|clone|clone3)'

: >"$out/stub.tree"
: >"$out/wrappers.tree"
for arch in arch/*/; do
	arch=$(basename "$arch")
	work=$(sed -n 's/^\tselect \(GENERIC_ENTRY\)$/\1/p' "arch/$arch/Kconfig")
	{ git grep -lw thread_start -- "arch/$arch/*.S" "arch/$arch/kernel/process.c" || :; } |
		xargs -r awk -v arch="$arch" -v work="$work" '
		/^[A-Z_]+\([a-z_]+\)|^[a-z_]+:|^[a-z].*\(void\)$/ {
			label = $0
			gsub(/^[A-Z_]+\(|[:)].*|\(void\)|^static void /, "", label)
		}
		/^([0-9]:)?[ \t][^*\/]*thread_start/ { print arch "|" label "|" FILENAME "|" work }' >>"$out/stub.tree"
	{ git grep -hoE "^(ENTRY\((__)?sys_$calls\)|(__)?sys_$calls:|fork_like $calls|save_static_function\(sys_$calls\))" \
		-- "arch/$arch" || :; } | sed -E 's/^(fork_like |save_static_function\(sys_)/__sys_/; s/^ENTRY\(//; s/[:)]$//' |
		sort -u | paste -sd ' ' | sed "s/^$/none/; s/^/$arch|/" >>"$out/wrappers.tree"
done

rows stub | while IFS='|' read -r arch stub file _ _ work; do
	arch=${arch% *}
	echo "$arch|$stub|$file|$([[ $work != GENERIC_ENTRY* ]] || echo GENERIC_ENTRY)"
	for name in "$stub" $(tr -d '();' <<<"${work#GENERIC_ENTRY}" | sed 's/\<in\>//'); do
		git grep -qwF -e "$name" -- "arch/$arch/*.[chS]" || echo "$arch has no $name"
	done
	git grep -qw "$stub" -- "arch/$arch/*.[ch]" || echo "$arch: copy_thread() does not know $stub"
done | sort >"$out/stub.page"
rows pt_regs | while IFS='|' read -r arch _ wrappers; do
	echo "$arch|$(tr ' ' '\n' <<<"$wrappers" | sort | paste -sd ' ')"
done >"$out/wrappers.page"
sort -o "$out/stub.tree" "$out/stub.tree"

status=0
: >"$out/results.tsv"
for table in stub wrappers; do
	verdict=PASS reason=
	if ! diff -u --label arch --label thread-start.rst "$out/$table.tree" "$out/$table.page"; then
		verdict=FAIL reason="arch/ and thread-start.rst differ about the $table"
		status=1
	fi
	printf 'thread-start-doc\thost\t%s\t%s\t%s\n' $table $verdict "$reason" >>"$out/results.tsv"
done
[ $status -eq 0 ] || die "arch/ and $page differ"
say "thread-start-doc: $(wc -l <"$out/stub.tree") stubs of $(wc -l <"$out/wrappers.tree") architectures as in arch/"
