// Package rule says what a policy rule is and runs rules inside Pulumi's engine.
//
// Promises: a value that is not known yet is neither a pass nor a failure but is
// deferred and counted; a check that panics is a finding of its own rule and
// silences no other; a secret is never printed; a rule that does not concern a
// type of resource costs nothing there.
package rule

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"tenant-runtime/regions"
)

// Rule is one requirement made checkable: metadata, checks per cloud, examples.
type Rule struct {
	ID       string // the requirement's: ENC-07
	Name     string // what it asks for, as in a file name: rotation
	Title    string // one sentence that is true when the rule passes
	Severity Severity
	Level    Level
	Why      string // one line
	Fix      string // one line: what to change in the program
	Checks   regions.Each[Checks]
	Always   []Check   // of what belongs to no cloud, such as the stack itself; most rules have none
	Good     []Example // those of rows and needs are derived
	Bad      []Example // likewise; each names the property it must be caught on
}

// Checks is how one cloud is checked, or why it is not.
type Checks struct {
	list   []Check
	reason string
	part   string
}

// By lists the checks of a cloud.
func By(checks ...Check) Checks { return Checks{list: checks} }

// NotApplicable gives the one-line reason why a cloud never has a check.
func NotApplicable(reason string) Checks { return Checks{reason: reason} }

// Pending says that a cloud has no check yet, because the part of a runtime that
// it looks at is not built there: the check comes with the part.
func Pending(part string) Checks { return Checks{part: part} }

// List returns the checks; it is empty if and only if Reason or Part is not.
func (c Checks) List() []Check { return c.list }

// Reason returns why there is no check and never will be.
func (c Checks) Reason() string { return c.reason }

// Part returns the part of a runtime that the check waits for.
func (c Checks) Part() string { return c.part }

// Wait is a rule that waits for a part of a runtime to be built on a cloud.
type Wait struct {
	Rule  string // ENC-07
	Cloud regions.Cloud
	Part  string // the component's name: edge
}

// Waits lists what the rules wait for, in their order.
func Waits(rules []Rule) []Wait {
	var waits []Wait
	for _, r := range rules {
		for _, cloud := range regions.Clouds {
			if part := r.Checks.Of(cloud).part; part != "" {
				waits = append(waits, Wait{r.ID, cloud, part})
			}
		}
	}
	return waits
}

// Policy is the rule's name in the engine: ENC-07-rotation.
func (r Rule) Policy() string { return r.ID + "-" + r.Name }

// control is the rule, or one of its checks, as findings cite it.
func (r Rule) control(check Check) Control {
	c := Control{
		Pack: r.Pack(), Rule: r.ID, Name: r.Name, Check: check.name, Title: r.Title, Severity: r.Severity, Level: r.Level,
		Why: r.Why, Fix: r.Fix, See: strings.Join(r.References(), " | "),
	}
	if check.severity != 0 {
		c.Severity = check.severity
	}
	if check.fix != "" {
		c.Fix = check.fix
	}
	return c
}

// Area is the part of the requirement catalogue the rule belongs to: ENC.
func (r Rule) Area() string { area, _, _ := strings.Cut(r.ID, "-"); return area }

// Pack is the name of the policy pack that runs the rule.
func (r Rule) Pack() string {
	switch r.Area() {
	case "RES":
		return Residency
	case "BAK", "HAD":
		return Continuity
	}
	return Hardening
}

// The packs.
const (
	Hardening  = "hardening"
	Residency  = "residency"
	Continuity = "continuity"
)

// Packs lists the packs.
var Packs = []string{Hardening, Residency, Continuity}

func (r Rule) checks() []Check {
	all := slices.Clone(r.Always)
	for _, c := range regions.Clouds {
		all = append(all, r.Checks.Of(c).list...)
	}
	return all
}

var (
	idForm   = regexp.MustCompile(`^[A-Z]{3}-\d{2}$`)
	nameForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
)

// Problems returns what is wrong with the rule's metadata, all at once.
func (r Rule) Problems() []string {
	var found []string
	wrong := func(format string, args ...any) {
		found = append(found, fmt.Sprintf("%s: ", r.ID)+fmt.Sprintf(format, args...))
	}
	if !idForm.MatchString(r.ID) {
		wrong("ID %q is not of the form ENC-07", r.ID)
	} else if frameworks[r.Area()] == nil {
		wrong("area %q has no framework references", r.Area())
	}
	if !nameForm.MatchString(r.Name) {
		wrong("Name %q is not words-with-hyphens", r.Name)
	}
	for field, text := range map[string]string{"Title": r.Title, "Why": r.Why, "Fix": r.Fix} {
		if !oneLine(text) {
			wrong("%s is not one line", field)
		}
	}
	if r.Severity < Low || r.Severity > Critical {
		wrong("Severity is not set")
	}
	if r.Level != Advisory && r.Level != Mandatory {
		wrong("Level is not set")
	}
	for _, cloud := range regions.Clouds {
		checks := r.Checks.Of(cloud)
		if one := exactlyOne(len(checks.list) > 0, checks.reason != "", checks.part != ""); !one {
			wrong("%s: give either checks, or the reason why there are none, or the part they wait for", cloud)
		}
		for _, p := range r.problemsOf(cloud, checks.list) {
			wrong("%s: %s", cloud, p)
		}
	}
	for _, p := range r.problemsOf("", r.Always) {
		wrong("without cloud: %s", p)
	}
	slices.Sort(found)
	return found
}

// problemsOf insists on examples of both kinds for a cloud's checks, and that the
// checks look only at the cloud's own resources.
func (r Rule) problemsOf(cloud regions.Cloud, checks []Check) []string {
	var found []string
	for _, check := range checks {
		found = append(found, check.problems()...)
		for _, t := range check.types {
			if c, _ := CloudOf(t); c != cloud {
				found = append(found, fmt.Sprintf("type %q does not belong here", t))
			}
		}
	}
	of := func(e Example) bool { return e.cloud() == cloud }
	good, bad := slices.ContainsFunc(r.Accepted(), of), slices.ContainsFunc(r.Refused(), of)
	if len(checks) > 0 && !(good && bad) {
		found = append(found, "give at least one good and one bad example")
	}
	if len(checks) == 0 && (good || bad) {
		found = append(found, "there are examples but no checks")
	}
	return found
}

func exactlyOne(conditions ...bool) bool {
	n := 0
	for _, c := range conditions {
		if c {
			n++
		}
	}
	return n == 1
}

func oneLine(text string) bool { return text != "" && !strings.ContainsAny(text, "\r\n") }
