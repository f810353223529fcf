package rule

import (
	"fmt"
	"reflect"
	"slices"
)

// Check looks at resources and reports what it finds.
type Check struct {
	name     string   // empty, or one of several by which the rule is finer than its requirement
	severity Severity // zero: the rule's
	fix      string   // empty: the rule's
	types    []string
	reads    []string // of a row: its property
	view     reflect.Type
	row      *row                             // of a Row and
	need     *need                            // of Needs: what examples are derived from
	where    *Condition                       // which resources of the types it is about; nil is all
	refuses  bool                             // there is to be no such resource
	one      func(*Resource, *Report)         // a resource by itself
	many     func(*Resource, *Stack, *Report) // a resource among the others
	whole    func(*Stack, *Report)            // the stack at once
}

// On checks every resource of the types by itself, before it is created. A type
// is a token without API version, or all of a cloud: "aws:*".
func On[V any](check func(V, *Report), types ...string) Check {
	return Check{types: types, view: reflect.TypeFor[V](), one: func(res *Resource, r *Report) {
		check(View[V](res), r)
	}}
}

// InStack checks every resource of the types together with the resources it is
// linked to, once all are planned or created. Use it only for what On cannot see:
// during an update it comes too late to stop the resource.
func InStack[V any](check func(V, *Stack, *Report), types ...string) Check {
	return Check{types: types, view: reflect.TypeFor[V](), many: func(res *Resource, s *Stack, r *Report) {
		check(View[V](res), s, r)
	}}
}

// Named gives a check a name of its own: where scanners' catalogues are finer than
// the requirement, a rule holds several named checks.
func (c Check) Named(name string) Check { c.name = name; return c }

// WithSeverity says how bad it is to fail this named check, where the rule's own
// severity does not fit.
func (c Check) WithSeverity(s Severity) Check { c.severity = s; return c }

// WithFix says what to change when this named check fails.
func (c Check) WithFix(fix string) Check { c.fix = fix; return c }

// problems returns what is wrong with what the check says of itself.
func (c Check) problems() []string {
	var found []string
	if c.name == "" && (c.severity != 0 || c.fix != "") {
		found = append(found, "a check with a severity or a fix of its own has a name")
	}
	if c.name != "" && !nameForm.MatchString(c.name) {
		found = append(found, fmt.Sprintf("check %q is not words-with-hyphens", c.name))
	}
	if c.severity < 0 || c.severity > Critical {
		found = append(found, fmt.Sprintf("check %q has an invalid severity", c.name))
	}
	if c.fix != "" && !oneLine(c.fix) {
		found = append(found, fmt.Sprintf("the fix of check %q is not one line", c.name))
	}
	return found
}

// Across checks the stack as a whole, for what must exist at least or at most
// once. It runs on every stack, so it must first look whether it concerns it.
func Across(check func(*Stack, *Report)) Check { return Check{whole: check} }

// Read is a property that a rule looks at.
type Read struct{ Type, Path string }

// Reads lists what a rule's checks look at, for the test that compares it with
// the providers' schemas. Views of linked resources are seen when the examples run.
func (r Rule) Reads() []Read {
	seen := map[Read]bool{}
	for _, check := range r.checks() {
		asked := check.reads
		if check.view != nil {
			asked = paths(check.view, "")
		}
		for _, t := range check.types {
			for _, path := range asked {
				seen[Read{t, path}] = true
			}
		}
	}
	for _, e := range slices.Concat(r.Accepted(), r.Refused()) {
		e.run(&r, func(read Read) { seen[read] = true })
	}
	return sortedReads(seen)
}
