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
//
// Every question is answered from an index, so that judging a stack costs what its
// resources and their dependencies cost, however many there are.
type Stack struct {
	all    []*Resource // in the order of their URNs
	byURN  map[string]*Resource
	byType map[string][]*Resource

	dependents map[reference][]*Resource // who depends on a resource by a property
	byIdentity map[string][]*Resource    // whom a literal id, arn or name may mean
	literals   map[column]map[string][]*Resource
	derived    map[any]any

	saw func(Read) // notes what views look at; nil outside of tests
}

// reference is a property through which a resource is referred to.
type reference struct{ urn, property string }

// column is a property of all resources of a type.
type column struct{ typ, path string }

func stackOf(req *pulumirpc.AnalyzeStackRequest) *Stack {
	s := &Stack{
		byURN: map[string]*Resource{}, byType: map[string][]*Resource{}, dependents: map[reference][]*Resource{},
		byIdentity: map[string][]*Resource{}, literals: map[column]map[string][]*Resource{}, derived: map[any]any{},
	}
	for _, state := range req.GetResources() {
		s.all = append(s.all, &Resource{
			urn: state.GetUrn(), typ: normalise(state.GetType()), name: state.GetName(),
			props: state.GetProperties(), options: state.GetOptions(), provider: state.GetProvider(), state: state,
		})
	}
	slices.SortStableFunc(s.all, byURN)
	for _, res := range s.all {
		s.byURN[res.urn] = res
		s.byType[res.typ] = append(s.byType[res.typ], res)
		for property, dependencies := range res.state.GetPropertyDependencies() {
			for _, urn := range unique(dependencies.GetUrns()) {
				s.dependents[reference{urn, property}] = append(s.dependents[reference{urn, property}], res)
			}
		}
		for _, id := range res.identities() {
			s.byIdentity[id] = append(s.byIdentity[id], res)
		}
	}
	return s
}

func byURN(a, b *Resource) int { return cmp.Compare(a.urn, b.urn) }

func unique(texts []string) []string { return slices.Compact(slices.Sorted(slices.Values(texts))) }

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
	s.note(res.typ, prop)
	res.At(prop).note()
	var candidates []*Resource
	if dependencies := res.dependencies(prop); len(dependencies) > 0 {
		for _, urn := range unique(dependencies) {
			if other, ok := s.byURN[urn]; ok {
				candidates = append(candidates, other)
			}
		}
	} else if literal, ok := res.literal(prop); ok {
		candidates = s.byIdentity[literal]
	}
	return pick(candidates, res, types)
}

// Referring is the untyped form of the function of the same name.
func (s *Stack) Referring(res *Resource, prop string, types ...string) []*Resource {
	top, _, _ := strings.Cut(prop, ".")
	candidates := slices.Clone(s.dependents[reference{res.urn, top}])
	identities := res.identities()
	for _, typ := range s.typesOr(types) {
		s.note(typ, prop)
		literals := s.literalsOf(column{typ, prop})
		for _, id := range identities {
			candidates = append(candidates, literals[id]...)
		}
	}
	slices.SortFunc(candidates, byURN)
	found := pick(slices.Compact(candidates), res, types)
	for _, other := range found {
		other.At(prop).note()
	}
	return found
}

// pick keeps the resources of the types, in the order of the types, but never the
// one they are linked to.
func pick(candidates []*Resource, but *Resource, types []string) []*Resource {
	var found []*Resource
	if len(types) == 0 {
		return slices.DeleteFunc(slices.Clone(candidates), func(res *Resource) bool { return res == but })
	}
	for _, typ := range types {
		for _, res := range candidates {
			if res.typ == typ && res != but {
				found = append(found, res)
			}
		}
	}
	return found
}

func (s *Stack) typesOr(types []string) []string {
	if len(types) > 0 {
		return types
	}
	return sortedKeys(s.byType)
}

func (s *Stack) note(typ, path string) {
	if s.saw != nil {
		s.saw(Read{typ, path})
	}
}

// literalsOf indexes, at the first question, the resources of a type by the literal
// that a property of theirs holds.
func (s *Stack) literalsOf(c column) map[string][]*Resource {
	index, ok := s.literals[c]
	if !ok {
		index = map[string][]*Resource{}
		for _, res := range s.byType[c.typ] {
			if len(res.dependencies(c.path)) > 0 {
				continue // what it depends on says more than what it holds
			}
			if literal, ok := res.literal(c.path); ok {
				index[literal] = append(index[literal], res)
			}
		}
		s.literals[c] = index
	}
	return index
}

// dependencies are the URNs that a property, or the whole it is part of, is made from.
func (res *Resource) dependencies(prop string) []string {
	top, _, _ := strings.Cut(prop, ".")
	return res.state.GetPropertyDependencies()[top].GetUrns()
}

// literal is the text that a property holds, if it is known and not empty.
func (res *Resource) literal(path string) (string, bool) {
	n := res.At(path).node
	if n.state != Known {
		return "", false
	}
	text, ok := asString(n.val)
	return text, ok && text != ""
}

// identities are the texts by which a literal elsewhere may name the resource.
func (res *Resource) identities() []string {
	var all []string
	for _, property := range []string{"id", "arn", "bucket", "name", "keyId", "selfLink"} {
		if text, ok := res.literal(property); ok {
			all = append(all, text)
		}
	}
	return unique(all)
}

// Derived is something that a rule makes of a whole stack and asks for again and
// again, such as which databases a backup plan selects. It is a package variable;
// the value is made once per stack.
type Derived[T any] struct{ make func(*Stack) T }

// Derive says how the value is made.
func Derive[T any](make func(*Stack) T) *Derived[T] { return &Derived[T]{make} }

// Of returns the value for a stack.
func (d *Derived[T]) Of(s *Stack) T {
	value, ok := s.derived[d]
	if !ok {
		value = d.make(s)
		s.derived[d] = value
	}
	return value.(T)
}

// Parent returns the component a resource is part of, or nil.
func (s *Stack) Parent(res *Resource) *Resource { return s.byURN[res.state.GetParent()] }

func sortedReads(seen map[Read]bool) []Read {
	return slices.SortedFunc(maps.Keys(seen), func(a, b Read) int {
		return cmp.Or(cmp.Compare(a.Type, b.Type), cmp.Compare(a.Path, b.Path))
	})
}
