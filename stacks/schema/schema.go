// Package schema describes stack files to editors, as a JSON Schema: what keys there
// are, what they mean and what their values look like.
//
// Guarantees: it is made of the structs that the program reads a stack file into,
// and of the same catalogues, so the two agree; what the program accepts, the schema
// accepts. The program refuses more: it knows what each cloud builds, and what values
// have to do with each other.
package schema

import (
	"bytes"
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"github.com/invopop/jsonschema"
	"sigs.k8s.io/yaml"

	"tenant-runtime/components/scope"
	"tenant-runtime/components/tenant"
	"tenant-runtime/regions"
	"tenant-runtime/stacks/deploy"
	"tenant-runtime/stacks/deploy/strict"
)

// File is a stack file: what we write into it, and what Pulumi does (sdk/v3
// go/common/workspace, ProjectStack, v3.276.0).
type File struct {
	// SecretsProvider is written by `pulumi stack init --secrets-provider`: the key that
	// encrypts the stack's secrets.
	SecretsProvider string `json:"secretsprovider,omitempty"`

	// EncryptedKey is written by Pulumi.
	EncryptedKey string `json:"encryptedkey,omitempty"`

	// EncryptionSalt is written by Pulumi.
	EncryptionSalt string `json:"encryptionsalt,omitempty"`

	// Config has one key, with one object.
	Config Namespace `json:"config"`
}

// Namespace holds the configuration of the program.
type Namespace struct {
	// Runtime says who and where, and up to three sections of what the stack owns.
	Runtime deploy.Config `json:"tenant-runtime:runtime"`
}

// Generate returns the schema as text. Descriptions are the comments of the structs,
// which it reads from the directories that declare them; it runs in its own, as
// tests do.
func Generate() ([]byte, error) {
	r := jsonschema.Reflector{Anonymous: true, RequiredFromJSONSchemaTags: true, Mapper: values, Namer: named}
	for _, dir := range []string{".", "../deploy", "../../components/database"} {
		if err := r.AddGoComments(reflect.TypeFor[File]().PkgPath(), dir); err != nil {
			return nil, err
		}
	}
	for name, comment := range r.CommentMap {
		r.CommentMap[name] = strings.Join(strings.Fields(comment), " ")
	}
	s := r.Reflect(File{})
	c := completer{s.Definitions}
	if err := c.complete(reflect.TypeFor[File]()); err != nil {
		return nil, err
	}
	c.relate()
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(s)
	return text.Bytes(), err
}

// named tells a definition from a value of the same name: a tenant of the stack is
// an object, and the name of one is a text.
func named(t reflect.Type) string {
	if parses(t) {
		return t.String()
	}
	return t.Name()
}

func parses(t reflect.Type) bool {
	return reflect.PointerTo(t).Implements(reflect.TypeFor[encoding.TextUnmarshaler]())
}

// values describes the types that parse themselves. None is left to its looks: it
// would be described as the struct or text that it is made of.
func values(t reflect.Type) *jsonschema.Schema {
	switch t {
	case reflect.TypeFor[regions.Jurisdiction]():
		return oneOf(regions.Jurisdictions)
	case reflect.TypeFor[scope.Environment]():
		return oneOf(scope.Environments)
	case reflect.TypeFor[tenant.Isolation]():
		return oneOf(tenant.Isolations)
	case reflect.TypeFor[deploy.StoreName]():
		return oneOf(deploy.Restorable())
	case reflect.TypeFor[regions.Region]():
		return reference("Region")
	}
	if shaped, ok := reflect.Zero(t).Interface().(interface{ Shape() string }); ok {
		return &jsonschema.Schema{Type: "string", Pattern: shaped.Shape()}
	}
	if parses(t) {
		panic(fmt.Sprintf("schema: %s parses itself and has no Shape", t))
	}
	return nil
}

func oneOf[T ~string](all []T) *jsonschema.Schema {
	s := &jsonschema.Schema{Type: "string"}
	for _, one := range all {
		s.Enum = append(s.Enum, string(one))
	}
	return s
}

func reference(definition string) *jsonschema.Schema {
	return &jsonschema.Schema{Ref: "#/$defs/" + definition}
}

// completer adds what the structs say in ways of our own.
type completer struct{ jsonschema.Definitions }

// complete adds examples and what is required to the definitions of a struct and of
// those in it. What the structs call optional, strict decides.
func (c completer) complete(t reflect.Type) error {
	s := c.Definitions[t.Name()]
	s.Required = nil // structs that several others have are here as often
	for i, f := range strict.Fields(t) {
		property, _ := s.Properties.Get(f.Key)
		if !f.Optional {
			s.Required = append(s.Required, f.Key)
		}
		if f.Example != "" {
			var example any
			if err := yaml.Unmarshal([]byte(f.Example), &example); err != nil {
				return fmt.Errorf("example of %s.%s: %w", t.Name(), f.Key, err)
			}
			property.Examples = []any{example}
		}
		inner := t.Field(i).Type
		if inner.Kind() == reflect.Slice { // a list is not empty, and nothing is given twice
			least := uint64(1)
			property.MinItems, property.UniqueItems = &least, true
		}
		for inner.Kind() == reflect.Slice || inner.Kind() == reflect.Pointer {
			inner = inner.Elem()
		}
		if c.Definitions[inner.Name()] != nil && inner.Kind() == reflect.Struct {
			if err := c.complete(inner); err != nil {
				return err
			}
		}
	}
	return nil
}

// relate adds what keys have to do with each other, as far as it is simple.
func (c completer) relate() {
	all := &jsonschema.Schema{}
	config := c.Definitions["Config"]
	for _, law := range regions.Jurisdictions {
		name := "Region" + string(law)
		var ids []regions.ID
		for _, r := range regions.All() {
			if r.Jurisdiction == law {
				ids = append(ids, r.ID)
			}
		}
		c.Definitions[name] = oneOf(ids)
		all.AnyOf = append(all.AnyOf, reference(name))
		then := jsonschema.NewProperties()
		then.Set("home", reference(name))
		then.Set("recovery", reference(name))
		config.AllOf = append(config.AllOf, &jsonschema.Schema{
			If:   with("jurisdiction", &jsonschema.Schema{Const: law}),
			Then: &jsonschema.Schema{Properties: then},
		})
	}
	c.Definitions["Region"] = all

	config.AnyOf = []*jsonschema.Schema{requires("account"), requires("cell"), requires("tenants")}
	config.DependentRequired = map[string][]string{"tenants": {"cell"}}
	c.ownedOrNamed("Account")
	c.ownedOrNamed("Cell")

	least := uint64(1)
	c.Definitions["Restore"].MinProperties = &least
	database := c.Definitions["Source"]
	database.OneOf = []*jsonschema.Schema{requires("snapshot"), requires("backups")}
	database.DependentRequired = map[string][]string{"at": {"backups"}}
}

// ownedOrNamed says that a section names the stack that owns it, or describes what
// this stack owns.
func (c completer) ownedOrNamed(section string) {
	s := c.Definitions[section]
	owner, _ := s.Properties.Delete("stack")
	own := &jsonschema.Schema{Title: "of this stack", Properties: s.Properties, AdditionalProperties: jsonschema.FalseSchema}
	named := with("stack", owner)
	named.Title, named.AdditionalProperties = "of another stack", jsonschema.FalseSchema
	s.OneOf, s.Properties, s.AdditionalProperties = []*jsonschema.Schema{own, named}, nil, nil
}

// requires is an object that has the key, with what it likes.
func requires(key string) *jsonschema.Schema { return &jsonschema.Schema{Required: []string{key}} }

// with is an object that has the key, with such a value.
func with(key string, value *jsonschema.Schema) *jsonschema.Schema {
	s := requires(key)
	s.Properties = jsonschema.NewProperties()
	s.Properties.Set(key, value)
	return s
}
