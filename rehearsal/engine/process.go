// Package engine runs the real Pulumi: one process per command, in an environment that leads to no
// account, and the stream of events that tells what it does.
package engine

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"syscall"

	"tenant-runtime/rehearsal/home"
	"tenant-runtime/rehearsal/sim/provider"
	"tenant-runtime/rehearsal/toolchain"
)

// Engine starts the pinned Pulumi on a home's project and simulated clouds.
type Engine struct {
	Tools       toolchain.Tools
	Home        home.Dir
	Lock        *os.File       // the home's; every process inherits it
	Clouds      provider.Ports // of the simulated providers
	Checkpoints bool           // write the state after every step, as a live run does
}

// Streams are a process's standard files. The zero value is silent.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
}

// Run runs a command of Pulumi's under its supervisor. Cancelling ctx asks it to finish what it is
// doing, write its state and end.
func (e *Engine) Run(ctx context.Context, s Streams, args ...string) error {
	watched, held, err := os.Pipe()
	if err != nil {
		return err
	}
	defer held.Close() // the supervisor lets its engine live as long as this end is open
	defer watched.Close()

	var command []string
	for name, port := range e.Clouds {
		command = append(command, "-cloud", fmt.Sprintf("%s=127.0.0.1:%d", name, port))
	}
	command = append(append(command, e.Tools.Path(toolchain.Pulumi)), args...)
	cmd := exec.CommandContext(ctx, e.Tools.Path(toolchain.Supervisor), command...)
	cmd.Dir = e.Home.Project()
	cmd.Env = environment(os.Environ(), e.Home, e.Tools)
	if !e.Checkpoints {
		cmd.Env = append(cmd.Env, withoutCheckpoints)
	}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = s.In, s.Out, s.Err
	cmd.ExtraFiles = []*os.File{watched, e.Lock}
	// A session of its own: Ctrl-C reaches only us, and we pass it on once.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	return cmd.Run()
}

// Output runs a command and returns what it printed; its complaints become the error.
func (e *Engine) Output(ctx context.Context, args ...string) ([]byte, error) {
	var out, complaints bytes.Buffer
	err := e.Run(ctx, Streams{Out: &out, Err: &complaints}, append(args, "--non-interactive", "--color=never")...)
	if err != nil {
		return nil, fmt.Errorf("pulumi %s: %w\n%s%s", args[0], err, &out, &complaints)
	}
	return out.Bytes(), nil
}
