package sim

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"tenant-runtime/rehearsal/sim/schema"
)

// plain turns a property into plain values: secrets are opened, what is not
// known becomes schema.Unknown.
func plain(v resource.PropertyValue) any {
	switch {
	case v.IsSecret():
		return plain(v.SecretValue().Element)
	case v.IsComputed():
		return schema.Unknown{}
	case v.IsOutput():
		if !v.OutputValue().Known {
			return schema.Unknown{}
		}
		return plain(v.OutputValue().Element)
	case v.IsArray():
		list := make([]any, len(v.ArrayValue()))
		for i, e := range v.ArrayValue() {
			list[i] = plain(e)
		}
		return list
	case v.IsObject():
		return plainMap(v.ObjectValue())
	case v.IsAsset(), v.IsArchive():
		return schema.Asset{}
	case v.IsResourceReference():
		return plain(v.ResourceReferenceValue().ID)
	}
	return v.V
}

func plainMap(m resource.PropertyMap) Props {
	props := Props{}
	for k, v := range m {
		if value := plain(v); value != nil {
			props[string(k)] = value
		}
	}
	return props
}

// found is a value and where it was found.
type found struct {
	path  string
	value any
}

// find returns the values a path leads to. Steps are names with dots between
// them; [*] takes each element of a list or map, or the value itself where it is
// neither; {} reads JSON text. What is missing is not found.
func find(props any, path string) []found {
	at := []found{{"", props}}
	for _, step := range strings.Split(path, ".") {
		name, rest := step, ""
		if cut := strings.IndexAny(step, "[{"); cut >= 0 {
			name, rest = step[:cut], step[cut:]
		}
		var next []found
		for _, f := range at {
			if m, ok := f.value.(map[string]any); ok && m[name] != nil {
				next = append(next, expand(found{strings.TrimPrefix(f.path+"."+name, "."), m[name]}, rest)...)
			}
		}
		at = next
	}
	return at
}

func expand(f found, rest string) []found {
	switch {
	case rest == "":
		return []found{f}
	case strings.HasPrefix(rest, "{}"):
		text, _ := f.value.(string)
		var document any
		if json.Unmarshal([]byte(text), &document) != nil {
			return nil
		}
		return expand(found{f.path, document}, rest[2:])
	}
	rest = strings.TrimPrefix(rest, "[*]")
	var all []found
	switch v := f.value.(type) {
	case []any:
		for i, e := range v {
			all = append(all, expand(found{fmt.Sprintf("%s[%d]", f.path, i), e}, rest)...)
		}
	case map[string]any:
		for _, k := range slices.Sorted(maps.Keys(v)) {
			all = append(all, expand(found{fmt.Sprintf("%s[%q]", f.path, k), v[k]}, rest)...)
		}
	default:
		all = expand(f, rest)
	}
	return all
}

// first returns the value at a path, or nil.
func first(props Props, path string) any {
	if all := find(props, path); len(all) > 0 {
		return all[0].value
	}
	return nil
}

// text returns the value at a path as text; empty when missing or unknown.
func text(props Props, path string) string {
	switch v := first(props, path).(type) {
	case nil, schema.Unknown:
		return ""
	default:
		return fmt.Sprint(v)
	}
}

// holds tells whether a condition is true: "path", "!path", "path=value".
func holds(props Props, condition string) bool {
	if path, negated := strings.CutPrefix(condition, "!"); negated {
		return !holds(props, path)
	}
	path, want, compare := strings.Cut(condition, "=")
	if !compare {
		want = "true"
	}
	return text(props, path) == want
}

// subject is the path a condition is about.
func subject(condition string) string {
	path, _, _ := strings.Cut(strings.TrimPrefix(condition, "!"), "=")
	return path
}
