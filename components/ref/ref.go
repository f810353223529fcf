// Package ref moves references between stacks. A reference is what others may use
// of a component: a struct of outputs and plain text, and nothing that is alive.
//
// Guarantees: what one stack exports another reads into the same struct; a field
// that is missing is an error that names it, never an output that stays unknown.
package ref

import (
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// A reference consists of structs, maps with text as keys, slices and pointers of
// these; at the ends are pulumi.StringOutput and types of text. A pointer may be
// nil and a field with the tag `ref:"optional"` empty: that there is none is then
// part of the reference. Export and Read refuse everything else.
var output = reflect.TypeFor[pulumi.StringOutput]()

// isPlain says whether a struct is one of ours. Other outputs are structs too, whose
// one field, a pointer, would pass for something that is not there.
func isPlain(t reflect.Type) bool {
	if t.Kind() != reflect.Struct || t.Implements(reflect.TypeFor[pulumi.Input]()) {
		return false
	}
	for i := range t.NumField() {
		if !t.Field(i).IsExported() {
			return false
		}
	}
	return true
}

// Export returns the reference as a value that a stack or component can export.
func Export(reference any) (pulumi.Map, error) {
	v, err := export(reflect.ValueOf(reference))
	if err != nil {
		return nil, err
	}
	fields, ok := v.(pulumi.Map)
	if !ok {
		return nil, fmt.Errorf("%T is not a struct", reference)
	}
	return fields, nil
}

func export(v reflect.Value) (pulumi.Input, error) {
	switch {
	case v.Type() == output:
		out := v.Interface().(pulumi.StringOutput)
		if out.OutputState == nil {
			return nil, errors.New("is not set")
		}
		return out, nil
	case v.Kind() == reflect.String:
		if v.Len() == 0 {
			return nil, errors.New("is empty")
		}
		return pulumi.String(v.String()), nil
	case v.Kind() == reflect.Pointer:
		return export(v.Elem())
	case v.Kind() == reflect.Slice:
		list := pulumi.Array{}
		for i := range v.Len() {
			item, err := export(v.Index(i))
			if err != nil {
				return nil, at(fmt.Sprintf("[%d]", i), err)
			}
			list = append(list, item)
		}
		return list, nil
	case v.Kind() == reflect.Map && v.Type().Key().Kind() == reflect.String:
		fields := pulumi.Map{}
		for _, key := range v.MapKeys() {
			value, err := export(v.MapIndex(key))
			if err != nil {
				return nil, at("."+key.String(), err)
			}
			fields[key.String()] = value
		}
		return fields, nil
	case isPlain(v.Type()):
		fields := pulumi.Map{}
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if isAbsent(f, v.Field(i)) {
				continue
			}
			value, err := export(v.Field(i))
			if err != nil {
				return nil, at("."+key(f), err)
			}
			fields[key(f)] = value
		}
		return fields, nil
	}
	return nil, fmt.Errorf("is of type %s, which no stack can export", v.Type())
}

// Read fills the reference that the pointer points to from the plain value that
// another stack exported.
func Read(exported any, into any) error {
	return read(exported, reflect.ValueOf(into).Elem())
}

func read(from any, into reflect.Value) error {
	kind := into.Kind()
	switch {
	case into.Type() == output, kind == reflect.String:
		text, ok := from.(string)
		if !ok || text == "" {
			return fmt.Errorf("is %v, not text", from)
		}
		if kind == reflect.String {
			into.SetString(text)
		} else {
			into.Set(reflect.ValueOf(pulumi.String(text).ToStringOutput()))
		}
		return nil
	case kind == reflect.Pointer:
		into.Set(reflect.New(into.Type().Elem()))
		return read(from, into.Elem())
	case kind == reflect.Slice:
		list, ok := from.([]any)
		if !ok {
			return fmt.Errorf("is %v, not a list", from)
		}
		into.Set(reflect.MakeSlice(into.Type(), len(list), len(list)))
		for i, item := range list {
			if err := read(item, into.Index(i)); err != nil {
				return at(fmt.Sprintf("[%d]", i), err)
			}
		}
		return nil
	}
	fields, ok := from.(map[string]any)
	switch {
	case !ok:
		return fmt.Errorf("is %v, not an object", from)
	case kind == reflect.Map && into.Type().Key().Kind() == reflect.String:
		into.Set(reflect.MakeMap(into.Type()))
		for key, item := range fields {
			value := reflect.New(into.Type().Elem()).Elem()
			if err := read(item, value); err != nil {
				return at("."+key, err)
			}
			into.SetMapIndex(reflect.ValueOf(key).Convert(into.Type().Key()), value)
		}
		return nil
	case isPlain(into.Type()):
		return readStruct(fields, into)
	}
	return fmt.Errorf("is of type %s, which no stack can read", into.Type())
}

func readStruct(fields map[string]any, into reflect.Value) error {
	for i := range into.NumField() {
		f := into.Type().Field(i)
		value, given := fields[key(f)]
		if !given {
			if isOptional(f) {
				continue
			}
			return at("."+key(f), errors.New("is missing"))
		}
		if err := read(value, into.Field(i)); err != nil {
			return at("."+key(f), err)
		}
	}
	return nil
}

// isAbsent says that an optional part is not there.
func isAbsent(f reflect.StructField, v reflect.Value) bool {
	if !isOptional(f) {
		return false
	}
	if f.Type == output {
		return v.Interface().(pulumi.StringOutput).OutputState == nil
	}
	return v.IsZero()
}

func isOptional(f reflect.StructField) bool {
	return f.Type.Kind() == reflect.Pointer || f.Tag.Get("ref") == "optional"
}

// key is the field's name in lower camel case: VPC is vpc, SecurityGroup securityGroup.
func key(f reflect.StructField) string {
	upper := 0
	for upper < len(f.Name) && f.Name[upper] >= 'A' && f.Name[upper] <= 'Z' {
		upper++
	}
	if upper > 1 && upper < len(f.Name) {
		upper-- // the last capital begins the next word
	}
	return strings.ToLower(f.Name[:upper]) + f.Name[upper:]
}

// failure is an error and where in the reference it is.
type failure struct {
	path string
	err  error
}

func (f failure) Error() string { return strings.TrimPrefix(f.path, ".") + " " + f.err.Error() }

func (f failure) Unwrap() error { return f.err }

func at(step string, err error) error {
	var inner failure
	if errors.As(err, &inner) {
		return failure{step + inner.path, inner.err}
	}
	return failure{step, err}
}
