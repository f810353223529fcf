package rule

import (
	"maps"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	"google.golang.org/protobuf/types/known/structpb"
)

// inspect reads a value as the engine sends it: null is absent, a sentinel string
// is unknown, and secrets, outputs and resource references come wrapped in objects
// that carry a signature (sdk/v3 go/common/resource/plugin/rpc.go, v3.276.0).
func inspect(res *Resource, path string, val *structpb.Value, secret bool) node {
	n := node{res: res, path: path, secret: secret}
	switch k := val.GetKind().(type) {
	case nil, *structpb.Value_NullValue:
		return n
	case *structpb.Value_StringValue:
		if isUnknown(k.StringValue) {
			n.state = Unknown
			return n
		}
	case *structpb.Value_StructValue:
		fields := k.StructValue.GetFields()
		if signature, ok := fields[resource.SigKey]; ok {
			switch signature.GetStringValue() {
			case resource.SecretSig:
				return inspect(res, path, fields["value"], true)
			case resource.OutputValueSig:
				if _, known := fields["value"]; !known {
					n.state = Unknown
					return n
				}
				return inspect(res, path, fields["value"], secret || fields["secret"].GetBoolValue())
			case resource.ResourceReferenceSig:
				return inspect(res, path, fields["id"], secret)
			}
		}
	}
	n.val, n.state = val, Known
	return n
}

func isUnknown(s string) bool {
	if len(s) != len(plugin.UnknownStringValue) {
		return false
	}
	switch s {
	case plugin.UnknownStringValue, plugin.UnknownBoolValue, plugin.UnknownNumberValue, plugin.UnknownArrayValue,
		plugin.UnknownObjectValue, plugin.UnknownAssetValue, plugin.UnknownArchiveValue:
		return true
	}
	return false
}

// plain takes the wrappers out of a whole value. Known is false if anything inside
// is unknown, secret is true if anything inside is secret.
func plain(val *structpb.Value) (out *structpb.Value, known, secret bool) {
	n := inspect(nil, "", val, false)
	known, secret = n.state != Unknown, n.secret
	step := func(v *structpb.Value) *structpb.Value {
		inner, k, s := plain(v)
		known, secret = known && k, secret || s
		return inner
	}
	switch k := n.val.GetKind().(type) {
	case *structpb.Value_StructValue:
		fields := map[string]*structpb.Value{}
		for name, v := range k.StructValue.GetFields() {
			fields[name] = step(v)
		}
		return structpb.NewStructValue(&structpb.Struct{Fields: fields}), known, secret
	case *structpb.Value_ListValue:
		values := make([]*structpb.Value, len(k.ListValue.GetValues()))
		for i, v := range k.ListValue.GetValues() {
			values[i] = step(v)
		}
		return structpb.NewListValue(&structpb.ListValue{Values: values}), known, secret
	case nil:
		return structpb.NewNullValue(), known, secret
	}
	return n.val, known, secret
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
