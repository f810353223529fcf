// Command rehearsal brings the stacks up with the real Pulumi engine on simulated clouds: no
// account, no credentials, nothing to install but Go. Try `go run ./rehearsal up`.
//
// This file is only the launcher. It compiles the command proper (rehearsal/command), with progress
// on standard error, then becomes that command, which compiles what it starts. That takes minutes
// the first time; `go run` on a program that does all of it would take them in silence.
package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"

	"tenant-runtime/rehearsal/toolchain"
)

func main() {
	if err := launch(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "rehearsal:", err)
		os.Exit(1)
	}
}

func launch(args []string) error {
	wd, err := os.Getwd()
	if err != nil {
		return err
	}
	root, err := toolchain.Root(wd)
	if err != nil {
		return err
	}
	home, err := filepath.Abs(cmp.Or(homeFlag(args), toolchain.Home(root)))
	if err != nil {
		return err
	}
	if err := toolchain.CheckHome(home); err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	tools := toolchain.In(root, home)
	if err := tools.Build(ctx, os.Stderr, toolchain.Command); err != nil {
		return err
	}
	stop()
	env := append(os.Environ(), toolchain.HomeVariable+"="+home)
	return syscall.Exec(tools.Path(toolchain.Command), append([]string{"rehearsal"}, args...), env)
}

// homeFlag finds --home among the arguments, which the second stage parses properly; nothing is the
// default. What follows "--" belongs to Pulumi.
func homeFlag(args []string) string {
	for i, arg := range args {
		if arg == "--" {
			break
		}
		if value, ok := strings.CutPrefix(arg, "--home="); ok {
			return value
		}
		if arg == "--home" && i+1 < len(args) {
			return args[i+1]
		}
	}
	return ""
}
