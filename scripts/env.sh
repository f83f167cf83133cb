# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# What a person's environment and git configuration do to the scripts: nothing.

export LC_ALL=C TZ=UTC CLONE3_TOOLBOX
# What our make was told, or a shell has for other work, is not for the kernel's.
unset MAKEFLAGS MFLAGS MAKEOVERRIDES MAKELEVEL ARCH SUBARCH CROSS_COMPILE O LLVM CC HOSTCC \
	CFLAGS CPPFLAGS LDFLAGS KCFLAGS HOSTCFLAGS CDPATH BASH_ENV GREP_OPTIONS TAR_OPTIONS "${!KBUILD_@}"
# A git hook and rebase --exec name another repository, a shell another author. And
# of a person's git only what says which folders to trust: the rest changes patches.
safe=$(git config --get-all safe.directory 2>/dev/null) || :
unset "${!GIT_@}"

# own_git_config: in build/
own_git_config() {
	export GIT_CONFIG_GLOBAL=$build/.gitconfig GIT_CONFIG_NOSYSTEM=1
	[ -f "$GIT_CONFIG_GLOBAL" ] && [ "$safe" = "$(git config --global --get-all safe.directory)" ] || {
		printf '[safe]\n' >"$GIT_CONFIG_GLOBAL.$$"
		printf '%s' "${safe:+$safe$'\n'}" | sed 's/.*/\tdirectory = "&"/' >>"$GIT_CONFIG_GLOBAL.$$"
		mv "$GIT_CONFIG_GLOBAL.$$" "$GIT_CONFIG_GLOBAL"
	}
}

# check_variables: what can be said before anything is fetched or built
check_variables() {
	local option
	[ -z "$LTS" ] || { [[ $LTS =~ ^[0-9]+\.[0-9]+$ ]] && [ -f "$patches/series" ]; } ||
		die "unknown LTS '$LTS': one of $(cd "$top/lts" && echo [0-9]*)"
	[[ ${LOCALMOD:-1} == 1 ]] || die "LOCALMOD=$LOCALMOD: LOCALMOD is 1 (only the modules that are loaded) or not given"
	[[ ${BASE:-0} == [01] ]] || die "BASE=$BASE: BASE is 1 (the unpatched base) or not given"
	[ -z "${TOPIC:-}" ] || grep -q "^$TOPIC/" "$patches/series" ||
		die "unknown TOPIC '$TOPIC': one of $(cut -d/ -f1 "$patches/series" | uniq | xargs)"
	for option in ${CONFIG:-}; do
		[[ $option =~ ^[A-Za-z0-9_]+=.+$ && $option != CONFIG_* ]] ||
			die "CONFIG=$option: OPTION=y, without CONFIG_"
	done
}
