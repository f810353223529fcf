package run

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"tenant-runtime/rehearsal/sim"
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

	Checkpoints bool // write the state after every step, as a live run does; several times slower
}

// Rehearsal is one process's use of a home. Only one can be open per home.
type Rehearsal struct {
	tools   toolchain.Tools
	home    home
	project *project
	lock    *os.File
	world   *sim.World
	ports   provider.Ports
	stop    context.CancelFunc // ends the providers
	out     io.Writer
	quiet   bool
	brief   bool

	checkpoints bool
}

// Open takes the home, copies the project into it and starts the simulated clouds.
func Open(ctx context.Context, o Options) (_ *Rehearsal, err error) {
	dir, err := filepath.Abs(o.Home)
	if err != nil {
		return nil, err
	}
	r := &Rehearsal{tools: o.Tools, home: home(dir), out: o.Out, quiet: o.Quiet, brief: o.Brief, checkpoints: o.Checkpoints}
	if r.out == nil {
		r.out = io.Discard
	}
	if err := r.home.create(); err != nil {
		return nil, err
	}
	if r.lock, err = r.home.lock(ctx); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			r.Close()
		}
	}()
	serving, stop := context.WithCancel(context.WithoutCancel(ctx)) // an interrupted engine still needs its clouds
	r.stop = stop
	if r.world, r.ports, err = startClouds(serving, r.home.world()); err != nil {
		return nil, err
	}
	source := filepath.Join(o.Tools.Root, o.Project)
	r.project, err = copyProject(o.Tools.Root, source, r.home.path("project"), o.Edit)
	return r, err
}

// Close ends the simulated clouds, which the next rehearsal finds as they were, and frees the home.
func (r *Rehearsal) Close() error {
	var err error
	if r.world != nil {
		r.stop()
		err = r.world.Close()
	}
	return errors.Join(err, r.lock.Close())
}

// Stacks lists the stacks that have a stack file.
func (r *Rehearsal) Stacks() []string { return r.project.stacks }

// Up deploys the stacks side by side. Each report tells whether its stack ended well.
func (r *Rehearsal) Up(ctx context.Context, stacks ...string) ([]Report, error) {
	return r.each(ctx, stacks, append([]string{"up", "--yes"}, r.packs()...))
}

// Preview tells what Up would do, and what the policy packs say to it.
func (r *Rehearsal) Preview(ctx context.Context, stacks ...string) ([]Report, error) {
	return r.each(ctx, stacks, append([]string{"preview"}, r.packs()...))
}

// Destroy removes all the stacks' resources that their clouds let go of.
func (r *Rehearsal) Destroy(ctx context.Context, stacks ...string) ([]Report, error) {
	return r.each(ctx, stacks, []string{"destroy", "--yes", "--continue-on-error"})
}

// Pulumi runs the CLI with any arguments, in the foreground, and returns its exit status.
func (r *Rehearsal) Pulumi(ctx context.Context, args ...string) (int, error) {
	if err := r.world.Begin(); err != nil {
		return 1, err
	}
	var stacks errgroup.Group
	for _, stack := range r.project.stacks {
		stacks.Go(func() error {
			_, err := r.prepare(ctx, stack)
			return err
		})
	}
	if err := stacks.Wait(); err != nil {
		return 1, err
	}
	err := r.cli(ctx, streams{in: os.Stdin, out: os.Stdout, err: os.Stderr}, args...)
	for _, stack := range r.project.stacks {
		err = errors.Join(err, r.finish(stack))
	}
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return exit.ExitCode(), nil
	}
	return 0, err
}

// packs are the repository's policy packs, by directory.
func (r *Rehearsal) packs() []string {
	found, _ := filepath.Glob(filepath.Join(r.tools.Root, "policy", "*", "PulumiPolicy.yaml"))
	var args []string
	for _, file := range found {
		args = append(args, "--policy-pack", filepath.Dir(file))
	}
	return args
}

// each runs one engine per stack, all at once.
func (r *Rehearsal) each(ctx context.Context, stacks, command []string) ([]Report, error) {
	if err := r.project.check(stacks); err != nil {
		return nil, err
	}
	if err := r.world.Begin(); err != nil {
		return nil, err
	}
	show := r.display(stacks, command[0])
	reports := make([]Report, len(stacks))
	var engines sync.WaitGroup
	for i, stack := range stacks {
		engines.Go(func() {
			reports[i] = r.one(ctx, stack, command, show)
		})
	}
	engines.Wait()
	show.end()
	return reports, nil
}

// one runs the engine for a stack. Whatever goes wrong is in the report: the other stacks go on.
func (r *Rehearsal) one(ctx context.Context, stack string, command []string, show *display) Report {
	report := Report{Stack: stack, Home: r.project.homeRegion(stack)}
	events, start := newSummary(), time.Now()
	show.start(stack, events)
	defer show.done(stack, &report)
	fail := func(err error) Report {
		report.Failed, report.Took = true, time.Since(start)
		report.Errors = append(report.Errors, err.Error())
		return report
	}
	notes, err := r.prepare(ctx, stack)
	report.Notes = notes
	if err != nil {
		return fail(err)
	}
	if command[0] == "destroy" {
		notes, err := r.unprotect(stack)
		report.Notes = append(report.Notes, notes...)
		if err != nil {
			return fail(err)
		}
	}
	address, stop, err := listen(events.add)
	if err != nil {
		return fail(err)
	}
	defer stop()
	log, err := os.Create(filepath.Join(r.home.logs(), stack+".log"))
	if err != nil {
		return fail(err)
	}
	defer log.Close()

	args := append(append([]string{}, command...), "--stack", stack, "--event-log", address)
	err = r.cli(ctx, show.streams(log), append(args, show.flags()...)...)
	report.Took, report.Failed, report.Shown = time.Since(start), err != nil, show.single
	noise := events.fill(&report, command[0])
	switch {
	case ctx.Err() != nil:
		report.Errors = []string{"interrupted: run the same command again, it goes on from here"}
	case err != nil && len(report.Errors) == 0 && report.Mandatory() == 0:
		report.Errors = append(noise, fmt.Sprintf("pulumi %s: %v; see %s", command[0], err, log.Name()))
	}
	if err := errors.Join(r.finish(stack), r.conclude(&report, command[0])); err != nil {
		return fail(err)
	}
	return report
}

// conclude adds what only the state and the clouds know.
func (r *Rehearsal) conclude(report *Report, verb string) error {
	state, _, err := r.home.readState(r.project.name, report.Stack)
	if err != nil {
		return err
	}
	switch verb {
	case "preview":
		report.Planned = true
	case "up":
		if !report.Failed { // otherwise they are the last run's
			report.Outputs = state.outputs()
		}
	case "destroy":
		clean := false
		report.Residue, clean = residue(state, r.world.Residue(report.Stack))
		if clean {
			report.Failed, report.Errors = false, nil
		}
	}
	return nil
}
