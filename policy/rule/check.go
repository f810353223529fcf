package rule

import "reflect"

// Check looks at resources and reports what it finds.
type Check struct {
	types []string
	view  reflect.Type
	one   func(*Resource, *Report)         // a resource by itself
	many  func(*Resource, *Stack, *Report) // a resource among the others
	whole func(*Stack, *Report)            // the stack at once
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
		if check.view == nil {
			continue
		}
		for _, t := range check.types {
			for _, path := range paths(check.view, "") {
				seen[Read{t, path}] = true
			}
		}
	}
	for _, e := range append(append([]Example{}, r.Good...), r.Bad...) {
		e.run(&r, func(read Read) { seen[read] = true })
	}
	return sortedReads(seen)
}
