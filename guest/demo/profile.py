# SPDX-License-Identifier: GPL-2.0-only
# profile.py bpf PROFILE: what libseccomp makes of a profile of Docker or podman,
# on standard output. profile.py crun PROFILE FILTER COMMAND...: the config.json of
# a container that runs COMMAND under it, or, if FILTER is not "-", under the filter
# in that file.
#
# Docker and podman do this in Go: they take the parts of the profile that are for
# this architecture and for the capabilities of the container, here the default ones.
import base64, errno, json, sys

CAPS = ['CAP_' + name for name in '''CHOWN DAC_OVERRIDE FSETID FOWNER MKNOD NET_RAW SETGID SETUID
	SETFCAP SETPCAP NET_BIND_SERVICE SYS_CHROOT KILL AUDIT_WRITE'''.split()]

def meant(part):
	wants, not_for = part.get('includes') or {}, part.get('excludes') or {}
	arches = wants.get('arches')
	return (not set(wants.get('caps', [])) - set(CAPS) and (not arches or 'amd64' in arches) and
		not set(not_for.get('caps', [])) & set(CAPS) and 'amd64' not in not_for.get('arches', []))

def for_crun(profile):
	parts = [dict(names=part['names'], action=part['action'], args=part.get('args') or [],
		**({'errnoRet': part['errnoRet']} if 'errnoRet' in part else {}))
		for part in profile['syscalls'] if meant(part)]
	return dict(defaultAction=profile['defaultAction'], defaultErrnoRet=profile['defaultErrnoRet'],
		architectures=['SCMP_ARCH_X86_64', 'SCMP_ARCH_X86', 'SCMP_ARCH_X32'], syscalls=parts)

def by_libseccomp(policy, out):
	import seccomp
	def action(word, number):
		return {'SCMP_ACT_ALLOW': seccomp.ALLOW, 'SCMP_ACT_ERRNO': seccomp.ERRNO(number)}[word]
	def argument(arg):
		name, value, other = arg['op'].replace('SCMP_CMP_', ''), arg['value'], arg.get('valueTwo', 0)
		if name == 'MASKED_EQ': return seccomp.Arg(arg['index'], seccomp.MASKED_EQ, value, other)
		return seccomp.Arg(arg['index'], getattr(seccomp, name), value)
	default = action(policy['defaultAction'], policy['defaultErrnoRet'])
	result = seccomp.SyscallFilter(defaction=default)
	for arch in (seccomp.Arch.X86, seccomp.Arch.X32): result.add_arch(arch)
	for part in policy['syscalls']:
		answer = action(part['action'], part.get('errnoRet', errno.EPERM))
		if answer == default: continue
		for name in part['names']:
			try: result.add_rule(answer, name, *map(argument, part['args']))
			except ValueError: pass		# a call that this libseccomp does not know
			except RuntimeError as e: sys.stderr.write(f'profile: {name}: {e}\n')
	result.export_bpf(out)

def bundle(policy, filter, command):
	bind = lambda path: dict(destination=path, type='bind', source=path, options=['rbind'])
	config = dict(ociVersion='1.0.0', root=dict(path='rootfs'), hostname='demo',
		process=dict(user=dict(uid=0, gid=0), cwd='/', noNewPrivileges=True, args=command,
			env=['PATH=/usr/sbin:/usr/bin', 'PYTHONDONTWRITEBYTECODE=1']),
		mounts=[dict(destination='/proc', type='proc', source='proc')] +
			[bind(path) for path in ('/dev', '/usr', '/etc', '/tmp', '/sys')],
		linux=dict(namespaces=[dict(type=name) for name in ('pid', 'mount', 'uts', 'ipc', 'cgroup')],
			seccomp=policy))
	if filter != '-':
		data = base64.b64encode(open(filter, 'rb').read()).decode()
		config['annotations'] = {'run.oci.seccomp_bpf_data': data}
	json.dump(config, sys.stdout)

policy = for_crun(json.load(open(sys.argv[2])))
if sys.argv[1] == 'bpf': by_libseccomp(policy, sys.stdout.buffer)
else: bundle(policy, sys.argv[3], sys.argv[4:])
