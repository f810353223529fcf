package rule

import (
	"fmt"
	"reflect"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	"google.golang.org/protobuf/types/known/structpb"
)

// wire writes a value as the engine sends it.
func wire(v any) *structpb.Value {
	switch v := v.(type) {
	case nil:
		return structpb.NewNullValue()
	case State: // Unknown
		return structpb.NewStringValue(plugin.UnknownStringValue)
	case Secret:
		return wire(map[string]any{resource.SigKey: resource.SecretSig, "value": v.Value})
	}
	switch rv := reflect.ValueOf(v); rv.Kind() {
	case reflect.Map:
		fields := map[string]*structpb.Value{}
		for _, k := range rv.MapKeys() {
			fields[k.String()] = wire(rv.MapIndex(k).Interface())
		}
		return structpb.NewStructValue(&structpb.Struct{Fields: fields})
	case reflect.Slice:
		var values []*structpb.Value
		for i := range rv.Len() {
			values = append(values, wire(rv.Index(i).Interface()))
		}
		return structpb.NewListValue(&structpb.ListValue{Values: values})
	case reflect.Bool:
		return structpb.NewBoolValue(rv.Bool())
	case reflect.Int:
		return structpb.NewNumberValue(float64(rv.Int()))
	case reflect.Float64:
		return structpb.NewNumberValue(rv.Float())
	case reflect.String:
		return structpb.NewStringValue(rv.String())
	}
	panic(fmt.Sprintf("an example cannot hold a %T", v))
}

// clone copies a value deeply, so that a variant does not change the example.
func clone(v any) any {
	switch rv := reflect.ValueOf(v); rv.Kind() {
	case reflect.Map:
		copied := map[string]any{}
		for _, k := range rv.MapKeys() {
			copied[k.String()] = clone(rv.MapIndex(k).Interface())
		}
		return copied
	case reflect.Slice:
		copied := make([]any, rv.Len())
		for i := range copied {
			copied[i] = clone(rv.Index(i).Interface())
		}
		return copied
	}
	return v
}

// without returns the example with one property of one resource unknown, or as
// much of its path as can be unknown: a document is unknown as a whole.
func (e Example) without(on int, path string) Example {
	e.Given = slices.Clone(e.Given)
	props := clone(map[string]any(e.Given[on].linked())).(map[string]any)
	e.Given[on].Props = blank(props, segments(path)).(map[string]any)
	return e
}

func blank(v any, path []any) any {
	if len(path) == 0 {
		return Unknown
	}
	switch at := v.(type) {
	case map[string]any:
		key, ok := path[0].(string)
		if !ok {
			return Unknown
		}
		if child, exists := at[key]; exists {
			at[key] = blank(child, path[1:])
		} else {
			at[key] = Unknown
		}
		return at
	case []any:
		if i, ok := path[0].(int); ok && i < len(at) {
			at[i] = blank(at[i], path[1:])
			return at
		}
	}
	return Unknown
}
