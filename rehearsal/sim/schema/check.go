package schema

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
)

// Unknown stands for a value that is not known before other resources exist.
type Unknown struct{}

// Asset stands for a file or archive.
type Asset struct{}

// Problem is one thing wrong with a resource, and where.
type Problem struct{ Path, Reason string }

func (p Problem) String() string { return p.Path + ": " + p.Reason }

// Check reports everything that is wrong with the inputs of a kind: unknown
// properties, missing ones, wrong types, unknown enum values. Values are plain
// Go values: string, float64, bool, []any, map[string]any, nil, Unknown, Asset.
func (s *Schema) Check(kind string, inputs map[string]any) []Problem {
	k, ok := s.Kinds[kind]
	if !ok {
		return []Problem{{"", fmt.Sprintf("kind %s has no schema", kind)}}
	}
	return s.object("", k.In, inputs)
}

func (s *Schema) object(at string, want Object, got map[string]any) []Problem {
	var found []Problem
	for _, name := range slices.Sorted(maps.Keys(got)) {
		if p, known := want[name]; known {
			found = append(found, s.value(join(at, name), p.Type, got[name])...)
		} else if !strings.HasPrefix(name, "__") { // the engine's own bookkeeping, such as __defaults
			found = append(found, Problem{join(at, name), "no such property; there is " + strings.Join(slices.Sorted(maps.Keys(want)), ", ")})
		}
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if want[name].Required && got[name] == nil {
			found = append(found, Problem{join(at, name), "is required"})
		}
	}
	return found
}

func (s *Schema) value(at string, want Type, got any) []Problem {
	if _, unknown := got.(Unknown); unknown || got == nil || want == "any" {
		return nil
	}
	wrong := []Problem{{at, fmt.Sprintf("is %s, not %s", describe(got), want)}}
	switch want[0] {
	case '[':
		list, ok := got.([]any)
		if !ok {
			return wrong
		}
		var found []Problem
		for i, v := range list {
			found = append(found, s.value(fmt.Sprintf("%s[%d]", at, i), want.Elem(), v)...)
		}
		return found
	case '{':
		m, ok := got.(map[string]any)
		if !ok {
			return wrong
		}
		var found []Problem
		for _, k := range slices.Sorted(maps.Keys(m)) {
			found = append(found, s.value(fmt.Sprintf("%s[%q]", at, k), want.Elem(), m[k])...)
		}
		return found
	case '#':
		m, ok := got.(map[string]any)
		if !ok {
			return wrong
		}
		return s.object(at, s.Types[string(want[1:])], m)
	}
	if !fits(want, got) {
		return wrong
	}
	if enum := want.Enum(); enum != nil && !slices.Contains(enum, fmt.Sprint(got)) {
		return []Problem{{at, fmt.Sprintf("is %v, not one of %s", got, strings.Join(enum, ", "))}}
	}
	return nil
}

func fits(want Type, got any) bool {
	base, _, _ := strings.Cut(string(want), "(")
	switch got := got.(type) {
	case string:
		return base == "string"
	case bool:
		return base == "bool"
	case float64:
		return base == "number" || base == "int" && got == math.Trunc(got)
	case Asset:
		return base == "asset"
	}
	return false
}

func describe(v any) string {
	switch v := v.(type) {
	case string:
		return fmt.Sprintf("%q", v)
	case []any:
		return "a list"
	case map[string]any:
		return "an object"
	case Asset:
		return "an asset"
	}
	return fmt.Sprint(v)
}

func join(at, name string) string {
	if at == "" {
		return name
	}
	return at + "." + name
}

// At finds the type that a dotted path leads to, with [*] after lists and maps.
// What lies inside a value of type any, or inside JSON text ({}), has type any.
func (s *Schema) At(in Object, path string) (Type, error) {
	var t Type
	for i, step := range strings.Split(path, ".") {
		name, rest := step, ""
		if cut := strings.IndexAny(step, "[{"); cut >= 0 {
			name, rest = step[:cut], step[cut:]
		}
		if i > 0 {
			if t == "any" {
				return t, nil
			}
			if t[0] != '#' {
				return "", fmt.Errorf("%s: %s lies in a %s", path, name, t)
			}
			in = s.Types[string(t[1:])]
		}
		p, ok := in[name]
		if !ok {
			return "", fmt.Errorf("%s: no property %q; there is %s", path, name, strings.Join(slices.Sorted(maps.Keys(in)), ", "))
		}
		t = p.Type
		for ; strings.HasPrefix(rest, "[*]") && t != "any"; rest = rest[3:] {
			if t[0] != '[' && t[0] != '{' {
				return "", fmt.Errorf("%s: %s is a %s, not a list or map", path, name, t)
			}
			t = t.Elem()
		}
		if rest != "" && rest != "[*]" {
			t = "any"
		}
	}
	return t, nil
}
