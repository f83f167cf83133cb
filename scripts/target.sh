# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034,SC2154 # the variables are for, and of, the scripts
# What is known of a target, and where its tree and its files are.

# load_target NAME [base]: read targets/NAME, set its folder
load_target() {
	target=${1:-}
	case $target in
	*[[:space:]]*) die "one TARGET at a time: make matrix TARGET='$target' does several" ;;
	""|*/*|.*) die "unknown TARGET '$target': one of $(targets)" ;;
	esac
	[ -f "$top/targets/$target" ] ||
		die "unknown TARGET '$target': one of $(targets)"
	cross='' subarch='' image='' abis='' qemu='' append='' kvm='' packages='' config='' without=''
	goal='' finish='' check='' initrd='-initrd ' series_config='' kunit='' kunit_toolbox=''
	llvm='' ld='' toolbox='' toolchain='' toolchain_options='' unported='' libraries='' steps=2000 guest_seconds=900
	# shellcheck source=/dev/null
	. "$top/targets/$target"
	# shellcheck source=/dev/null
	[ -z "$LTS" ] || . "$patches/targets"
	if [ -n "$toolchain" ]; then
		toolchain_folder=$cache/toolchain-$toolchain-$toolchain_gcc
		cross=$toolchain_folder/bin/$toolchain-
	fi
	# CLONE3_TREE: another tree than the patched one, with folders of its own. Each has
	# its source one folder above its targets: __FILE__, and ccache, see equal paths.
	case ${BASE:-} in
	""|0) tree=${CLONE3_TREE:-} ;;
	1) tree=base ;;
	esac
	source=$build/${tree:+$tree/}linux out=$build/${tree:+$tree/}$target title=$target${tree:+ ($tree)}
	config+=" $([ -n "$tree" ] || echo "$series_config") ${CONFIG:-}"
	kernel=$out/kernel
	run=() CLONE3_TOOLBOX=$toolbox
	[ -z "$toolbox" ] || run=("$top/scripts/toolbox")
	kbuild=("${run[@]}" make -C "$source" "O=$kernel" "ARCH=$arch" ${subarch:+"SUBARCH=$subarch"})
	case $llvm in
	"") kbuild+=("CROSS_COMPILE=$cross" "CC=ccache ${cross}gcc") ;;
	*) kbuild+=("LLVM=$llvm" "CC=ccache clang$llvm" ${ld:+"LD=$ld"}) ;;
	esac
	mkdir -p "$out"
}

# Is the target built or run there?
in_toolbox() { [ -n "$toolbox" ] || [[ $qemu == *scripts/toolbox* ]]; }

# tool NAME: the target's nm, size or objdump; to be run by "${run[@]}"
tool() {
	if [ -n "$llvm" ]; then echo "llvm-$1$llvm"; else echo "$cross$1"; fi
}

targets() { (cd "$top/targets" && echo *); }

# worktree COMMIT: $source, when it is not build/linux, at that commit
worktree() {
	if [ ! -d "$source" ]; then
		git -C "$linux" worktree prune
		git -C "$linux" worktree add -q --detach "$source" "$1"
	fi
	git -C "$source" checkout -q --detach "$1"
}
