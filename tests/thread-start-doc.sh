#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# thread-start-doc: the tables of Documentation/core-api/thread-start.rst are
# compared with the tree: that ret_from_fork calls thread_start(), its file, what
# goes to user mode, whether the end of a system call is reported, the wrappers;
# and that no table leaves out an architecture.
. "$(dirname "$0")/../scripts/lib.sh"
page=Documentation/core-api/thread-start.rst out=$build/thread-start-doc
mkdir -p "$out"
cd "$linux"

# rows NAME: of the table whose second column is NAME, with | between the cells
rows() {
	sed -n "/^   :header: architecture, $1,/,/^[^ ]/p" "$page" | grep '^   ["a-z0-9]' |
		awk -F '"' -v OFS= '{ for (i = 2; i <= NF; i += 2) gsub(/, /, "; ", $i); print }' |
		sed -E 's/^ *//; s/, */|/g'
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
	{ git grep -hoE "^(ENTRY\((__)?sys_$calls(_wrapper)?\)|(__)?sys_$calls:|fork_like $calls|save_static_function\(sys_$calls\))" \
		-- "arch/$arch" || :; } | sed -E 's/^(fork_like |save_static_function\(sys_)/__sys_/; s/^ENTRY\(//; s/[:)]$//' |
		sort -u | paste -sd ' ' | sed "s/^$/none/; s/^/$arch|/" >>"$out/wrappers.tree"
done

rows 'stub in' | while IFS='|' read -r arch file _ _ work reported; do
	arch=${arch% [36]*}
	echo "$arch|ret_from_fork|$file|$([[ $work != GENERIC_ENTRY* ]] || echo GENERIC_ENTRY)"
	for name in $(tr -d '();' <<<"${work#GENERIC_ENTRY}" | sed 's/\<in\>//'); do
		git grep -qwF -e "$name" -- "arch/$arch/*.[chS]" || echo "$arch has no $name"
	done
	[[ $reported = yes || $reported = no ]] || echo "$arch: end reported: $reported"
	[[ $work != GENERIC_ENTRY* || $reported = yes ]] || echo "$arch: the generic code reports the end"
	git grep -qw ret_from_fork -- "arch/$arch/*.[ch]" || echo "$arch: copy_thread() does not know ret_from_fork"
done | sort >"$out/stub.page"
rows 'task_pt_regs()' | cut -d'|' -f1 | tr ';' '\n' | sed 's/ [36][24]$//; s/^ *//' | sort -u >"$out/regs.page"
cut -d'|' -f1 "$out/wrappers.tree" | sort -u >"$out/regs.tree"
rows pt_regs | while IFS='|' read -r arch _ wrappers; do
	echo "$arch|$(tr ' ' '\n' <<<"$wrappers" | sort | paste -sd ' ')"
done >"$out/wrappers.page"
sort -o "$out/stub.tree" "$out/stub.tree"

status=0
: >"$out/results.tsv"
for table in stub wrappers regs; do
	verdict=PASS reason=
	if ! diff -u --label arch --label thread-start.rst "$out/$table.tree" "$out/$table.page"; then
		verdict=FAIL reason="arch/ and thread-start.rst differ about the $table"
		status=1
	fi
	printf 'thread-start-doc\thost\t%s\t%s\t%s\n' $table $verdict "$reason" >>"$out/results.tsv"
done
[ $status -eq 0 ] || die "arch/ and $page differ"
say "thread-start-doc: $(wc -l <"$out/stub.tree") stubs of $(wc -l <"$out/wrappers.tree") architectures as in arch/"
