#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The ways to take the patches that README names: git am in the order of
# patches/series, git quiltimport, quilt, patch. On the files of the base that the
# series touches; each way must give what build/linux has.
. "$(dirname "$0")/harness-lib"
[ -d "$linux/.git" ] || die "there is no build/linux yet: make tree"
rm -rf "$temp/linux"
mapfile -t files < <(git -C "$linux" diff --name-only --no-renames --diff-filter=MD base HEAD)
mkdir "$temp/base"
git -C "$linux" archive base -- "${files[@]}" | tar -xf - -C "$temp/base"
want=$(git -C "$linux" diff --no-renames --name-only --diff-filter=AM base HEAD | sort |
	while read -r file; do echo "$(git -C "$linux" rev-parse "HEAD:$file") $file"; done)

# same FOLDER: its files are those of build/linux
same() {
	local have
	have=$(cd "$1" && cut -d' ' -f2 <<<"$want" | while read -r file; do echo "$(git hash-object --no-filters "$file") $file"; done)
	diff <(echo "$have") <(echo "$want")
}
# a tree in which a way is tried
tree() { cp -r "$temp/base" "$temp/$1" && cd "$temp/$1"; }
history() { git init -q && git add -A -f && git -c user.name=t -c user.email=t@example.org commit -qm base; }
export GIT_AUTHOR_NAME=t GIT_AUTHOR_EMAIL=t@example.org GIT_COMMITTER_NAME=t GIT_COMMITTER_EMAIL=t@example.org

am() { tree am && history && sed "s,^,$top/patches/," "$top/patches/series" | xargs git am -q && same .; }
quiltimport() { tree quiltimport && history && git quiltimport --patches "$top/patches" >said && same .; }
quilt_push() { tree quilt && QUILT_PATCHES=$top/patches quilt --quiltrc - push -a -q >said && same .; }
patch_all() { tree patch && while read -r patch; do patch -s -p1 -i "$top/patches/$patch" || return 1; done <"$top/patches/series" && same .; }
holds 'git am in the order of patches/series' am
holds 'git quiltimport' quiltimport
holds 'quilt push -a' quilt_push
holds 'patch' patch_all
conclude
