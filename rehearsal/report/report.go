// Package report is what became of the stacks of a rehearsal, and how it is told.
package report

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"tenant-runtime/policy/rule"
)

// Report is what became of one stack.
type Report struct {
	Stack    string
	Home     string // region the runtime lives in
	Changes  Changes
	Findings []rule.Finding // the worst first
	Errors   []string       // what the engine or the program said, colours removed
	Notes    []string       // what the rehearsal did about the stack beyond the engine's run
	Outputs  map[string]any // after an up
	Residue  []Residue      // after a destroy
	Took     time.Duration
	Failed   bool
	Skipped  string // why its turn never came
	Shown    bool   // Pulumi itself has printed findings and errors
	Planned  bool   // a preview: nothing was changed
}

// Outcome is how a stack ended, in a word.
type Outcome string

// The outcomes.
const (
	Well    Outcome = "well"
	Failed  Outcome = "FAILED"
	Skipped Outcome = "skipped"
)

// Ended says how the stack ended.
func (r *Report) Ended() Outcome {
	switch {
	case r.Skipped != "":
		return Skipped
	case r.Failed:
		return Failed
	}
	return Well
}

// Mandatory counts the findings that stop a deployment.
func (r *Report) Mandatory() int {
	n := 0
	for _, f := range r.Findings {
		if f.Level == rule.Mandatory {
			n++
		}
	}
	return n
}

// Bad reports whether what was asked for did not happen or must not. A preview that
// has to wait for what another stack exports is not bad: everything that can be
// planned was.
func (r *Report) Bad() bool {
	return r.Failed || r.Mandatory() > 0 || r.Skipped != "" && !r.Planned
}

// Label shortens a URN to type and name: urn:pulumi:STACK::PROJECT::PARENTS$TYPE::NAME.
func Label(urn string) string {
	parts := strings.SplitN(urn, "::", 4)
	if len(parts) < 4 {
		return urn
	}
	types := strings.Split(parts[2], "$")
	return types[len(types)-1] + " " + parts[3]
}

// Join separates what there is to say.
func Join(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), " · ")
}

// Seconds renders a duration as people read it.
func Seconds(d time.Duration) string {
	if d < 10*time.Second {
		return fmt.Sprintf("%.1f s", d.Seconds())
	}
	return fmt.Sprintf("%.0f s", d.Seconds())
}
