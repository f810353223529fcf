//go:build !linux

package main

import "syscall"

// dieWithParent: only Linux can tie a process to its parent. Elsewhere an engine survives the kill
// of its supervisor, fails at its next call to a cloud, and ends.
func dieWithParent() *syscall.SysProcAttr { return nil }
