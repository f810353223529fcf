package laws

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"tenant-runtime/policy/rule"
	"tenant-runtime/policy/rules"
	"tenant-runtime/regions"
)

// mutation weakens one thing of a plan.
type mutation struct {
	in       string              // the stack; empty is any
	on       string              // what changes, as type and name; a type alone is any resource of it
	edit     edit                // what becomes of its properties
	provider bool                // it is its provider's settings that are edited
	links    map[string][]string // properties that are taken from other resources now
	loses    []string            // types of which no resource refers to it any more
	gone     []string            // resources that are not declared any more; on is empty
	caught   []string            // where the rule must fire, if not on the resource itself

	cannot string // the reason why no plan can be weakened in this way
}

// TestEveryRuleSeesItsWeakening weakens the committed stacks in one place after the
// other, as the rules' bad examples do, and insists that the rule fires, there, and
// that no other does.
func TestEveryRuleSeesItsWeakening(t *testing.T) {
	stacks := subjects(t)
	titles := map[string]bool{}
	for _, r := range rules.All {
		derived := map[string][]mutation{} // by title: examples that are caught on the same property are one
		for _, e := range r.Refused() {
			name := title(r, e)
			titles[name] = true
			derived[name] = append(derived[name], derive(r, e))
		}
		t.Run(r.Policy(), func(t *testing.T) {
			t.Parallel()
			seen := map[regions.Cloud]bool{}
			for name, mutations := range derived {
				cloud, _ := rule.CloudOf(strings.Fields(name)[1])
				seen[cloud] = seesOne(t, stacks, r.ID, name, mutations) || seen[cloud]
			}
			for _, cloud := range regions.Clouds {
				checked, excused := len(r.Checks.Of(cloud).List()) > 0, unweakened[r.ID+" on "+string(cloud)] != ""
				assert.Equal(t, checked && !excused, seen[cloud], "is any stack on %s weakened?", cloud)
			}
		})
	}
	for _, row := range keys(instead) {
		assert.Contains(t, titles, row, "a row in instead for which there is no bad example")
	}
}

// seesOne tries what was derived from an example, of which one must fit, or the
// rows given instead, which all must.
func seesOne(t *testing.T, stacks []subject, id, name string, derived []mutation) (hit bool) {
	rows, ok := instead[name]
	for i, m := range rows {
		seen := m.cannot == "" && m.try(t, stacks, id)
		assert.Equal(t, m.cannot == "", seen, "row %d of %s", i, name)
		hit = hit || seen
	}
	if ok {
		return hit
	}
	for _, m := range derived {
		hit = m.try(t, stacks, id) || hit
	}
	// What no stack declares cannot be weakened; the rule sees it when somebody does.
	declared := slices.ContainsFunc(stacks, func(s subject) bool { return len(s.candidates(derived[0])) > 0 })
	assert.Equal(t, declared, hit, "%s: no stack can be weakened in this way: add a row to instead", name)
	return hit
}

// title names a bad example by where it is caught: ENC-07 aws:kms/key:Key enableKeyRotation.
func title(r rule.Rule, e rule.Example) string {
	typ := "the stack"
	if e.On != rule.TheStack {
		typ = e.Given[caughtOn(e)].Type
	}
	return strings.TrimSpace(fmt.Sprint(r.ID, " ", typ, " ", e.Caught))
}

func caughtOn(e rule.Example) int {
	return max(0, slices.IndexFunc(e.Given, func(g rule.Given) bool { return e.On != "" && g.Name == e.On }))
}

// derive makes a mutation of a bad example: the property it is caught on gets the
// example's value, a document gets the offending statement, and a resource that
// lacks another loses it.
func derive(r rule.Rule, e rule.Example) mutation {
	on := caughtOn(e)
	bad := e.Requests()[on]
	m := mutation{on: bad.Type}
	if e.Caught == "" {
		m.loses = lacking(r, e)
		return m
	}
	model, path := object(bad.Properties.AsMap()), e.Caught
	if setting, ok := strings.CutPrefix(path, "provider."); ok {
		model, path, m.provider = bad.Provider.GetProperties().AsMap(), setting, true
	}
	m.edit = like(model, path)
	if document, part, ok := strings.Cut(path, ".Statement["); ok {
		index, _, _ := strings.Cut(part, "]")
		m.edit = at(document+".Statement", add(lookup(model, segments(document+".Statement["+index+"]"))))
	}
	return m
}

// lacking compares a bad example with those good ones that have more.
func lacking(r rule.Rule, e rule.Example) []string {
	types := func(given []rule.Given) (all []string) {
		for _, g := range given {
			all = append(all, g.Type)
		}
		return all
	}
	has := types(e.Given)
	var least []string
	for _, good := range r.Accepted() {
		more := slices.DeleteFunc(types(good.Given), func(t string) bool { return slices.Contains(has, t) })
		if about := slices.Contains(types(good.Given), has[caughtOn(e)]); about && len(more) > 0 && (least == nil || len(more) < len(least)) {
			least = more
		}
	}
	return least
}
