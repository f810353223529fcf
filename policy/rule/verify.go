package rule

import (
	"fmt"
	"strconv"
	"strings"
)

// Verify runs a rule's examples and returns everything that is wrong:
//   - a good example has no finding, and something known was judged in it;
//   - a bad example is found where it says, and nowhere else;
//   - a bad example whose caught value is unknown is not found but deferred.
func (r Rule) Verify() []string {
	var problems []string
	say := func(kind string, i int, format string, args ...any) {
		problems = append(problems, fmt.Sprintf("%s: %s example %d: ", r.ID, kind, i)+fmt.Sprintf(format, args...))
	}
	for i, e := range r.Accepted() {
		out := e.run(&r, nil)
		for _, f := range out.Findings {
			say("good", i, "is refused: %s", f)
		}
		if out.looked == 0 {
			say("good", i, "passes because no check looked at a known value")
		}
	}
	for i, e := range r.Refused() {
		for _, p := range e.verifyBad(&r) {
			say("bad", i, "%s", p)
		}
	}
	return problems
}

func (e Example) verifyBad(r *Rule) []string {
	urn := e.caughtURN()
	var problems []string
	out := e.run(r, nil)
	for _, f := range out.Findings {
		if f.URN != urn || f.Property != e.Caught {
			problems = append(problems, fmt.Sprintf("is caught elsewhere: %s %s", f.URN, f))
		}
	}
	if len(out.Findings) == 0 {
		problems = append(problems, fmt.Sprintf("is not caught (%d values deferred)", len(out.Deferrals)))
	}
	if e.Caught == "" || strings.HasPrefix(e.Caught, "provider.") || e.DecidedWithout || len(problems) > 0 {
		return problems
	}
	on := 0
	if e.On != "" {
		on = e.index(e.On)
	}
	out = e.without(on, e.Caught).run(r, nil)
	for _, f := range out.Findings {
		problems = append(problems, fmt.Sprintf("is caught although %s is unknown: %s", e.Caught, f))
	}
	if len(out.Deferrals) == 0 {
		problems = append(problems, fmt.Sprintf("is not deferred although %s is unknown", e.Caught))
	}
	return problems
}

// segments splits a property path: rules[0].status is rules, 0, status.
func segments(path string) []any {
	var all []any
	for _, part := range strings.Split(path, ".") {
		name, rest, _ := strings.Cut(part, "[")
		all = append(all, name)
		for rest != "" {
			var index string
			index, rest, _ = strings.Cut(rest, "]")
			rest = strings.TrimPrefix(rest, "[")
			if i, err := strconv.Atoi(index); err == nil {
				all = append(all, i)
			}
		}
	}
	return all
}

// Overlaps runs every rule on the others' bad examples and returns where two of
// them object to the same property: one mistake should read as one finding.
func Overlaps(rules []Rule) []string {
	var problems []string
	for _, owner := range rules {
		for i, e := range owner.Refused() {
			if e.Caught == "" {
				continue
			}
			for _, other := range rules {
				if other.ID == owner.ID {
					continue
				}
				for _, f := range e.run(&other, nil).Findings {
					if f.URN == e.caughtURN() && f.Property == e.Caught {
						problems = append(problems, fmt.Sprintf("%s and %s both object to %s of bad example %d of %s", owner.ID, other.ID, f.Property, i, owner.ID))
					}
				}
			}
		}
	}
	return problems
}

// caughtURN names the resource a bad example is caught on; empty is the stack.
func (e Example) caughtURN() string {
	switch e.On {
	case TheStack:
		return ""
	case "":
		return e.urn(0)
	}
	return e.urn(e.index(e.On))
}
