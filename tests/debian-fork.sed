# SPDX-License-Identifier: GPL-2.0-only
# Takes Debian's unprivileged_userns_clone knob out of kernel/fork.c, so that it
# reads as kernel.org's does.
/^#ifdef CONFIG_USER_NS$/ {
	N
	/unprivileged_userns_clone/ {
		N
		N
		N
		N
		d
	}
}
/^\tif ((clone_flags & CLONE_NEWUSER) && !unprivileged_userns_clone)$/ {
	N
	N
	N
	d
}
/^\tif ((unshare_flags & CLONE_NEWUSER) && !unprivileged_userns_clone) {$/ {
	N
	N
	N
	N
	N
	d
}
