package rule

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Row checks one property of every resource of the kinds by itself: what is demanded
// of it and what its absence means. Its examples are derived. A path may lead through
// lists, every element of which is checked: rules[].status.
func Row[T any](property string, demand Demand[T], absent Absence, kinds ...string) Check {
	steps := strings.Split(property, ".")
	return Check{
		types: kinds, reads: []string{property},
		row: &row{property: property, good: demand.good, bad: demand.bad, absentIsBad: absent == AbsentIsBad && !demand.unset},
		one: func(res *Resource, r *Report) {
			along(res.root(), steps, r, func(n node) {
				var v Value[T]
				v.set(n)
				Demands(r, v, demand, absent)
			})
		},
	}
}

// row is what the examples of a Row are derived from.
type row struct {
	property    string
	good, bad   any // nil is absent
	absentIsBad bool
}

// along follows a path, into every element of a list on it.
func along(n node, steps []string, r *Report, check func(node)) {
	for i, step := range steps {
		name, each := strings.CutSuffix(step, "[]")
		n = n.field(name)
		if !each {
			continue
		}
		var l List[Value[any]]
		l.set(n)
		ForEach(r, l, AbsentIsGood, "", func(element Value[any]) { along(element.node, steps[i+1:], r, check) })
		return
	}
	check(n)
}

// Needs checks that every resource of a kind has a satellite: a resource of another
// kind that refers to it by a property, such as the lock of a vault. What the
// satellite says is checked on it. Its examples are derived.
func Needs(kind, property, satellite string) Check {
	need := &need{property: property, satellite: satellite, found: "no " + typeName(satellite), wanted: "one for this " + noun(kind)}
	return Check{types: []string{kind}, need: need, many: func(res *Resource, s *Stack, r *Report) {
		r.Looked()
		if len(s.Referring(res, need.property, satellite)) > 0 {
			return
		}
		if need.target == "" || len(s.Referring(res, need.target, satellite)) == 0 {
			r.Found(res, need.found, need.wanted)
		}
	}}
}

// need is what the examples of Needs are derived from, and how it is worded. A check
// that is being described is nobody else's, so it is described in place.
type need struct{ property, satellite, target, found, wanted string }

// Wanting says in other words what the satellite is to be: "one that ends old versions".
func (c Check) Wanting(wanted string) Check { c.need.wanted = wanted; return c }

// Missing says in other words what is not there: "no flow log".
func (c Check) Missing(found string) Check { c.need.found = found; return c }

// NotOfTarget leaves out what a satellite refers to by this property: a bucket that
// receives access logs would record its own records.
func (c Check) NotOfTarget(property string) Check { c.need.target = property; return c }

// Condition is a property on which it depends whether a check is about a resource.
type Condition struct {
	property string
	good     any // a value with which it holds; nil is absent
	holds    func(*Resource) (Truth, Located)
}

// Has is the condition that a property meets a demand; absent is what absence means.
func Has[T any](property string, demand Demand[T], absent Truth) Condition {
	return Condition{property, demand.good, func(res *Resource) (Truth, Located) {
		var v Value[T]
		v.set(res.At(property).node)
		return v.Holds(demand.holds, absent), v
	}}
}

// Where limits a Row or Needs to the resources for which the condition holds.
func (c Check) Where(condition Condition) Check {
	c.where = &condition
	c.reads = append(slices.Clip(c.reads), condition.property)
	concerned := func(res *Resource, r *Report) bool {
		answer, at := condition.holds(res)
		switch answer {
		case Maybe:
			r.Defer(at)
		case No:
			r.Looked()
		}
		return answer == Yes
	}
	if one := c.one; one != nil {
		c.one = func(res *Resource, r *Report) {
			if concerned(res, r) {
				one(res, r)
			}
		}
	}
	if many := c.many; many != nil {
		c.many = func(res *Resource, s *Stack, r *Report) {
			if concerned(res, r) {
				many(res, s, r)
			}
		}
	}
	return c
}

// Refuses checks that there is no resource of the kinds at all.
func Refuses(found, wanted string, kinds ...string) Check {
	return Check{types: kinds, refuses: true, one: func(res *Resource, r *Report) { r.Found(res, found, wanted) }}
}

// typeName is the last part of a token: BucketPolicy.
func typeName(kind string) string { return kind[strings.LastIndex(kind, ":")+1:] }

var camel = regexp.MustCompile(`[A-Z][a-z]+`)

// noun is what people call a kind: load balancer.
func noun(kind string) string {
	return strings.ToLower(strings.Join(camel.FindAllString(typeName(kind), -1), " "))
}

// Accepted are the examples that the rule accepts: those it gives and those that are
// derived from rows and needs.
func (r Rule) Accepted() []Example {
	all := slices.Clone(r.Good)
	for _, kind := range r.derivable() {
		if _, _, given := r.base(kind); !given {
			e, _, _ := r.base(kind)
			all = append(all, e)
		}
	}
	return all
}

// Refused are the examples that the rule refuses. A derived one is an accepted one
// with one property changed or one satellite gone.
func (r Rule) Refused() []Example {
	all := slices.Clone(r.Bad)
	for _, check := range r.checks() {
		for _, kind := range check.types {
			switch {
			case check.refuses:
				all = append(all, Example{Given: []Given{{Type: kind}}})
			case check.row != nil:
				base, on, _ := r.base(kind)
				base = base.where(on, check.where)
				if check.row.bad != nil {
					all = append(all, base.changed(on, check.row.property, check.row.bad))
				}
				if check.row.absentIsBad {
					all = append(all, base.changed(on, check.row.property, nil))
				}
			case check.need != nil:
				base, on, _ := r.base(kind)
				base = base.where(on, check.where)
				all = append(all, base.lacking(on, *check.need))
			}
		}
	}
	return all
}

// derivable lists the kinds that have rows or needs.
func (r Rule) derivable() []string {
	var kinds []string
	for _, check := range r.checks() {
		if check.row != nil || check.need != nil {
			for _, kind := range check.types {
				if !slices.Contains(kinds, kind) {
					kinds = append(kinds, kind)
				}
			}
		}
	}
	return kinds
}

// base is an accepted example with a resource of the kind, and which one it is: the
// first that the rule gives, or one that its rows and needs ask for.
func (r Rule) base(kind string) (e Example, on int, given bool) {
	for _, e := range r.Good {
		for i, g := range e.Given {
			if g.Type == kind {
				return e, i, true
			}
		}
	}
	e = Example{Given: []Given{{Type: kind, Name: "example", Props: r.rowsOf(kind)}}}
	for _, check := range r.checks() {
		if check.need != nil && check.types[0] == kind {
			e.Given = append(e.Given, Given{
				Type: check.need.satellite, Name: fmt.Sprintf("satellite-%d", len(e.Given)),
				Props: r.rowsOf(check.need.satellite), Links: Links{check.need.property: {"example"}},
			})
		}
	}
	return e, 0, false
}

// rowsOf are the properties that the rows of a kind want.
func (r Rule) rowsOf(kind string) Props {
	props := map[string]any{}
	for _, check := range r.checks() {
		if !slices.Contains(check.types, kind) {
			continue
		}
		if check.where != nil && check.where.good != nil {
			props = put(props, segments(first(check.where.property)), check.where.good).(map[string]any)
		}
		if check.row != nil {
			props = put(props, segments(first(check.row.property)), check.row.good).(map[string]any)
		}
	}
	return props
}

// where is the example with a condition met.
func (e Example) where(on int, c *Condition) Example {
	if c == nil {
		return e
	}
	return e.changed(on, c.property, c.good)
}

// changed is the example with another value of a property, in the first element of
// every list on its path; nil is none.
func (e Example) changed(on int, property string, value any) Example {
	e.Given = slices.Clone(e.Given)
	props := clone(map[string]any(e.Given[on].Props))
	e.Given[on].Name = e.name(on)
	e.Given[on].Props = put(props, segments(first(property)), value).(map[string]any)
	e.On, e.Caught = e.Given[on].Name, first(property)
	return e
}

// lacking is the example without the satellites of a resource.
func (e Example) lacking(on int, n need) Example {
	name := e.name(on)
	e.Given = slices.Clone(e.Given)
	e.Given[on].Name = name
	e.On, e.Caught = name, ""
	e.Given = slices.DeleteFunc(e.Given, func(g Given) bool {
		return g.Type == n.satellite && slices.Contains(g.Links[n.property], name)
	})
	return e
}

// first leads a path into the first elements of lists.
func first(property string) string { return strings.ReplaceAll(property, "[]", "[0]") }

// put sets what a path leads to; nil removes it.
func put(v any, path []any, value any) any {
	if len(path) == 0 {
		return value
	}
	if path[0] == 0 {
		list, _ := v.([]any)
		if len(list) == 0 {
			list = []any{nil}
		}
		list[0] = put(list[0], path[1:], value)
		return list
	}
	object, _ := v.(map[string]any)
	if object == nil {
		object = map[string]any{}
	}
	key := path[0].(string)
	if changed := put(object[key], path[1:], value); changed == nil {
		delete(object, key)
	} else {
		object[key] = changed
	}
	return object
}
