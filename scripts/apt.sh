# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034 # the variables are for the scripts
# What the scripts that ask the package archive share.

# The URI of this machine's own Debian archive.
archive() {
	apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Component: main' |
		grep -E '/debian/?$' | head -n 1 || :
}

# The name of this machine's own release.
# shellcheck disable=SC1091
release() { (. /etc/os-release && echo "$VERSION_CODENAME"); }

# The suite that has the base's packages: 7.3 is newer than a release.
suite() { if [ -n "$LTS" ]; then release; else echo trixie-backports; fi; }

# private_apt FOLDER deb|deb-src SUITE: an apt set-up of its own, made from the
# machine's archive and key, in FOLDER; the machine's own stays as it is. With the
# suite's security updates, where the machine has them. Leaves the options for
# apt-get in $apt.
private_apt() {
	local uri security key=/usr/share/keyrings/debian-archive-keyring.gpg
	uri=$(archive)
	[ -n "$uri" ] || return 1
	mkdir -p "$1/lists/partial" "$1/archives/partial"
	security=$(apt-get indextargets --format '$(REPO_URI) $(RELEASE)' 'Created-By: Packages' 'Component: main' |
		sed -n "s/ $3-security\$//p" | head -n 1)
	for uri in "$uri $3" ${security:+"$security $3-security"}; do
		echo "$2 $([ ! -f $key ] || echo "[signed-by=$key]") $uri main"
	done >"$1/sources.list"
	apt=(-o Dir::Etc::SourceList="$1/sources.list" -o Dir::Etc::SourceParts=/dev/null
		-o Dir::State::Lists="$1/lists" -o Dir::Cache="$1"
		-o APT::Sandbox::User=root -o Acquire::Retries=2)
	apt-get "${apt[@]}" update >"$1/apt.log" 2>&1
	! grep -qE '^(E:|W: (Failed|Some index))' "$1/apt.log"
}
