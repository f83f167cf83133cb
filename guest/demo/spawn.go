// SPDX-License-Identifier: GPL-2.0-only
// spawn CGROUP N: have os/exec start /bin/true N times, each in that cgroup from
// its start on. Go does this by clone3() with CLONE_INTO_CGROUP, and has no other
// way.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"syscall"
)

func main() {
	cgroup, err := os.Open(os.Args[1])
	if err != nil {
		fmt.Println(err)
		return
	}
	n, _ := strconv.Atoi(os.Args[2])
	failed, last := 0, ""
	for i := 0; i < n; i++ {
		command := exec.Command("/bin/true")
		command.SysProcAttr = &syscall.SysProcAttr{UseCgroupFD: true, CgroupFD: int(cgroup.Fd())}
		if err := command.Run(); err != nil {
			failed, last = failed+1, ": "+err.Error()
		}
	}
	fmt.Printf("%d started, %d failed%s\n", n-failed, failed, last)
}
