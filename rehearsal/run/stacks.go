package run

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"tenant-runtime/rehearsal/console"
	"tenant-runtime/rehearsal/engine"
	"tenant-runtime/rehearsal/report"
)

// Up deploys the stacks and those that hang on them. Each report tells whether its stack ended well.
func (r *Rehearsal) Up(ctx context.Context, stacks ...string) ([]report.Report, error) {
	return r.each(ctx, stacks, "up", append([]string{"--yes"}, r.packs()...))
}

// Preview tells what Up would do, and what the policy packs say to it.
func (r *Rehearsal) Preview(ctx context.Context, stacks ...string) ([]report.Report, error) {
	return r.each(ctx, stacks, "preview", r.packs())
}

// Destroy removes all the stacks' resources that their clouds let go of.
func (r *Rehearsal) Destroy(ctx context.Context, stacks ...string) ([]report.Report, error) {
	return r.each(ctx, stacks, "destroy", []string{"--yes", "--continue-on-error"})
}

// packs are the repository's policy packs, by directory.
func (r *Rehearsal) packs() []string {
	found, _ := filepath.Glob(filepath.Join(r.engine.Tools.Root, "policy", "*", "PulumiPolicy.yaml"))
	var args []string
	for _, file := range found {
		args = append(args, "--policy-pack", filepath.Dir(file))
	}
	return args
}

// each runs one engine per stack, and per stack that hangs on one of them.
func (r *Rehearsal) each(ctx context.Context, stacks []string, verb string, args []string) ([]report.Report, error) {
	if err := r.project.Check(stacks); err != nil {
		return nil, err
	}
	all := r.configs()
	stacks = r.with(verb, all, stacks)
	if err := r.world.Begin(); err != nil {
		return nil, err
	}
	show := console.New(r.out, verb, stacks, r.brief)
	defer show.End()
	return r.inTurn(all, stacks, verb, func(stack string) report.Report {
		result := r.one(ctx, stack, verb, args, show)
		show.Done(stack, &result)
		return result
	})
}

// one runs the engine for a stack. Whatever goes wrong is in the report: the other stacks go on.
func (r *Rehearsal) one(ctx context.Context, stack, verb string, args []string, show *console.Console) report.Report {
	result := report.Report{Stack: stack, Home: r.project.Region(stack), Planned: verb == "preview", Shown: show.Alone()}
	start := time.Now()
	err := r.attempt(ctx, stack, verb, args, show, &result)
	result.Took = time.Since(start)
	if err != nil {
		result.Failed, result.Shown = true, false
		result.Errors = append(result.Errors, err.Error())
	}
	return result
}

// attempt fills the report; its error is what kept the engine from running or the outcome from being
// known. That the engine itself failed is no error here.
func (r *Rehearsal) attempt(ctx context.Context, stack, verb string, args []string, show *console.Console, result *report.Report) error {
	notes, err := r.stack(stack).Begin(ctx)
	result.Notes = notes
	if err != nil {
		return err
	}
	if verb == "destroy" {
		notes, err := r.unprotect(stack)
		result.Notes = append(result.Notes, notes...)
		if err != nil {
			return err
		}
	}
	progress := engine.NewProgress()
	show.Start(stack, progress)
	address, stop, err := engine.Listen(progress.Add)
	if err != nil {
		return err
	}
	defer stop()
	log, err := os.Create(filepath.Join(r.home.Logs(), stack+".log"))
	if err != nil {
		return err
	}
	defer log.Close()

	command := append([]string{verb, "--stack", stack, "--event-log", address}, args...)
	err = r.engine.Run(ctx, show.Streams(os.Stdin, log), append(command, show.Flags()...)...)
	result.Failed = err != nil
	noise := progress.Fill(result, verb)
	switch {
	case ctx.Err() != nil:
		result.Errors = []string{"interrupted: run the same command again, it goes on from here"}
	case err != nil && len(result.Errors) == 0 && result.Mandatory() == 0:
		result.Errors = append(noise, fmt.Sprintf("pulumi %s: %v; see %s", verb, err, log.Name()))
	}
	return errors.Join(r.stack(stack).Finish(), r.conclude(result, verb))
}

// conclude adds what only the state and the clouds know.
func (r *Rehearsal) conclude(result *report.Report, verb string) error {
	state, _, err := r.stack(result.Stack).State()
	if err != nil {
		return err
	}
	switch verb {
	case "up":
		if !result.Failed { // otherwise they are the last run's
			result.Outputs = state.Outputs()
		}
	case "destroy":
		kept, clean := residue(state.Recorded(), r.world.Residue(result.Stack))
		result.Residue = kept
		if clean {
			result.Failed, result.Errors = false, nil
		}
	}
	return nil
}
