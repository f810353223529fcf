package laws

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"

	"tenant-runtime/tests/plans"
)

// object is what a resource's properties, or a document in them, are made of.
type object = map[string]any

// edit changes one thing in a value and returns the value. An edit that does not
// fit returns it as it was.
type edit func(value any) any

// at applies an edit where a property path leads. Text on the way there is read as
// JSON and written again, so that a path may lead into a document.
func at(path string, e edit) edit { return descend(segments(path), nil, e) }

// like makes what a property path leads to like it is in a model. Where a list on
// the way there is too short, it takes the model's element as a whole.
func like(model any, path string) edit {
	steps := segments(path)
	return descend(steps, model, set(lookup(model, steps)))
}

func descend(path []any, model any, e edit) edit {
	if len(path) == 0 {
		return e
	}
	element := lookup(model, path[:1])
	inner := descend(path[1:], element, e)
	return func(value any) any {
		if text, ok := value.(string); ok {
			return inText(text, descend(path, model, e))
		}
		switch step := path[0].(type) {
		case string:
			if value == nil {
				value = object{}
			}
			if o, ok := value.(object); ok {
				if changed := inner(o[step]); changed != nil {
					o[step] = changed
				} else {
					delete(o, step)
				}
			}
		case int:
			l := listOf(value)
			switch {
			case step < len(l):
				l[step] = inner(l[step])
			case step == len(l) && element != nil:
				return append(l, element)
			}
		}
		return value
	}
}

func inText(text string, e edit) any {
	var document any
	if json.Unmarshal([]byte(text), &document) != nil {
		return text
	}
	changed, err := json.Marshal(e(document))
	if err != nil {
		panic(err) // it was JSON a moment ago
	}
	return string(changed)
}

// set replaces a value; nil removes it.
func set(value any) edit { return func(any) any { return value } }

// add appends an element to a list.
func add(element any) edit {
	return func(value any) any {
		list, _ := value.([]any)
		return append(slices.Clip(list), element)
	}
}

// having applies an edit to the elements of a list that have a property of a value.
func having(property string, value any, e edit) edit {
	return func(list any) any {
		var kept []any
		for _, element := range listOf(list) {
			if o, ok := element.(object); ok && fmt.Sprint(o[property]) == fmt.Sprint(value) {
				element = e(element)
			}
			if element != nil {
				kept = append(kept, element)
			}
		}
		return kept
	}
}

func listOf(value any) []any { list, _ := value.([]any); return list }

// thrice puts the first element of a list there two times more.
func thrice(list any) any {
	l := listOf(list)
	return append(l, l[0], l[0])
}

// without takes an element out of a list.
func without(i int) edit {
	return func(list any) any { return slices.Delete(listOf(list), i, i+1) }
}

// segments splits a property path: rules[0].status is rules, 0, status.
func segments(path string) []any {
	var steps []any
	for _, step := range strings.FieldsFunc(path, func(r rune) bool { return strings.ContainsRune(".[]", r) }) {
		if i, err := strconv.Atoi(step); err == nil {
			steps = append(steps, i)
		} else {
			steps = append(steps, step)
		}
	}
	return steps
}

// lookup finds what a path leads to; nil is nothing.
func lookup(value any, path []any) any {
	for _, step := range path {
		if text, ok := value.(string); ok {
			value = nil
			_ = json.Unmarshal([]byte(text), &value)
		}
		switch step := step.(type) {
		case string:
			o, _ := value.(object)
			value = o[step]
		case int:
			l, _ := value.([]any)
			if step >= len(l) {
				return nil
			}
			value = l[step]
		}
	}
	return value
}

// edited returns a resource with its properties, or those of its provider, changed.
// Changed is false if the edit did not fit.
func edited(p plans.Planned, provider bool, e edit) (_ plans.Planned, changed bool) {
	c := plans.Planned{AnalyzerResource: proto.Clone(p.AnalyzerResource).(*pulumirpc.AnalyzerResource), Inputs: p.Inputs}
	if provider {
		c.Provider.Properties = apply(c.Provider.Properties, e)
		return c, !proto.Equal(c.Provider, p.Provider)
	}
	c.Inputs, c.Properties = apply(p.Inputs, e), apply(p.Properties, e)
	return c, !proto.Equal(c.Inputs, p.Inputs) || !proto.Equal(c.Properties, p.Properties)
}

func apply(s *structpb.Struct, e edit) *structpb.Struct {
	changed, err := structpb.NewStruct(e(s.AsMap()).(object))
	if err != nil {
		panic(fmt.Sprintf("an edit made something that properties cannot hold: %v", err))
	}
	return changed
}

func keys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
