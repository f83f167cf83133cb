#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# hypervisor.sh: what guest/hexagon/hypervisor.S cannot do ends the guest at once, with
# one line that says what it was. In place of Linux run guests of a few instructions.
# A step of `make matrix`: `make test` does not have the toolbox that QEMU is in.
. "$(dirname "$0")/../scripts/lib.sh"
load_target hexagon
out=$build/hypervisor
mkdir -p "$out/include/generated"
cd "$out"
echo '#define CONFIG_LOG_BUF_SHIFT 17' >include/generated/autoconf.h
failed=0

# guest NAME LINE CODE: what must be printed, by a guest of this code
guest() {
	{
		printf '\t.text\n\t.globl _start\n_start:\n%b\n' "$3"
		for symbol in external_cmdline_buffer initrd_start initrd_end __log_buf \
				_printk_rb_static_descs _printk_rb_static_infos _K_provisional_vec; do
			printf '\t.globl %s\n\t.set %s, 0xc0100000\n' $symbol $symbol
		done
	} >guest.S
	"clang$llvm" --target=hexagon -mv68 -c -o guest.o guest.S
	"ld.lld$llvm" -Ttext=0xc0000000 -e _start -o vmlinux guest.o
	"$finish" .
	# shellcheck disable=SC2086 # the target's words
	timeout 20 $qemu -display none -monitor none -serial stdio -no-reboot -kernel "$out/hypervisor" </dev/null >said 2>&1 || :
	if [ "$(wc -l <said)" = 1 ] && grep -q "^hypervisor: $2" said; then
		echo "ok $1"
	else
		echo "not ok $1"
		head -n 3 said
		failed=1
	fi
}
guest 'a call that it does not have' 'the guest made a call that it does not have; number 00000017 ' 'trap1(#23)'
guest 'a wait without a timer' 'the guest waits, and no timer is set; ' 'trap1(#16)'
guest 'a fault before there are vectors' 'an event that the guest cannot take yet; cause 00000001 ' 'trap0(#1)'
guest 'a page table where no memory is' 'an exception in the hypervisor itself; cause 00000003 ' \
	'r0 = ##0x30000000\nr1 = #1\ntrap1(#11)\nr0 = memw(r0 + #0)'
guest 'a single step' 'the guest wants to single-step, which it does not have; ' \
	'r0 = #0\nr1 = ##0x20000000\ntrap1(#21)\ntrap1(#1)'
exit $failed
