# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034 # the variables are for the scripts
# What the scripts that ask the package archive share.

# The URI of this machine's own Debian archive.
archive() {
	apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Component: main' |
		grep -E '/debian/?$' | head -n 1 || :
}

# private_apt FOLDER deb|deb-src SUITE: an apt set-up of its own, made from the
# machine's archive and key, in FOLDER; the machine's own stays as it is. Leaves
# the options for apt-get in $apt.
private_apt() {
	local uri key=/usr/share/keyrings/debian-archive-keyring.gpg
	uri=$(archive)
	[ -n "$uri" ] || return 1
	mkdir -p "$1/lists/partial" "$1/archives/partial"
	echo "$2 $([ ! -f $key ] || echo "[signed-by=$key]") $uri $3 main" >"$1/sources.list"
	apt=(-o Dir::Etc::SourceList="$1/sources.list" -o Dir::Etc::SourceParts=/dev/null
		-o Dir::State::Lists="$1/lists" -o Dir::Cache="$1"
		-o APT::Sandbox::User=root -o Acquire::Retries=2)
	apt-get "${apt[@]}" update >"$1/apt.log" 2>&1
	! grep -qE '^(E:|W: (Failed|Some index))' "$1/apt.log"
}
