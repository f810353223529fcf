package deploy

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"tenant-runtime/components/scope"
	"tenant-runtime/components/value"
	"tenant-runtime/stacks/deploy/strict"
)

// references are the stacks that this one hangs on, by the key that names them.
func (c Config) references() map[string]value.Stack {
	named := map[string]value.Stack{}
	if c.Account != nil && c.Account.Stack != "" {
		named["account.stack"] = c.Account.Stack
	}
	if c.Cell != nil && c.Cell.Stack != "" {
		named["cell.stack"] = c.Cell.Stack
	}
	if c.PartOf != "" {
		named["partOf"] = c.PartOf
	}
	return named
}

// References lists the stacks that this one hangs on.
func (c Config) References() []value.Stack { return distinct(c.references()) }

// Reads lists those of them whose outputs the program reads.
func (c Config) Reads() []value.Stack {
	named := c.references()
	delete(named, "partOf")
	return distinct(named)
}

// BuildsOn says whether the program reads outputs of the other stack.
func (c Config) BuildsOn(stack string) bool { return slices.Contains(c.Reads(), value.Stack(stack)) }

func distinct(named map[string]value.Stack) []value.Stack {
	return slices.Compact(slices.Sorted(maps.Values(named)))
}

func (c Config) selfReferences(stack string) (found strict.Problems) {
	for path, of := range c.references() {
		if string(of) == stack {
			found = append(found, strict.Problem{Path: root + "." + path, Reason: fmt.Sprintf("%q is this stack: name the one that stands before it", of)})
		}
	}
	slices.SortFunc(found, func(a, b strict.Problem) int { return strings.Compare(a.Path, b.Path) })
	return found
}

// IsDrill says whether the stack is an exercise.
func (c Config) IsDrill() bool { return c.Environment == scope.Drill }

// With adds to the named stacks those that hang on them, because they refer to one
// of them, if they are let.
func With(all map[string]Config, named []string, let func(stack string) bool) []string {
	chosen := slices.Clone(named)
	for grown := true; grown; {
		grown = false
		for _, name := range slices.Sorted(maps.Keys(all)) {
			hangs := slices.ContainsFunc(all[name].References(), func(on value.Stack) bool { return slices.Contains(chosen, string(on)) })
			if hangs && !slices.Contains(chosen, name) && let(name) {
				chosen, grown = append(chosen, name), true
			}
		}
	}
	return slices.Sorted(slices.Values(chosen))
}

// Order sorts stacks so that each follows those whose outputs it reads. A reference
// to a stack outside of the chosen ones does not count: it stands already, or the
// stack's own update says that it does not. To destroy, go backwards.
func Order(all map[string]Config, chosen []string) ([]string, error) {
	waiting, order := slices.Sorted(slices.Values(chosen)), []string{}
	for len(waiting) > 0 {
		free := slices.IndexFunc(waiting, func(name string) bool {
			return !slices.ContainsFunc(all[name].Reads(), func(on value.Stack) bool { return slices.Contains(waiting, string(on)) })
		})
		if free < 0 {
			return nil, fmt.Errorf("stacks %s refer to each other in a circle: one of them has to own what it names", strings.Join(waiting, ", "))
		}
		order = append(order, waiting[free])
		waiting = slices.Delete(waiting, free, free+1)
	}
	return order, nil
}
