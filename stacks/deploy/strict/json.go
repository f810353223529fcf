package strict

import (
	"bytes"
	"encoding/json"
	"fmt"
	"iter"
	"reflect"
	"strings"
)

// field is what the tags of a struct field say.
type field struct {
	index    int
	optional bool   // omitempty or omitzero
	example  string // ", for example …"; empty when the field has none
}

func fieldsOf(t reflect.Type) map[string]field {
	fields := map[string]field{}
	for i := range t.NumField() {
		f := field{index: i}
		key, options, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		if key == "" {
			panic(fmt.Sprintf("strict: field %s of %s has no json name", t.Field(i).Name, t))
		}
		f.optional = options == "omitempty" || options == "omitzero"
		if example := t.Field(i).Tag.Get("example"); example != "" {
			f.example = ", for example " + example
		}
		fields[key] = f
	}
	return fields
}

// keysOf returns the keys in the order in which the struct declares them.
func keysOf(t reflect.Type) []string {
	keys := make([]string, t.NumField())
	for key, f := range fieldsOf(t) {
		keys[f.index] = key
	}
	return keys
}

// Example shows how the key of the struct may be written: ", for example …", or
// nothing when its field has no example.
func Example(of any, key string) string { return fieldsOf(reflect.TypeOf(of))[key].example }

// members walks a valid JSON object, duplicates included. Valid means that the
// decoder has no error to report.
func members(data json.RawMessage) iter.Seq2[string, json.RawMessage] {
	return func(yield func(string, json.RawMessage) bool) {
		d := json.NewDecoder(bytes.NewReader(data))
		d.Token() // {
		for d.More() {
			key, _ := d.Token()
			var value json.RawMessage
			d.Decode(&value)
			if !yield(key.(string), value) {
				return
			}
		}
	}
}

// elements walks a valid JSON array.
func elements(data json.RawMessage) iter.Seq2[int, json.RawMessage] {
	return func(yield func(int, json.RawMessage) bool) {
		d := json.NewDecoder(bytes.NewReader(data))
		d.Token() // [
		for i := 0; d.More(); i++ {
			var value json.RawMessage
			d.Decode(&value)
			if !yield(i, value) {
				return
			}
		}
	}
}

func kindOf(data json.RawMessage) string {
	switch data[0] {
	case '"':
		return "text"
	case '{':
		return "an object"
	case '[':
		return "a list"
	case 't', 'f':
		return "a truth value"
	}
	return "a number"
}

// short quotes a value without filling the screen.
func short(data json.RawMessage) string {
	const enough = 40
	if len(data) <= enough {
		return string(data)
	}
	return strings.ToValidUTF8(string(data[:enough]), "") + "…"
}
