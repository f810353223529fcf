package rule

import (
	"fmt"
	"strconv"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"
)

// State says what is known of a property.
type State uint8

// The states. Malformed is a known value of another type than the view expects.
const (
	Absent State = iota
	Unknown
	Known
	Malformed
)

// node is a place in a resource's properties: what is there, or that nothing is,
// or that nobody knows yet. It is cheap to make and converts nothing.
type node struct {
	res    *Resource
	path   string
	val    *structpb.Value // set if and only if the state is Known or Malformed
	state  State
	secret bool
}

// Located is a place a finding can be about: a Value, a List, a Map, a Resource
// or, when something is missing altogether, the Stack.
type Located interface{ place() node }

func (n node) place() node { return n }

// note tells a test that a check asks for this property.
func (n node) note() {
	if n.res != nil && n.res.asked != nil {
		n.res.asked(n.res.urn, n.path)
	}
}

// Path is the property path from the resource: rules[0].status.
func (n node) Path() string { return n.path }

// Value is a property of type T (string, bool, int, float64, any or Policy). It
// may be absent or unknown, and says so before it says anything else: there is no
// way to read an unknown value as false, zero or empty.
type Value[T any] struct {
	_ [0]T
	node
	or *T
}

// Get returns the value if it is Known; otherwise T is zero and means nothing.
// Prefer Must, Match and their like, which defer what is unknown.
func (v Value[T]) Get() (T, State) {
	var none T
	v.note()
	switch {
	case v.state == Absent && v.or != nil:
		return *v.or, Known
	case v.state != Known:
		return none, v.state
	}
	return convert[T](v.node)
}

// Or returns the value with what the cloud takes when it is absent.
func (v Value[T]) Or(fallback T) Value[T] { v.or = &fallback; return v }

// Holds is the three-valued form of a condition; absent is what absence means.
// A malformed value holds nothing.
func (v Value[T]) Holds(condition func(T) bool, absent Truth) Truth {
	switch got, state := v.Get(); state {
	case Known:
		return TruthOf(condition(got))
	case Absent:
		return absent
	case Unknown:
		return Maybe
	}
	return No
}

func (v *Value[T]) set(n node) { v.node = n }

// List is a list of scalars (List[Value[string]]) or of views (List[subnet]).
type List[E any] struct {
	_ [0]E
	node
}

// Items returns the elements if the list is Known.
func (l List[E]) Items() ([]E, State) {
	l.note()
	if l.state != Known {
		return nil, l.state
	}
	list, ok := asList(l.val)
	if !ok {
		return nil, Malformed
	}
	items := make([]E, len(list.GetValues()))
	for i, val := range list.GetValues() {
		item := inspect(l.res, l.path+"["+strconv.Itoa(i)+"]", val, l.secret)
		fill(&items[i], item)
	}
	return items, Known
}

func (l *List[E]) set(n node) { l.node = n }

// Map is a map whose keys the user chooses: Map[Value[string]] for tags.
type Map[E any] struct {
	_ [0]E
	node
}

// At returns the element under a key; it is unknown if the map is.
func (m Map[E]) At(key string) E {
	var e E
	fill(&e, m.field(key))
	return e
}

// Keys returns the keys, sorted, if the map is Known.
func (m Map[E]) Keys() ([]string, State) {
	m.note()
	if m.state != Known {
		return nil, m.state
	}
	object, ok := m.val.GetKind().(*structpb.Value_StructValue)
	if !ok {
		return nil, Malformed
	}
	return sortedKeys(object.StructValue.GetFields()), Known
}

func (m *Map[E]) set(n node) { m.node = n }

// settable is what a view's field must be, unless it is a view itself.
type settable interface{ set(node) }

// field steps into an object. What is inside of something absent is absent, and
// what is inside of something unknown is unknown.
func (n node) field(name string) node {
	child := node{res: n.res, path: join(n.path, name), state: n.state, secret: n.secret}
	if n.state != Known {
		child.val = n.val
		return child
	}
	object, ok := n.val.GetKind().(*structpb.Value_StructValue)
	if !ok {
		child.state, child.val = Malformed, n.val
		return child
	}
	return inspect(n.res, child.path, object.StructValue.GetFields()[name], n.secret)
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// convert turns a known value into a Go value. Pulumi lets programs write "true"
// and "90" for true and 90, so both are understood. A value that is taken as a
// whole is unknown as long as any part of it is.
func convert[T any](n node) (out T, state State) {
	ok := false
	switch p := any(&out).(type) {
	case *string:
		*p, ok = asString(n.val)
	case *bool:
		*p, ok = asBool(n.val)
	case *float64:
		*p, ok = asNumber(n.val)
	case *int:
		var f float64
		f, ok = asNumber(n.val)
		*p = int(f)
		ok = ok && float64(*p) == f
	case *Policy:
		*p, state = n.res.policy(n)
		return out, state
	case *any:
		whole, known, _ := plain(n.val)
		if !known {
			return out, Unknown
		}
		*p, ok = whole.AsInterface(), true
	default:
		panic(fmt.Sprintf("rule: a Value cannot hold a %T", out))
	}
	if !ok {
		return out, Malformed
	}
	return out, Known
}

// asList also reads the text of a list, as which older SDKs send those of providers.
func asList(v *structpb.Value) (*structpb.ListValue, bool) {
	switch k := v.GetKind().(type) {
	case *structpb.Value_ListValue:
		return k.ListValue, true
	case *structpb.Value_StringValue:
		list := &structpb.ListValue{}
		return list, strings.HasPrefix(k.StringValue, "[") && list.UnmarshalJSON([]byte(k.StringValue)) == nil
	}
	return nil, false
}

func asString(v *structpb.Value) (string, bool) {
	switch k := v.GetKind().(type) {
	case *structpb.Value_StringValue:
		return k.StringValue, true
	case *structpb.Value_BoolValue:
		return strconv.FormatBool(k.BoolValue), true
	case *structpb.Value_NumberValue:
		return strconv.FormatFloat(k.NumberValue, 'f', -1, 64), true
	}
	return "", false
}

func asBool(v *structpb.Value) (bool, bool) {
	switch k := v.GetKind().(type) {
	case *structpb.Value_BoolValue:
		return k.BoolValue, true
	case *structpb.Value_StringValue:
		return k.StringValue == "true", k.StringValue == "true" || k.StringValue == "false"
	}
	return false, false
}

func asNumber(v *structpb.Value) (float64, bool) {
	switch k := v.GetKind().(type) {
	case *structpb.Value_NumberValue:
		return k.NumberValue, true
	case *structpb.Value_StringValue:
		f, err := strconv.ParseFloat(k.StringValue, 64)
		return f, err == nil
	}
	return 0, false
}
