// Package schema says which properties the simulated kinds have.
//
// It promises that nothing is accepted which the SDK does not know: the files
// beside it are extracted from the SDK's Go source, and a test extracts them
// again and compares.
package schema

import (
	"embed"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
)

//go:embed aws.json gcp.json azure.json
var files embed.FS

// Schema holds the kinds of one Pulumi package.
type Schema struct {
	Kinds map[string]Kind   `json:"kinds"`
	Types map[string]Object `json:"types"` // nested objects, by package and Go name
}

// Kind holds what a kind accepts and what it returns besides its inputs.
type Kind struct {
	In  Object `json:"in"`
	Out Object `json:"out"`
}

// Object maps property names to what they hold.
type Object map[string]Property

// Property is one property; see its text form at MarshalText.
type Property struct {
	Type       Type
	Required   bool
	Secret     bool
	Deprecated bool
}

// Type is a type expression: string, int, number, bool, any, asset, [T] for a
// list, {T} for a map, #package.Name for an object, string(a|b) for an enum.
type Type string

// Elem returns the element type of a list or map.
func (t Type) Elem() Type { return t[1 : len(t)-1] }

// Enum returns the values of an enum, or nil.
func (t Type) Enum() []string {
	_, values, found := strings.Cut(strings.TrimSuffix(string(t), ")"), "(")
	if !found {
		return nil
	}
	return strings.Split(values, "|")
}

// MarshalText writes the type and then what is special: "string! secret deprecated".
func (p Property) MarshalText() ([]byte, error) {
	text := string(p.Type)
	if p.Required {
		text += "!"
	}
	if p.Secret {
		text += " secret"
	}
	if p.Deprecated {
		text += " deprecated"
	}
	return []byte(text), nil
}

// UnmarshalText reads what MarshalText wrote.
func (p *Property) UnmarshalText(text []byte) error {
	s, deprecated := strings.CutSuffix(string(text), " deprecated")
	s, secret := strings.CutSuffix(s, " secret")
	s, required := strings.CutSuffix(s, "!")
	if s == "" {
		return fmt.Errorf("property %q has no type", text)
	}
	*p = Property{Type: Type(s), Required: required, Secret: secret, Deprecated: deprecated}
	return nil
}

// Output finds a property that a kind returns: its inputs are returned too.
func (k Kind) Output(name string) (Property, bool) {
	if p, ok := k.Out[name]; ok {
		return p, true
	}
	p, ok := k.In[name]
	return p, ok
}

// The schemas of the three clouds' packages.
var (
	AWS   = load("aws.json")
	GCP   = load("gcp.json")
	Azure = load("azure.json")
)

// load reads a schema when it is first asked for: a program that simulates one
// cloud does not wait for the others.
func load(name string) func() *Schema {
	return sync.OnceValue(func() *Schema {
		text, err := files.ReadFile(name)
		if err != nil {
			panic(err) // embedded at build time
		}
		s := &Schema{}
		if err := json.Unmarshal(text, s); err != nil {
			panic(fmt.Sprintf("schema: %s: %v; extract it again with `go test ./rehearsal/sim/schema -update`", name, err))
		}
		return s
	})
}
