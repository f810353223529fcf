package strict

import (
	"bytes"
	"encoding/json"
	"fmt"
	"iter"
	"reflect"
	"strings"
)

// Field is what the tags of a struct's field say.
type Field struct {
	Key      string
	Optional bool   // omitempty or omitzero
	Example  string // as YAML writes it; empty when the field shows none
}

// Fields lists the fields of a struct in the order in which it declares them.
func Fields(t reflect.Type) []Field {
	fields := make([]Field, t.NumField())
	for i := range fields {
		tag := t.Field(i).Tag
		key, options, _ := strings.Cut(tag.Get("json"), ",")
		if key == "" {
			panic(fmt.Sprintf("strict: field %s of %s has no json name", t.Field(i).Name, t))
		}
		fields[i] = Field{key, options == "omitempty" || options == "omitzero", tag.Get("example")}
	}
	return fields
}

// shown is the example as the end of a message, or nothing.
func (f Field) shown() string {
	if f.Example == "" {
		return ""
	}
	return ", for example " + f.Example
}

func keysOf(t reflect.Type) []string {
	var keys []string
	for _, f := range Fields(t) {
		keys = append(keys, f.Key)
	}
	return keys
}

// Example shows how the key of the struct may be written: ", for example …", or
// nothing when its field has no example.
func Example(of any, key string) string {
	for _, f := range Fields(reflect.TypeOf(of)) {
		if f.Key == key {
			return f.shown()
		}
	}
	return ""
}

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
