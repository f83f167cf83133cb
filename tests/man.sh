#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# man: the manual pages of man/ are such as mandoc and groff want them, their
# examples compile with the series' headers, and that of clone3(2) runs. clone3(2)
# has every flag of the uapi header, and every errno of clone3.rst.
. "$(dirname "$0")/../scripts/lib.sh"
for tool in mandoc groff gcc; do
	command -v $tool >/dev/null || die "$tool is missing: apt-get install mandoc groff-base gcc"
done
here=$build/man status=0
rm -rf "$here"
mkdir -p "$here"
cd "$here"
: >results.tsv

verdict() {
	printf 'man\thost\t%s\t%s\t%s\n' "$1" "$2" "${3:-}" >>results.tsv
	[ "$2" != FAIL ] || { status=1; say "man: $1: ${3:-}"; }
}
# quiet NAME FILE: what a tool has said, which must be nothing
quiet() {
	if [ -s "$2" ]; then
		cat "$2"
		verdict "$1" FAIL "$(wc -l <"$2") complaints"
	else
		verdict "$1" PASS
	fi
}

make -s -C "$linux" O="$here/headers" ARCH=x86_64 headers_install \
	INSTALL_HDR_PATH="$here/headers/usr" >headers.log 2>&1 || die "no headers: build/man/headers.log"

for page in "$top"/man/*; do
	name=${page##*/}
	head -n 1 "$page" | grep -qx '\.\\" SPDX-License-Identifier: GPL-2.0-only' ||
		verdict "$name.license" FAIL "no SPDX line"
	# What is added to a page is a page for as long as it is looked at.
	case $name in
	*.add)	section=${name%.add} title=${section%.*}
		printf '.TH %s %s 2026-01-01 Linux\n.SH NAME\n%s \\- addition\n.SH DESCRIPTION\n' \
			"${title^^}" "${section##*.}" "$title"
		grep -v '^\.\\" SPDX' "$page" ;;
	*)	cat "$page" ;;
	esac >"$name"
	mandoc -Tlint "$name" >"$name.mandoc" 2>&1 || :
	quiet "$name.mandoc" "$name.mandoc"
	groff -ww -z -man "$name" >"$name.groff" 2>&1 || :
	quiet "$name.groff" "$name.groff"

	# An example stands between SRC BEGIN (NAME) and SRC END.
	examples=$(sed -n 's/^\.\\" SRC BEGIN (\(.*\))$/\1/p' "$page")
	[ -n "$examples" ] || verdict "$name.example" FAIL "no example"
	for example in $examples; do
		sed -n "/^\.\\\\\" SRC BEGIN ($example)/,/^\.\\\\\" SRC END/p" "$page" |
			sed -e '/^\.\\"/d' -e 's/^\\&//' -e 's/\\-/-/g' -e 's/\\\[rs\]/\\/g' \
				-e "s/\\\\\[aq\]/'/g" >"$example"
		grep -q 'main(' "$example" && link=(-o "${example%.c}") || link=(-c -o "${example%.c}.o")
		gcc -std=gnu11 -Wall -Wextra -Werror -isystem headers/usr/include "${link[@]}" "$example" \
			>"$example.gcc" 2>&1 || :
		quiet "$name.$example" "$example.gcc"
	done
done

said=$(./clone3 /bin/sh -c 'exit 7' 2>&1) || :
case $said in
*"ended, status 7") verdict clone3.run PASS ;;
*"not implemented") verdict clone3.run SKIP "this machine has no clone3()" ;;
*) verdict clone3.run FAIL "it said: $said" ;;
esac

sed -nE 's/^#define (CLONE_[A-Z_]*)\s+(0x|\(1ULL).*/\1/p' "$linux/include/uapi/linux/sched.h" |
	grep -vx CLONE_DETACHED | while read -r flag; do
	grep -q "\b$flag\b" clone3.2 || say "$flag"
done >flags.missing
quiet clone3.flags flags.missing
sed -n '/^Errors$/,/^ABIs$/p' "$linux/Documentation/userspace-api/clone3.rst" |
	sed -nE 's/^   (E[A-Z0-9 ]+), ".*/\1/p' | tr ' ' '\n' | sort -u >errnos.page
[ "$(wc -l <errnos.page)" -ge 15 ] || verdict clone3.errnos FAIL "clone3.rst has no table of errors"
while read -r errno; do
	sed -n '/^\.SH ERRORS/,/^\.SH VERSIONS/p' clone3.2 | grep -qx "\.B $errno" || say "$errno"
done <errnos.page >errnos.missing
quiet clone3.errnos errnos.missing

[ $status -eq 0 ] || die "man/ is not as it should be"
say "man: $(grep -c PASS results.tsv) checks"
