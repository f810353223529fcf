// Package extract reads the schemas of kinds from the Go source of the Pulumi SDKs that
// the module names.
//
// It promises not to compile them, which would take minutes and gigabytes, and to fail
// on what it does not understand.
package extract

import (
	"fmt"
	"go/ast"
	"strconv"
	"strings"

	"tenant-runtime/rehearsal/sim/schema"
)

// Kinds reads the schemas of kinds, all of one cloud, and of the objects they consist
// of. It runs `go list` in the working directory to learn where the SDK is.
func Kinds(kinds ...string) (*schema.Schema, error) {
	x := &extractor{packages: map[string]*source{}, out: &schema.Schema{Kinds: map[string]schema.Kind{}, Types: map[string]schema.Object{}}}
	for _, token := range kinds {
		if err := x.kind(token); err != nil {
			return nil, fmt.Errorf("%s: %w", token, err)
		}
	}
	return x.out, nil
}

type extractor struct {
	packages map[string]*source
	out      *schema.Schema
}

func (x *extractor) kind(token string) error {
	dir, err := sourceDir(token)
	if err != nil {
		return err
	}
	src, err := x.open(dir)
	if err != nil {
		return err
	}
	name := token[strings.LastIndex(token, ":")+1:]
	if strings.HasPrefix(token, "pulumi:providers:") {
		name = "Provider"
	}
	file, err := src.resourceFile(name, token)
	if err != nil {
		return err
	}
	in, err := x.object(src, file, file.plainArgs(name), plain)
	if err != nil {
		return err
	}
	out, err := x.object(src, file, name, output)
	if err != nil {
		return err
	}
	required, secret := file.constructor(name)
	for property, p := range in {
		p.Required = p.Required || required[property]
		p.Secret = p.Secret || secret[property]
		in[property] = p
	}
	for property, p := range out {
		p.Secret = p.Secret || secret[property]
		p.Required = false
		out[property] = p
		if same, both := in[property]; both && same.Type == p.Type {
			delete(out, property) // an input is returned as it is
		}
	}
	x.out.Kinds[token] = schema.Kind{In: in, Out: out}
	return nil
}

// nested adds a nested object and what it is made of, and returns its type.
func (x *extractor) nested(src *source, name string) (schema.Type, error) {
	key := src.name + "." + name
	if _, done := x.out.Types[key]; !done {
		x.out.Types[key] = nil // a type may contain itself
		object, err := x.object(src, src.types, name, plain)
		if err != nil {
			return "", err
		}
		x.out.Types[key] = object
	}
	return schema.Type("#" + key), nil
}

type typeOf func(x *extractor, src *source, e ast.Expr) (schema.Type, error)

// object reads the fields of a struct that carry a pulumi tag.
func (x *extractor) object(src *source, file *text, name string, of typeOf) (schema.Object, error) {
	fields, err := file.structure(name)
	if err != nil {
		return nil, err
	}
	object := schema.Object{}
	for _, field := range fields {
		if field.Tag == nil {
			continue // embedded
		}
		tag, _ := strconv.Unquote(field.Tag.Value)
		property := strings.TrimSuffix(strings.TrimPrefix(tag, `pulumi:"`), `"`)
		t, err := of(x, src, field.Type)
		if err != nil {
			return nil, fmt.Errorf("%s.%s: %w", name, property, err)
		}
		object[property] = schema.Property{Type: t, Required: isMandatory(field.Type), Deprecated: strings.Contains(field.Doc.Text(), "Deprecated:")}
	}
	return object, nil
}

// isMandatory tells from a plain field whether it can be left out.
func isMandatory(e ast.Expr) bool {
	ident, ok := e.(*ast.Ident)
	return ok && ident.Name != "any"
}

var scalars = map[string]schema.Type{"string": "string", "bool": "bool", "int": "int", "float64": "number", "any": "any"}

// plain types a field of an args struct: *string, []Rule, map[string]string.
func plain(x *extractor, src *source, e ast.Expr) (schema.Type, error) {
	switch e := e.(type) {
	case *ast.StarExpr:
		return plain(x, src, e.X)
	case *ast.InterfaceType:
		return "any", nil
	case *ast.ArrayType:
		elem, err := plain(x, src, e.Elt)
		return "[" + elem + "]", err
	case *ast.MapType:
		elem, err := plain(x, src, e.Value)
		return "{" + elem + "}", err
	case *ast.SelectorExpr:
		return x.selected(src, e, "")
	case *ast.Ident:
		if t, ok := scalars[e.Name]; ok {
			return t, nil
		}
		if t, ok, err := src.types.enum(e.Name); ok || err != nil {
			return t, err
		}
		return x.nested(src, e.Name)
	}
	return "", fmt.Errorf("unexpected type %T", e)
}

// output types a field of a resource struct: pulumi.StringPtrOutput, RuleArrayOutput.
func output(x *extractor, src *source, e ast.Expr) (schema.Type, error) {
	switch e := e.(type) {
	case *ast.SelectorExpr:
		return x.selected(src, e, "Output")
	case *ast.Ident:
		return x.wrapped(src, strings.TrimSuffix(e.Name, "Output"))
	}
	return "", fmt.Errorf("unexpected type %T", e)
}

// wrapped takes the Array, Map and Ptr off a name, unless the name is itself a type.
func (x *extractor) wrapped(src *source, name string) (schema.Type, error) {
	if t, ok, err := src.types.enum(name); ok || err != nil {
		return t, err
	}
	if src.types.has(name) {
		return x.nested(src, name)
	}
	for suffix, form := range map[string][2]string{"Array": {"[", "]"}, "Map": {"{", "}"}, "Ptr": {}} {
		if inner, found := strings.CutSuffix(name, suffix); found {
			elem, err := x.wrapped(src, inner)
			return schema.Type(form[0]) + elem + schema.Type(form[1]), err
		}
	}
	return "", fmt.Errorf("type %s not found", name)
}

// selected types pulumi.X, or a type of another package of the same SDK.
func (x *extractor) selected(src *source, e *ast.SelectorExpr, suffix string) (schema.Type, error) {
	from, name := e.X.(*ast.Ident).Name, strings.TrimSuffix(e.Sel.Name, suffix)
	if from == "pulumi" {
		return builtin(name)
	}
	other, err := x.open(src.sibling(from))
	if err != nil {
		return "", err
	}
	return x.wrapped(other, name)
}

func builtin(name string) (schema.Type, error) {
	switch name {
	case "String", "ID", "URN":
		return "string", nil
	case "Bool":
		return "bool", nil
	case "Int":
		return "int", nil
	case "Float64":
		return "number", nil
	case "Any", "":
		return "any", nil
	case "Asset", "Archive", "AssetOrArchive":
		return "asset", nil
	}
	for suffix, form := range map[string][2]string{"Array": {"[", "]"}, "Map": {"{", "}"}, "Ptr": {}} {
		if inner, found := strings.CutSuffix(name, suffix); found {
			elem, err := builtin(inner)
			return schema.Type(form[0]) + elem + schema.Type(form[1]), err
		}
	}
	return "", fmt.Errorf("pulumi.%s is not a type we know", name)
}
