package run

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"syscall"
)

// streams are a child's standard files. The zero value is silent.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// cli runs the pinned Pulumi in the rehearsal's environment, on its leash. Cancelling ctx asks the
// engine to finish what it is doing, write its state and end.
func (r *Rehearsal) cli(ctx context.Context, s streams, args ...string) error {
	watched, held, err := os.Pipe()
	if err != nil {
		return err
	}
	defer held.Close() // the leash lets its engine live as long as this end is open
	defer watched.Close()

	var leash []string
	for name, port := range r.ports {
		leash = append(leash, "-cloud", fmt.Sprintf("%s=127.0.0.1:%d", name, port))
	}
	leash = append(leash, r.tools.Pulumi())
	cmd := exec.CommandContext(ctx, r.tools.Leash(), append(leash, args...)...)
	cmd.Dir = r.project.dir
	cmd.Env = environment(os.Environ(), r.home, r.tools)
	if !r.checkpoints {
		cmd.Env = append(cmd.Env, withoutCheckpoints...)
	}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = s.in, s.out, s.err
	cmd.ExtraFiles = []*os.File{watched, r.lock}
	// A session of its own: Ctrl-C reaches only us, and we pass it on once.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	return cmd.Run()
}

// output runs the CLI and returns what it printed; its complaints become the error.
func (r *Rehearsal) output(ctx context.Context, args ...string) ([]byte, error) {
	var out, complaints tail
	err := r.cli(ctx, streams{out: &out, err: &complaints}, append(args, "--non-interactive", "--color=never")...)
	if err != nil {
		return nil, fmt.Errorf("pulumi %s: %w\n%s%s", args[0], err, out.text, complaints.text)
	}
	return out.text, nil
}

type tail struct{ text []byte }

func (t *tail) Write(p []byte) (int, error) {
	t.text = append(t.text, p...)
	return len(p), nil
}
