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
	for i, e := range r.Good {
		out := e.run(&r, nil)
		for _, f := range out.Findings {
			say("good", i, "is refused: %s", f)
		}
		if out.looked == 0 {
			say("good", i, "passes because no check looked at a known value")
		}
	}
	for i, e := range r.Bad {
		for _, p := range e.verifyBad(&r) {
			say("bad", i, "%s", p)
		}
	}
	return problems
}

func (e Example) verifyBad(r *Rule) []string {
	urn, on := "", -1
	switch {
	case e.On == "":
		on = 0
	case e.On != TheStack:
		on = e.index(e.On)
	}
	if on >= 0 {
		urn = e.urn(on)
	}
	var problems []string
	out := e.run(r, nil)
	for _, f := range out.Findings {
		if f.urn() != urn || f.Path != e.Caught {
			problems = append(problems, fmt.Sprintf("is caught elsewhere: %s %s", f.urn(), f))
		}
	}
	if len(out.Findings) == 0 {
		problems = append(problems, fmt.Sprintf("is not caught (%d values deferred)", len(out.Deferrals)))
	}
	if e.Caught == "" || strings.HasPrefix(e.Caught, "provider.") || e.DecidedWithout || len(problems) > 0 {
		return problems
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
