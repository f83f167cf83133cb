# SPDX-License-Identifier: GPL-2.0-only
# clone3.py FLAG...: what clone3() gives with each, "none" for no flag, and "clone"
# for clone() with CLONE_NEWUSER.
import ctypes, errno, os, struct, sys
libc = ctypes.CDLL(None, use_errno=True)
flags = dict(NEWNS=0x20000, NEWCGROUP=0x2000000, NEWUTS=0x4000000, NEWIPC=0x8000000, NEWUSER=0x10000000,
	NEWPID=0x20000000, NEWNET=0x40000000, NEWTIME=0x80, EMPTY_MNTNS=1 << 37, none=0, clone=0)
for name in sys.argv[1:]:
	args = struct.pack('11Q', flags[name], 0, 0, 0, 17, 0, 0, 0, 0, 0, 0)
	if name == 'clone': pid = libc.syscall(56, 0x10000000 | 17, 0, 0, 0, 0)
	else: pid = libc.syscall(435, args, len(args))
	if pid == 0: os._exit(0)
	print('PID' if pid > 0 else errno.errorcode[ctypes.get_errno()], flush=True)
