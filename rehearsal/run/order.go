package run

import (
	"fmt"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"tenant-runtime/rehearsal/report"
	"tenant-runtime/stacks/deploy"
)

// configs reads the stacks' files, as far as they can be read: their own program
// says what is wrong with them.
func (r *Rehearsal) configs() map[string]deploy.Config {
	all := map[string]deploy.Config{}
	for _, stack := range r.project.Stacks {
		all[stack], _ = deploy.Read(r.project.Configuration(stack, deploy.Key))
	}
	return all
}

// Everything lists the stacks that a command without stack names means: all that
// own what they need, and those that hang on them.
func (r *Rehearsal) Everything(cloud string) []string {
	var roots []string
	for stack, c := range r.configs() {
		if len(c.References()) == 0 && string(c.Home.Cloud) == cloud {
			roots = append(roots, stack)
		}
	}
	slices.Sort(roots)
	return roots
}

// with adds what hangs on the stacks: stacks that build on them or are part of
// them. A drill is brought up by name, and destroyed with what it builds on.
func (r *Rehearsal) with(verb string, all map[string]deploy.Config, stacks []string) []string {
	return deploy.With(all, stacks, func(stack string) bool {
		if !all[stack].Drill() {
			return true
		}
		state, _, err := r.stack(stack).State()
		return verb == "destroy" && (err != nil || len(state.Recorded()) > 0)
	})
}

// atOnce is how many engines run at the same time: one with its program and packs
// takes up to 1 GB, and more than there are processors for only wait for each other.
var atOnce = 1 + runtime.NumCPU()

// inRounds runs one engine per stack: side by side where stacks do not build on
// each other, otherwise one after the other, to destroy in the other direction. A
// stack whose turn cannot come is reported as skipped.
func (r *Rehearsal) inRounds(all map[string]deploy.Config, stacks []string, verb string, one func(stack string) report.Report) ([]report.Report, error) {
	rounds, err := deploy.Order(all, stacks)
	if err != nil {
		return nil, err
	}
	if verb == "destroy" {
		slices.Reverse(rounds)
	}
	ended := map[string]*report.Report{}
	for _, round := range rounds {
		results := make([]report.Report, len(round))
		var engines errgroup.Group
		engines.SetLimit(atOnce)
		for i, stack := range round {
			if why := r.obstacle(all, stack, verb, ended); why != "" {
				results[i] = report.Report{Stack: stack, Home: r.project.Region(stack), Planned: verb == "preview", Skipped: why}
				continue
			}
			engines.Go(func() error {
				results[i] = one(stack)
				return nil // what went wrong is in the report
			})
		}
		_ = engines.Wait()
		for i, stack := range round {
			ended[stack] = &results[i]
		}
	}
	reports := make([]report.Report, 0, len(stacks))
	for _, stack := range stacks {
		reports = append(reports, *ended[stack])
	}
	return reports, nil
}

// obstacle says why a stack's turn cannot come.
func (r *Rehearsal) obstacle(all map[string]deploy.Config, stack, verb string, ended map[string]*report.Report) string {
	if verb == "destroy" {
		for other, c := range all {
			if result := ended[other]; result != nil && result.Ended() != report.Well && c.BuildsOn(stack) {
				return fmt.Sprintf("cannot go before %s, which builds on it and still stands", other)
			}
		}
		return ""
	}
	var missing []string
	for _, on := range all[stack].Reads() {
		result := ended[string(on)]
		switch {
		case result != nil && result.Ended() != report.Well:
			return fmt.Sprintf("builds on %s, which did not end well", on)
		case !r.stands(string(on)):
			missing = append(missing, string(on))
		}
	}
	switch {
	case len(missing) == 0:
		return ""
	case verb == "preview":
		return fmt.Sprintf("builds on what %s exports, which is known only when that stands", strings.Join(missing, " and "))
	}
	return fmt.Sprintf("builds on %[1]s, which does not stand: go run ./rehearsal up %[1]s", strings.Join(missing, " "))
}

// stands reports whether the stack has outputs that another one could read.
func (r *Rehearsal) stands(stack string) bool {
	state, _, err := r.stack(stack).State()
	return err == nil && len(state.Outputs()) > 0
}
