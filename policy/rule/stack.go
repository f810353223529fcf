package rule

import (
	"cmp"
	"maps"
	"reflect"
	"slices"
	"strings"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// Stack is all resources of a stack and how they depend on each other.
//
// Links follow dependencies and not values: in a plan the values are unknown. An
// output that waits for a resource's hardening depends on that hardening too, so a
// property may depend on a bucket and on the bucket's policy; that is why links
// always name the types they are after. Only where a property holds a literal
// string, which depends on nothing, is it compared with the other resource's id,
// arn or name.
type Stack struct {
	all    []*Resource
	byURN  map[string]*Resource
	byType map[string][]*Resource
	saw    func(Read) // notes what views look at; nil outside of tests
}

func stackOf(req *pulumirpc.AnalyzeStackRequest) *Stack {
	s := &Stack{byURN: map[string]*Resource{}, byType: map[string][]*Resource{}}
	for _, state := range req.GetResources() {
		res := &Resource{
			urn: state.GetUrn(), typ: normalise(state.GetType()), name: state.GetName(),
			props: state.GetProperties(), options: state.GetOptions(), provider: state.GetProvider(), state: state,
		}
		s.all = append(s.all, res)
	}
	slices.SortFunc(s.all, func(a, b *Resource) int { return cmp.Compare(a.urn, b.urn) })
	for _, res := range s.all {
		s.byURN[res.urn] = res
		s.byType[res.typ] = append(s.byType[res.typ], res)
	}
	return s
}

// place is the stack itself: a finding that something is missing altogether.
func (s *Stack) place() node { return node{state: Known} }

// Resources returns the resources of the types in the order of their URNs; no
// type means all.
func (s *Stack) Resources(types ...string) []*Resource {
	if len(types) == 0 {
		return s.all
	}
	var found []*Resource
	for _, t := range types {
		found = append(found, s.byType[t]...)
	}
	return found
}

// Views returns the resources of the types through a view.
func Views[V any](s *Stack, types ...string) []V { return views[V](s, s.Resources(types...)) }

// Linked returns the resources of the types that a property of res refers to.
func Linked[V any](s *Stack, res *Resource, prop string, types ...string) []V {
	return views[V](s, s.Linked(res, prop, types...))
}

// Referring returns the resources of the types that refer to res by a property.
func Referring[V any](s *Stack, res *Resource, prop string, types ...string) []V {
	return views[V](s, s.Referring(res, prop, types...))
}

func views[V any](s *Stack, resources []*Resource) []V {
	found := make([]V, len(resources))
	for i, res := range resources {
		found[i] = View[V](res)
		if s.saw != nil {
			for _, path := range paths(reflect.TypeFor[V](), "") {
				s.saw(Read{res.typ, path})
			}
		}
	}
	return found
}

// Linked is the untyped form of the function of the same name.
func (s *Stack) Linked(res *Resource, prop string, types ...string) []*Resource {
	var found []*Resource
	for _, other := range s.Resources(types...) {
		if s.refers(res, prop, other) {
			found = append(found, other)
		}
	}
	return found
}

// Referring is the untyped form of the function of the same name.
func (s *Stack) Referring(res *Resource, prop string, types ...string) []*Resource {
	var found []*Resource
	for _, other := range s.Resources(types...) {
		if s.refers(other, prop, res) {
			found = append(found, other)
		}
	}
	return found
}

// refers reports whether a property of one resource is taken from another.
func (s *Stack) refers(from *Resource, prop string, to *Resource) bool {
	if s.saw != nil {
		s.saw(Read{from.typ, prop})
	}
	if from == to {
		return false
	}
	top, _, _ := strings.Cut(prop, ".")
	if deps := from.state.GetPropertyDependencies()[top].GetUrns(); len(deps) > 0 {
		return slices.Contains(deps, to.urn)
	}
	literal, state := from.text(prop)
	if state != Known || literal == "" {
		return false
	}
	return slices.ContainsFunc(identities, func(id string) bool {
		own, state := to.text(id)
		return state == Known && own == literal
	})
}

// identities are the properties by which a literal string may name a resource.
var identities = []string{"id", "arn", "bucket", "name", "keyId", "selfLink"}

func (res *Resource) text(path string) (string, State) {
	var v Value[string]
	v.set(res.At(path).node)
	return v.Get()
}

// Parent returns the component a resource is part of, or nil.
func (s *Stack) Parent(res *Resource) *Resource { return s.byURN[res.state.GetParent()] }

func sortedReads(seen map[Read]bool) []Read {
	return slices.SortedFunc(maps.Keys(seen), func(a, b Read) int {
		return cmp.Or(cmp.Compare(a.Type, b.Type), cmp.Compare(a.Path, b.Path))
	})
}
