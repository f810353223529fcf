package sim

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// register is all resources of a world, and the ways to find the few that an
// operation is about: what an operation costs does not depend on how much else there
// is. What is indexed of a resource changes only while it is out of the register.
type register struct {
	all      map[int]*Resource // by number
	byHandle few[handle]
	byClaim  few[claim]
	byURN    few[resource.URN]
	locks    few[string]  // by the id that they lock
	users    many[int]    // by the number of what they use
	byStack  many[string] // whose stack declared them
}

// handle is what others call a resource; without an account it is for those who
// look into all of them.
type handle struct{ account, text string }

// claim is a name that only one of a kind can bear.
type claim struct{ kind, name string }

func newRegister() register {
	return register{map[int]*Resource{}, few[handle]{}, few[claim]{}, few[resource.URN]{}, few[string]{}, many[int]{}, many[string]{}}
}

func (g *register) add(r *Resource) {
	g.all[r.Number] = r
	for _, text := range r.Handles {
		g.byHandle.add(handle{r.Account, text}, r)
		g.byHandle.add(handle{text: text}, r)
	}
	if r.UniqueName != "" {
		g.byClaim.add(claim{r.Kind, r.UniqueName}, r)
	}
	if r.Locks != "" {
		g.locks.add(r.Locks, r)
	}
	g.byURN.add(r.URN, r)
	for _, u := range r.Uses {
		g.users.add(u.Target, r)
	}
	g.byStack.add(r.Stack(), r)
}

func (g *register) remove(r *Resource) {
	delete(g.all, r.Number)
	for _, text := range r.Handles {
		g.byHandle.remove(handle{r.Account, text}, r)
		g.byHandle.remove(handle{text: text}, r)
	}
	g.byClaim.remove(claim{r.Kind, r.UniqueName}, r)
	g.locks.remove(r.Locks, r)
	g.byURN.remove(r.URN, r)
	for _, u := range r.Uses {
		g.users.remove(u.Target, r)
	}
	g.byStack.remove(r.Stack(), r)
}

// few is an index by a key that hardly any two resources share.
type few[K comparable] map[K][]*Resource

func (x few[K]) add(key K, r *Resource) { x[key] = append(x[key], r) }

func (x few[K]) remove(key K, r *Resource) {
	rest := slices.DeleteFunc(x[key], func(other *Resource) bool { return other == r })
	if len(rest) > 0 {
		x[key] = rest
	} else {
		delete(x, key)
	}
}

// many is an index by a key that any number of resources may share.
type many[K comparable] map[K]map[*Resource]bool

func (x many[K]) add(key K, r *Resource) {
	if x[key] == nil {
		x[key] = map[*Resource]bool{}
	}
	x[key][r] = true
}

func (x many[K]) remove(key K, r *Resource) {
	delete(x[key], r)
	if len(x[key]) == 0 {
		delete(x, key)
	}
}

// sorted returns resources in a stable order: by URN, then by number.
func sorted(all []*Resource) []*Resource {
	slices.SortFunc(all, func(a, b *Resource) int {
		return cmp.Or(strings.Compare(string(a.URN), string(b.URN)), a.Number-b.Number)
	})
	return all
}

// of returns what a stack declared, or all stacks if it is empty.
func (g *register) of(stack string) []*Resource {
	if stack == "" {
		return sorted(slices.Collect(maps.Values(g.all)))
	}
	return sorted(slices.Collect(maps.Keys(g.byStack[stack])))
}
