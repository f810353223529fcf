package run

import (
	"fmt"
	"runtime"
	"slices"
	"strings"

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

// Programs lists the programs of the stacks and of all that could come up with them.
func (r *Rehearsal) Programs(stacks []string) []string {
	all := r.configs()
	var programs []string
	for _, stack := range deploy.With(all, stacks, func(string) bool { return true }) {
		programs = append(programs, all[stack].Program())
	}
	slices.Sort(programs)
	return slices.Compact(programs)
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
		if !all[stack].IsDrill() {
			return true
		}
		state, _, err := r.stack(stack).State()
		return verb == "destroy" && (err != nil || len(state.Recorded()) > 0)
	})
}

// atOnce is how many engines run at the same time: one with its program and packs
// takes up to 1 GB, and more than there are processors for only wait for each other.
var atOnce = 1 + runtime.NumCPU()

// turn is a stack's: its report can be read once it is done.
type turn struct {
	report report.Report
	done   chan struct{}
}

// inTurn runs one engine per stack, as soon as those that have to come before it
// have ended: what it reads or, to destroy, what reads it. A stack whose turn cannot
// come is reported as skipped.
func (r *Rehearsal) inTurn(all map[string]deploy.Config, stacks []string, verb string, one func(stack string) report.Report) ([]report.Report, error) {
	if _, err := deploy.Order(all, stacks); err != nil {
		return nil, err
	}
	turns := map[string]*turn{}
	for _, stack := range stacks {
		turns[stack] = &turn{done: make(chan struct{})}
	}
	engines := make(chan struct{}, atOnce)
	for _, stack := range stacks {
		go func() {
			mine := turns[stack]
			defer close(mine.done)
			for before, other := range turns {
				waits := all[stack].BuildsOn(before) && !r.hasMistakes(stack)
				if verb == "destroy" {
					waits = all[before].BuildsOn(stack)
				}
				if waits {
					<-other.done
				}
			}
			if why := r.obstacle(all, stack, verb, turns); why != "" {
				mine.report = report.Report{Stack: stack, Home: r.project.Region(stack), Planned: verb == "preview", Skipped: why}
				return
			}
			engines <- struct{}{}
			defer func() { <-engines }()
			mine.report = one(stack)
		}()
	}
	reports := make([]report.Report, 0, len(stacks))
	for _, stack := range stacks {
		<-turns[stack].done
		reports = append(reports, turns[stack].report)
	}
	return reports, nil
}

// obstacle says why a stack's turn cannot come. Those before it have ended.
func (r *Rehearsal) obstacle(all map[string]deploy.Config, stack, verb string, turns map[string]*turn) string {
	if verb == "destroy" {
		for other, its := range turns {
			if all[other].BuildsOn(stack) && its.report.Ended() != report.Well {
				return fmt.Sprintf("cannot go before %s, which builds on it and still stands", other)
			}
		}
		return ""
	}
	for _, on := range all[stack].References() {
		if !slices.Contains(r.project.Stacks, string(on)) {
			return fmt.Sprintf("names stack %s, which has no stack file: correct the name, or write that file", on)
		}
	}
	if r.hasMistakes(stack) {
		return "" // its program says so, and needs nobody else for that
	}
	var missing []string
	for _, on := range all[stack].Reads() {
		its, chosen := turns[string(on)]
		switch {
		case chosen && its.report.Ended() != report.Well:
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

// hasMistakes reports whether the stack's file cannot be read as it is.
func (r *Rehearsal) hasMistakes(stack string) bool {
	_, problems := deploy.Read(r.project.Configuration(stack, deploy.Key))
	return len(problems) > 0
}

// stands reports whether the stack has outputs that another one could read.
func (r *Rehearsal) stands(stack string) bool {
	state, _, err := r.stack(stack).State()
	return err == nil && len(state.Outputs()) > 0
}
