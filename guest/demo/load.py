# SPDX-License-Identifier: GPL-2.0-only
# load.py FILTER COMMAND...: run it under the seccomp filter in that file.
import ctypes, errno, os, sys
libc = ctypes.CDLL(None, use_errno=True)

class Program(ctypes.Structure):
	_fields_ = [('length', ctypes.c_ushort), ('filter', ctypes.c_char_p)]

code = open(sys.argv[1], 'rb').read()
if (libc.prctl(38, 1, 0, 0, 0) or		# PR_SET_NO_NEW_PRIVS
    libc.prctl(22, 2, ctypes.byref(Program(len(code) // 8, code)), 0, 0)):	# PR_SET_SECCOMP
	sys.exit('load: ' + errno.errorcode[ctypes.get_errno()])
os.execvp(sys.argv[2], sys.argv[2:])
