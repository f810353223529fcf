package rule

import (
	"cmp"
	"fmt"
	"slices"
)

// Demand is a condition on a property, what it wants in words, and a value of either
// kind, from which examples are made.
type Demand[T any] struct {
	holds  func(T) bool
	wanted string
	good   any
	bad    any // nil: only absence is wrong
	unset  bool
	of     func(*Runtime) Demand[T] // makes the demand, if it depends on the runtime
}

// Equals demands one value.
func Equals[T comparable](want T) Demand[T] {
	return Demand[T]{holds: func(got T) bool { return got == want }, wanted: fmt.Sprint(want), good: want, bad: other(want)}
}

// Differs forbids one value.
func Differs[T comparable](bad T) Demand[T] {
	return Demand[T]{holds: func(got T) bool { return got != bad }, wanted: fmt.Sprintf("anything but %v", bad), good: other(bad), bad: bad}
}

// Among demands one of several values.
func Among[T comparable](wants ...T) Demand[T] {
	bad := other(wants[0])
	return Demand[T]{holds: func(got T) bool { return slices.Contains(wants, got) }, wanted: listed(wants), good: wants[0], bad: bad}
}

// Min demands a lower bound.
func Min(least int) Demand[int] {
	return Demand[int]{holds: func(got int) bool { return got >= least }, wanted: fmt.Sprintf("at least %v", least), good: least, bad: least - 1}
}

// Max demands an upper bound.
func Max(most int) Demand[int] {
	return Demand[int]{holds: func(got int) bool { return got <= most }, wanted: fmt.Sprintf("at most %v", most), good: most, bad: most + 1}
}

// Within demands both bounds.
func Within(least, most int) Demand[int] {
	return Demand[int]{holds: func(got int) bool { return least <= got && got <= most }, wanted: fmt.Sprintf("%v to %v", least, most), good: least, bad: most + 1}
}

// Set demands anything at all. One that is unknown is on its way: in a plan, unknown
// is how "set from another resource" looks.
func Set(wanted string) Demand[any] {
	return Demand[any]{holds: isSet, wanted: wanted, good: "set"}
}

// Unset demands that there is nothing.
func Unset(wanted string) Demand[any] {
	return Demand[any]{holds: func(v any) bool { return !isSet(v) }, wanted: wanted, bad: "set", unset: true}
}

// isSet takes an empty text or list for absence, as which providers return it.
func isSet(v any) bool {
	switch v := v.(type) {
	case string:
		return v != ""
	case []any:
		return len(v) > 0
	}
	return true
}

// Satisfies demands whatever the condition says, with a value that meets it and one
// that does not.
func Satisfies[T any](condition func(T) bool, wanted string, good, bad T) Demand[T] {
	return Demand[T]{holds: condition, wanted: wanted, good: good, bad: bad}
}

// OfRuntime is a demand that depends on what the stack's configuration says. The
// values are for the default runtime of examples. A demand without a condition, which
// is the zero one, demands nothing.
func OfRuntime[T any](demand func(*Runtime) Demand[T], good, bad T) Demand[T] {
	return Demand[T]{of: demand, good: good, bad: bad}
}

// other is a value that is not the given one.
func other(v any) any {
	switch v := v.(type) {
	case bool:
		return !v
	case int:
		return v + 1
	case string:
		return v + "-not"
	}
	panic(fmt.Sprintf("a demand on a %T needs Satisfies, with values of both kinds", v))
}

// Demands makes a demand on one value.
func Demands[T any](r *Report, v Value[T], d Demand[T], absent Absence) {
	if d.of != nil {
		if d = d.of(r.Runtime()); d.holds == nil {
			return
		}
	}
	if d.unset {
		r.Looked() // its absence is what is wanted
		absent = AbsentIsGood
	}
	Match(r, v, d.holds, d.wanted, absent)
}

// Must demands one value.
func Must[T comparable](r *Report, v Value[T], want T, absent Absence) {
	Demands(r, v, Equals(want), absent)
}

// MustNot forbids one value.
func MustNot[T comparable](r *Report, v Value[T], bad T, absent Absence) {
	Demands(r, v, Differs(bad), absent)
}

// OneOf demands one of several values.
func OneOf[T comparable](r *Report, v Value[T], absent Absence, wants ...T) {
	Demands(r, v, Among(wants...), absent)
}

// AtLeast demands a lower bound.
func AtLeast[T cmp.Ordered](r *Report, v Value[T], least T, absent Absence) {
	Match(r, v, func(got T) bool { return got >= least }, fmt.Sprintf("at least %v", least), absent)
}
