package main

import "syscall"

// dieWithParent has the kernel kill the engine should the supervisor itself be killed.
func dieWithParent() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
}
