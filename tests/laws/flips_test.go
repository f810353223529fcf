package laws

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/assert"
	"google.golang.org/protobuf/proto"

	"tenant-runtime/policy/rule"
	"tenant-runtime/policy/rules"
	"tenant-runtime/tests/plans"
)

// TestEveryPropertyThatIsReadMatters notes which properties a rule asks for while it
// judges what it accepts, changes them one by one in every way that a value can be
// changed, and insists that the rule sees at least one of them. What the committed
// stacks have is changed there, the rest in the rule's own examples.
func TestEveryPropertyThatIsReadMatters(t *testing.T) {
	stages := committed(t)
	var mu sync.Mutex
	used := map[string]bool{}
	t.Run("rules", func(t *testing.T) {
		for _, r := range rules.All {
			t.Run(r.Policy(), func(t *testing.T) {
				t.Parallel()
				seen, blind := map[string]bool{}, map[string]bool{}
				for property, places := range readBy(r, stages) {
					sees := slices.ContainsFunc(places, func(p place) bool { return p.flips(r, anything) })
					row := excuse(property)
					mu.Lock()
					used[row] = true
					mu.Unlock()
					if sees {
						seen[row] = true
					} else {
						blind[row] = true
					}
				}
				for _, property := range keys(seen) {
					if blind[property] {
						continue // a row for any kind, of which some are seen
					}
					assert.Empty(t, unseen[property], "%s is seen to change: take it out of unseen", property)
				}
				for _, property := range keys(blind) {
					assert.NotEmpty(t, unseen[property], "%s is read, and no change of it is seen: the rule has a gap, or say in unseen why not", property)
				}
			})
		}
	})
	for _, property := range keys(unseen) {
		assert.True(t, used[property], "%s is not read any more: take it out of unseen", property)
	}
}

// excuse is the row of unseen about a property, or the property itself.
func excuse(property string) string {
	parts := strings.SplitN(property, " ", 3)
	if row := parts[0] + " * " + parts[2]; unseen[row] != "" {
		return row
	}
	return property
}

// stage is a stack that rules accept: a committed one, or an example.
type stage struct {
	runtime *rule.Runtime
	plan    []plans.Planned
}

// committed are the stages of the committed stacks.
func committed(t *testing.T) []*stage {
	var all []*stage
	for _, stack := range plans.Stacks(t) {
		all = append(all, &stage{rule.Configured(stack, plans.Config(t, stack)), plans.Wire(t, plans.Of(t, stack))})
	}
	return all
}

func stageOf(e rule.Example) *stage {
	s := &stage{runtime: e.Under()}
	for _, res := range e.StackRequest().GetResources() {
		s.plan = append(s.plan, plans.Planned{AnalyzerResource: res, Inputs: res.Properties})
	}
	return s
}

// place is where a rule read a property.
type place struct {
	*stage
	at   int // of the resource, in the plan
	path string
}

var index = regexp.MustCompile(`\[\d+\]`)

// readBy finds the properties that a rule asks for, and at most a few places of each:
// in the committed stacks, or else in the rule's examples.
func readBy(r rule.Rule, stages []*stage) map[string][]place {
	const few, each = 12, 3
	found := map[string][]place{}
	look := func(s *stage) {
		at, probe, here := map[string]int{}, r.Probe(s.runtime), map[string][]place{}
		note := func(urn, path string) {
			i := at[urn]
			property := r.ID + " " + s.plan[i].Type + " " + index.ReplaceAllString(path, "[]")
			if p := (place{s, i, path}); len(here[property]) < each && !slices.Contains(here[property], p) {
				here[property] = append(here[property], p)
			}
		}
		for i, p := range s.plan {
			at[p.Urn] = i
		}
		for _, p := range s.plan {
			probe.Alone(p.Alone(), note)
		}
		probe.Together(plans.Together(s.plan), note)
		for property, places := range here {
			if len(found[property]) < few {
				found[property] = append(found[property], places...)
			}
		}
	}
	for _, s := range stages {
		look(s)
	}
	inStacks := found
	found = map[string][]place{}
	for _, e := range r.Accepted() {
		look(stageOf(e))
	}
	maps.Copy(found, inStacks)
	return found
}

func anything(rule.Finding) bool { return true }

// flips changes what is at the place until the rule says something new that is wanted.
func (p place) flips(r rule.Rule, wanted func(rule.Finding) bool) bool {
	probe, was := r.Probe(p.runtime), p.plan[p.at]
	judge := func(changed plans.Planned) []rule.Finding {
		plan := slices.Clone(p.plan)
		plan[p.at] = changed
		return append(probe.Alone(changed.Alone(), nil), probe.Together(plans.Together(plan), nil)...)
	}
	before := judge(was)
	return slices.ContainsFunc(p.variants(), func(changed plans.Planned) bool {
		return slices.ContainsFunc(judge(changed), func(f rule.Finding) bool { return !slices.Contains(before, f) && wanted(f) })
	})
}

// variants are the resource with another value at the place, or with other references
// there.
func (p place) variants() []plans.Planned {
	var all []plans.Planned
	was := p.plan[p.at]
	setting, provider := strings.CutPrefix(p.path, "provider.")
	properties := was.Properties.AsMap()
	if provider {
		properties = was.Provider.GetProperties().AsMap()
	}
	top, _, _ := strings.Cut(setting, ".")
	top, _, _ = strings.Cut(top, "[")
	_, linked := was.PropertyDependencies[top]
	for _, value := range others(lookup(properties, segments(setting))) {
		if changed, fits := edited(was, provider, at(setting, set(value))); fits {
			if linked && !provider {
				delete(changed.PropertyDependencies, top)
			}
			all = append(all, changed)
		}
	}
	if provider {
		return all
	}
	for _, urns := range p.references(was.PropertyDependencies[top].GetUrns()) {
		changed := plans.Planned{AnalyzerResource: proto.Clone(was.AnalyzerResource).(*pulumirpc.AnalyzerResource), Inputs: was.Inputs}
		changed.PropertyDependencies[top] = &pulumirpc.AnalyzerPropertyDependencies{Urns: urns}
		all = append(all, changed)
	}
	return all
}

// others are values that are not the given one, the likeliest mistakes first.
func others(was any) []any {
	switch v := was.(type) {
	case nil:
		return []any{true, false, "another", 0, huge, []any{"another"}, object{"another": "value"}}
	case bool:
		return []any{nil, !v}
	case string:
		all := []any{nil, "another", "", "0"}
		for i := range listOf(lookup(v, []any{"Statement"})) {
			all = append(all, at("Statement", without(i))(v))
		}
		return all
	case float64:
		return []any{nil, 0, v + 1, huge}
	case []any:
		all := []any{nil, []any{}, append(slices.Clone(v), "another")}
		for i := range v[:min(len(v), 8)] {
			all = append(all, slices.Delete(slices.Clone(v), i, i+1))
		}
		return all
	}
	return []any{nil, "another"}
}

const huge = 1 << 40

// references are other resources that a property might refer to: one less, or others
// of the type of the first.
func (p place) references(urns []string) [][]string {
	var all [][]string
	for i := range urns[:min(len(urns), 8)] {
		all = append(all, slices.Delete(slices.Clone(urns), i, i+1))
	}
	types := map[string]bool{}
	for _, other := range p.plan {
		if slices.Contains(urns, other.Urn) {
			types[other.Type] = true
		}
	}
	const enough = 24
	for _, other := range p.plan {
		if types[other.Type] && !slices.Contains(urns, other.Urn) && len(all) < enough {
			all = append(all, []string{other.Urn})
		}
	}
	return all
}
