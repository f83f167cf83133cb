# SPDX-License-Identifier: GPL-2.0-only
# openat2.py filter: the filter of systemd's RestrictSUIDSGID=, as libseccomp makes
# it of these rules, on standard output. openat2.py: what openat2() gives that opens
# a file, and that makes one which is set-user-ID.
import ctypes, errno, os, stat, struct, sys

def attempt(*how):
	libc = ctypes.CDLL(None, use_errno=True)
	how = struct.pack('3Q', *how, 0)
	fd = libc.syscall(437, -100, b"/tmp/opened", how, len(how))
	return 'opened' if fd >= 0 else errno.errorcode[ctypes.get_errno()]

if len(sys.argv) == 1:
	print(attempt(os.O_RDWR | os.O_CREAT, 0o644), attempt(os.O_RDWR | os.O_CREAT, 0o4755), sep=', ')
	sys.exit()

from seccomp import ALLOW, ERRNO, MASKED_EQ, Arch, Arg, SyscallFilter
result = SyscallFilter(defaction=ALLOW)
result.add_arch(Arch.X86)
both = lambda arg, bits: Arg(arg, MASKED_EQ, bits, bits)
for mode in (stat.S_ISUID, stat.S_ISGID):
	for call, arg in (('chmod', 1), ('fchmod', 1), ('fchmodat', 2), ('mkdir', 1), ('mkdirat', 2), ('mknod', 1),
			('mknodat', 2), ('creat', 1)):
		result.add_rule(ERRNO(errno.EPERM), call, both(arg, mode))
	for flag in (os.O_CREAT, os.O_TMPFILE & ~os.O_DIRECTORY):
		result.add_rule(ERRNO(errno.EPERM), 'open', both(1, flag), both(2, mode))
		result.add_rule(ERRNO(errno.EPERM), 'openat', both(2, flag), both(3, mode))
result.add_rule(ERRNO(errno.ENOSYS), 'openat2')
result.export_bpf(sys.stdout.buffer)
