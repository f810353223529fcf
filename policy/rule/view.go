package rule

import (
	"fmt"
	"reflect"
	"strings"
	"sync"
)

// A view is a struct that lists the properties a check looks at:
//
//	type key struct {
//		*rule.Resource                          // optional: name, type, provider
//		Rotates rule.Value[bool]               `prop:"enableKeyRotation"`
//		Window  rule.Value[int]                `prop:"deletionWindowInDays"`
//		Tags    rule.Map[rule.Value[string]]   `prop:"tags"`
//		KeyID   rule.Value[string]             `prop:"encryption.kmsKeyId"` // a path into objects
//		Rules   rule.List[lifecycleRule]       `prop:"rules"`               // a list of views
//	}
//
// A field may also be a view, or a struct embedded without a tag.

// step is one field of a view and how to reach its property.
type step struct {
	index []int
	props []string
	view  plan // for a field that is a view itself
}

type plan []step

var (
	plans        sync.Map // reflect.Type to plan: compiled once per view
	settableType = reflect.TypeFor[settable]()
	resourceType = reflect.TypeFor[*Resource]()
)

func planOf(t reflect.Type) plan {
	if p, ok := plans.Load(t); ok {
		return p.(plan)
	}
	p := compile(t)
	plans.Store(t, p)
	return p
}

// compile panics on a field that could never be filled: a mistake in the rule,
// found by the first test that runs it.
func compile(t reflect.Type) plan {
	if t.Kind() != reflect.Struct {
		panic(fmt.Sprintf("rule: %s is not a view: it must be a struct", t))
	}
	var p plan
	for i := range t.NumField() {
		f := t.Field(i)
		tag := f.Tag.Get("prop")
		s := step{index: f.Index}
		if tag != "" {
			s.props = strings.Split(tag, ".")
		}
		switch {
		case f.Type == resourceType:
		case tag == "" && !f.Anonymous:
			panic(fmt.Sprintf("rule: field %s of view %s has no prop tag", f.Name, t))
		case !f.IsExported() && !f.Anonymous:
			panic(fmt.Sprintf("rule: field %s of view %s is not exported", f.Name, t))
		case reflect.PointerTo(f.Type).Implements(settableType):
		case f.Type.Kind() == reflect.Struct:
			s.view = compile(f.Type)
		default:
			panic(fmt.Sprintf("rule: field %s of view %s must be a Value, a List, a Map or a view", f.Name, t))
		}
		p = append(p, s)
	}
	return p
}

// fill points every field of a view at its property. It converts nothing, so that
// a property nobody asks for costs a map lookup and no more.
func fill[V any](v *V, n node) {
	if s, ok := any(v).(settable); ok {
		s.set(n)
		return
	}
	p := planOf(reflect.TypeFor[V]())
	p.fill(reflect.ValueOf(v).Elem(), n)
}

func (p plan) fill(v reflect.Value, n node) {
	for _, s := range p {
		at := n
		for _, name := range s.props {
			at = at.field(name)
		}
		f := v.FieldByIndex(s.index)
		switch {
		case s.view != nil:
			s.view.fill(f, at)
		case f.Type() == resourceType:
			f.Set(reflect.ValueOf(n.res))
		default:
			f.Addr().Interface().(settable).set(at)
		}
	}
}

// paths returns the property paths a view looks at, for the test that compares
// them with the provider's schema. Elements of lists are written [], of maps {}.
func paths(t reflect.Type, prefix string) []string {
	var all []string
	for i := range t.NumField() {
		f := t.Field(i)
		at := prefix
		if tag := f.Tag.Get("prop"); tag != "" {
			at = join(prefix, tag)
		}
		switch {
		case f.Type == resourceType:
		case reflect.PointerTo(f.Type).Implements(settableType):
			all = append(all, pathsOf(f.Type, at)...)
		default:
			all = append(all, paths(f.Type, at)...)
		}
	}
	return all
}

// pathsOf descends into what a List or a Map holds, which is the element type of
// its first field.
func pathsOf(t reflect.Type, at string) []string {
	element := t.Field(0).Type.Elem()
	switch name, _, _ := strings.Cut(t.Name(), "["); name {
	case "List":
		at += "[]"
	case "Map":
		at += "{}"
	default:
		return []string{at}
	}
	if reflect.PointerTo(element).Implements(settableType) {
		return pathsOf(element, at)
	}
	return paths(element, at)
}
