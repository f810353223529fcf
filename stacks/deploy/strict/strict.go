// Package strict reads JSON into a struct and reports everything that is wrong
// with it, not only the first thing.
//
// It promises that nothing is lost: a key that the struct does not know, a key
// given twice, a value of another kind and text after the end are problems, and
// so is a key left out, unless its field is marked omitempty or omitzero. Each
// problem names its path. Text is parsed by the field's own UnmarshalText.
package strict

import (
	"bytes"
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// Decode reads the JSON value into the struct that the pointer points to. Root is
// the name of the whole in paths. What could not be read keeps its zero value.
//
// A struct consists of text (types with UnmarshalText, and strings), structs,
// slices and pointers of these, each field with a json name. Anything else is a bug of the
// struct's author and panics.
func Decode(root string, data []byte, into any) Problems {
	var d decoder
	if err := json.Unmarshal(data, new(any)); err != nil {
		d.add(root, "is not JSON: %v", err)
		return d.found
	}
	d.value(root, data, reflect.ValueOf(into).Elem(), "")
	return d.found
}

type decoder struct{ found Problems }

func (d *decoder) add(path, format string, args ...any) {
	d.found = append(d.found, Problem{path, fmt.Sprintf(format, args...)})
}

// value reads one value. The data is known to be one valid JSON value. The
// example is shown where there is no value.
func (d *decoder) value(path string, data json.RawMessage, into reflect.Value, example string) {
	data = bytes.TrimSpace(data)
	text, parses := into.Addr().Interface().(encoding.TextUnmarshaler)
	kind := into.Kind()
	switch {
	case bytes.Equal(data, []byte("null")):
		d.add(path, "has no value: write one%s, or remove the key", example)
	case parses || kind == reflect.String:
		d.text(path, data, into, text)
	case kind == reflect.Pointer:
		into.Set(reflect.New(into.Type().Elem()))
		d.value(path, data, into.Elem(), example)
	case kind == reflect.Struct:
		d.object(path, data, into)
	case kind == reflect.Slice:
		d.list(path, data, into)
	default:
		panic(fmt.Sprintf("strict: %s is of type %s, which is none of text, struct, slice and pointer", path, into.Type()))
	}
}

func (d *decoder) text(path string, data json.RawMessage, into reflect.Value, parser encoding.TextUnmarshaler) {
	var s string
	if data[0] != '"' {
		d.add(path, "%s is %s, not text: put it in quotes if it is meant as text", short(data), kindOf(data))
		return
	}
	json.Unmarshal(data, &s) // a valid string by its first byte
	if parser == nil {
		into.SetString(s)
		return
	}
	if err := parser.UnmarshalText([]byte(s)); err != nil {
		d.add(path, "%v", err)
	}
}

func (d *decoder) object(path string, data json.RawMessage, into reflect.Value) {
	if data[0] != '{' {
		d.add(path, "%s is %s, not an object with the keys %s", short(data), kindOf(data), strings.Join(keysOf(into.Type()), ", "))
		return
	}
	fields, keys := Fields(into.Type()), keysOf(into.Type())
	seen := map[string]bool{}
	for key, value := range members(data) {
		at := path + "." + key
		i := slices.Index(keys, key)
		switch {
		case i < 0:
			d.add(at, "is not a known key: use one of %s", strings.Join(keys, ", "))
		case seen[key]:
			d.add(at, "is given twice: remove one")
		default:
			d.value(at, value, into.Field(i), fields[i].shown())
		}
		seen[key] = true
	}
	for _, f := range fields {
		if !seen[f.Key] && !f.Optional {
			d.add(path+"."+f.Key, "is missing: add it%s", f.shown())
		}
	}
}

func (d *decoder) list(path string, data json.RawMessage, into reflect.Value) {
	if data[0] != '[' {
		d.add(path, "%s is %s, not a list", short(data), kindOf(data))
		return
	}
	for i, value := range elements(data) {
		into.Set(reflect.Append(into, reflect.Zero(into.Type().Elem())))
		d.value(fmt.Sprintf("%s[%d]", path, i), value, into.Index(i), "")
	}
	if into.Len() == 0 {
		d.add(path, "is an empty list: add an entry or remove the key")
	}
}
