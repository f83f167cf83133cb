#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# clone3-doc: what Documentation/userspace-api/clone3.rst says about flags and
# fields is what kernel/clone.c has in its tables.
. "$(dirname "$0")/../scripts/lib.sh"
code=$linux/kernel/clone.c page=$linux/Documentation/userspace-api/clone3.rst
mkdir -p "$build/clone3-doc"
cd "$build/clone3-doc"

# The masks and rules of kernel/clone.c and the struct of the header are compiled,
# and printed as rows: a flag, who takes it, what it needs, what it excludes, where
# it wants no signal; a field, where it is, since which version; a version's size.
header=$linux/include/uapi/linux/sched.h
{
	cat <<-'END'
		#include <stdio.h>
		#include <stddef.h>
		#include <linux/types.h>
		typedef __u64 u64;
		#define CLONE_LEGACY_FLAGS 0xffffffffULL
		#define IS_ENABLED(option) 1
	END
	printf '#include "%s"\n' "$header"
	awk '
		!part && /^#define CLONE3?_(FLAGS|NO_SIGNAL)/ { part = "macro" }
		!part && /^(static const )?struct clone_rule.*\{$/ { part = "block" }
		part { print }
		part == "macro" && !/\\$/ || part == "block" && /^};/ { part = "" }' "$code"
	echo 'static const struct { const char *name; u64 flag; } flags[] = {'
	sed -n 's/^#define \(CLONE_[A-Z0-9_]*\)\s.*/\1/p' "$header" | grep -v '^CLONE_ARGS_SIZE' | sed 's/.*/{ "&", & },/'
	echo '};'
	cat <<-'END'
		#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
		static void list(u64 mask)
		{
			const char *space = "";

			putchar(',');
			for (size_t i = 0; i < COUNT(flags); i++)
				if (mask & flags[i].flag) {
					printf("%s%s", space, flags[i].name);
					space = " ";
				}
		}
		int main(void)
		{
			for (size_t i = 0; i < COUNT(flags); i++) {
				u64 flag = flags[i].flag, needs = 0, excludes = 0;
				int clone = !!(flag & CLONE_FLAGS), clone3 = !!(flag & CLONE3_FLAGS);

				for (size_t r = 0; r < COUNT(clone_rules); r++)
					if (clone_rules[r].flag == flag) {
						needs = clone_rules[r].needs;
						excludes = clone_rules[r].excludes;
					}
				printf("%s,%s", flags[i].name, clone && clone3 ? "all" : clone ? "clone" : "clone3");
				list(needs);
				list(excludes);
				puts(!(flag & CLONE3_NO_SIGNAL) ? "," : clone ? ",clone3" : ",all");
			}
			return 0;
		}
	END
} >flags.c
gcc -w -isystem "$linux/include/uapi" -o flags flags.c || die "the rules of kernel/clone.c do not compile here"
./flags | sort >flags.code
{
	cat <<-'END'
		#include <stdio.h>
		#include <stddef.h>
	END
	printf '#include "%s"\n' "$header"
	cat <<-'END'
		#define FIELD(field) (offsetof(struct clone_args, field))
		#define SHOW(field) printf("%s,%zu,VER%d\n", #field, FIELD(field),	\
			(FIELD(field) >= CLONE_ARGS_SIZE_VER0) + (FIELD(field) >= CLONE_ARGS_SIZE_VER1))
		#define SIZE(size) printf("%s,%d\n", #size, size)
		int main(void)
		{
	END
	sed -n '/^struct clone_args {/,/^};/s/^\t__aligned_u64 \([a-z_]*\);/SHOW(\1);/p' "$header"
	sed -n 's/^#define \(CLONE_ARGS_SIZE_VER[0-9]\)\s.*/SIZE(\1);/p' "$header"
	echo '}'
} >fields.c
gcc -w -isystem "$linux/include/uapi" -o fields fields.c || die "struct clone_args does not compile here"
./fields | sort >fields.code

sed -nE 's/^   (CLONE_[A-Z_]*|[a-z_]*), *([^"]*)$/\1,\2/p' "$page" | sed 's/, */,/g; s/ *,/,/g' |
	grep -E '^CLONE_[A-Z_]+,(all|clone|clone3),' | sort >flags.page
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
