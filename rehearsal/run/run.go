// Package run drives a rehearsal: the real Pulumi engine, the repository's own program and policy
// packs, on simulated clouds.
//
// It promises three things. A rehearsal touches nothing outside its home: no account, no live
// state, no file of the repository. A live run never finds anything a rehearsal made. And a
// rehearsal that was killed at any moment is finished by the next one, with nothing created twice.
package run

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"

	"golang.org/x/sync/errgroup"

	"tenant-runtime/rehearsal/engine"
	"tenant-runtime/rehearsal/home"
	"tenant-runtime/rehearsal/repair"
	"tenant-runtime/rehearsal/sim"
	"tenant-runtime/rehearsal/sim/clouds"
	"tenant-runtime/rehearsal/sim/provider"
	"tenant-runtime/rehearsal/toolchain"
)

// Options say what to rehearse and where.
type Options struct {
	Tools   toolchain.Tools
	Home    string // directory for state, clouds and logs
	Project string // directory of the Pulumi project in the repository; empty means its root
	Out     io.Writer
	Quiet   bool                                       // no progress while engines run
	Brief   bool                                       // one line of progress, even for a single stack
	Edit    func(stack string, content map[string]any) // changes the copies of the stack files
	More    map[string]map[string]any                  // stack files besides the committed ones, by stack

	Checkpoints bool // write the state after every step, as a live run does; several times slower
}

// Rehearsal is one process's use of a home. Only one can be open per home.
type Rehearsal struct {
	engine  *engine.Engine
	home    home.Dir
	project *home.Project
	lock    *os.File
	world   *sim.World
	stop    context.CancelFunc // ends the providers
	out     io.Writer
	brief   bool
}

// Open takes the home, copies the project into it and starts the simulated clouds.
func Open(ctx context.Context, o Options) (_ *Rehearsal, err error) {
	dir, err := filepath.Abs(o.Home)
	if err != nil {
		return nil, err
	}
	r := &Rehearsal{home: home.Dir(dir), out: o.Out, brief: o.Brief || o.Quiet, stop: func() {}}
	if o.Quiet || o.Out == nil {
		r.out = io.Discard
	}
	if err := toolchain.CheckHome(dir); err != nil {
		return nil, err
	}
	if err := r.home.Create(); err != nil {
		return nil, err
	}
	if r.lock, err = r.home.Lock(ctx); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			r.Close()
		}
	}()
	if r.world, err = clouds.Open(r.home.World()); err != nil {
		return nil, err
	}
	serving, stop := context.WithCancel(context.WithoutCancel(ctx)) // an interrupted engine still needs its clouds
	r.stop = stop
	ports, err := provider.Serve(serving, r.world)
	if err != nil {
		return nil, err
	}
	r.engine = &engine.Engine{Tools: o.Tools, Home: r.home, Lock: r.lock, Clouds: ports, Checkpoints: o.Checkpoints}
	r.project, err = r.home.CopyProject(o.Tools.Root, filepath.Join(o.Tools.Root, o.Project), o.Edit, o.More)
	return r, err
}

// Close ends the simulated clouds, which the next rehearsal finds as they were, and frees the home.
func (r *Rehearsal) Close() error {
	var err error
	r.stop()
	if r.world != nil {
		err = r.world.Close()
	}
	return errors.Join(err, r.lock.Close())
}

// World is the simulated clouds, for those who want to look at them or break them.
func (r *Rehearsal) World() *sim.World { return r.world }

// Stacks lists the stacks that have a stack file.
func (r *Rehearsal) Stacks() []string { return r.project.Stacks }

// Check refuses stacks that have no stack file.
func (r *Rehearsal) Check(stacks []string) error { return r.project.Check(stacks) }

func (r *Rehearsal) stack(name string) repair.Stack {
	return repair.Stack{Home: r.home, Project: r.project.Name, Name: name, World: r.world, Pulumi: r.engine}
}

// Pulumi runs the CLI with any arguments, in the foreground, and returns its exit status.
func (r *Rehearsal) Pulumi(ctx context.Context, args ...string) (int, error) {
	if err := r.world.Begin(); err != nil {
		return 1, err
	}
	var stacks errgroup.Group
	for _, name := range r.project.Stacks {
		stacks.Go(func() error {
			_, err := r.stack(name).Begin(ctx)
			return err
		})
	}
	if err := stacks.Wait(); err != nil {
		return 1, err
	}
	err := r.engine.Run(ctx, engine.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}, args...)
	for _, name := range r.project.Stacks {
		err = errors.Join(err, r.stack(name).Finish())
	}
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return exit.ExitCode(), nil
	}
	return 0, err
}
