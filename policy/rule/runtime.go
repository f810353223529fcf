package rule

import (
	"encoding/json"
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"tenant-runtime/regions"
)

// Runtime is what the rules need of the stack's configuration. It is read
// tolerantly: the program refuses what it does not understand, the rules only look.
type Runtime struct {
	Stack        string               `json:"-"` // the engine's name of the stack
	Jurisdiction regions.Jurisdiction `json:"jurisdiction"`
	Environment  string               `json:"environment"`
	Home         string               `json:"home"`
	Recovery     string               `json:"recovery"`
	Account      string               `json:"accountId"`
	Tenants      []Tenant             `json:"tenants"`

	// What the stack owns, or uses of another stack; nil where it does neither.
	AccountSection *Section `json:"account"`
	CellSection    *Section `json:"cell"`

	Problem string `json:"-"` // why the jurisdiction is not known; RES-01 reports it
}

// Tenant is one tenant of the runtime.
type Tenant struct {
	Name      string `json:"name"`
	Isolation string `json:"isolation"` // silo, bridge or pool
}

// Section is a part of the stack's file.
type Section struct {
	Stack string `json:"stack"` // that owns it; empty is this stack
}

// AccountOf names the other stack that closes the account and keeps its trail, or
// nobody: then this stack has to.
func (rt *Runtime) AccountOf() string {
	switch {
	case rt.AccountSection != nil:
		return rt.AccountSection.Stack
	case rt.CellSection != nil:
		return rt.CellSection.Stack
	}
	return ""
}

// CellOf names the other stack in whose cell this one's tenants live, or nobody.
func (rt *Runtime) CellOf() string {
	if rt.CellSection == nil {
		return ""
	}
	return rt.CellSection.Stack
}

// Silo is the tenant that has the stack for itself, if one has.
func (rt *Runtime) Silo() (Tenant, bool) {
	for _, t := range rt.Tenants {
		if t.Isolation == "silo" {
			return t, true
		}
	}
	return Tenant{}, false
}

// configKey is the one key under which a stack is configured.
const configKey = "tenant-runtime:runtime"

func runtimeOf(stack string, config map[string]string) *Runtime {
	rt := &Runtime{Stack: stack}
	text, ok := config[configKey]
	if !ok {
		rt.Problem = fmt.Sprintf("the stack has no configuration %q", configKey)
		return rt
	}
	rt.read(fmt.Sprintf("configuration %q", configKey), []byte(text))
	return rt
}

// runtime is what a deployed stack says of itself in its output of that name.
func (s *Stack) runtime() *Runtime {
	for _, res := range s.Resources("pulumi:pulumi:Stack") {
		rt := &Runtime{Stack: string(resource.URN(res.urn).Stack())}
		output, ok := res.props.GetFields()["runtime"]
		if !ok {
			rt.Problem = `the state has no output "runtime"; update the stack first`
			return rt
		}
		text, err := json.Marshal(output.AsInterface())
		if err != nil {
			rt.Problem = fmt.Sprintf(`output "runtime" cannot be read: %v`, err)
			return rt
		}
		rt.read(`output "runtime"`, text)
		return rt
	}
	return &Runtime{Problem: "the state has no stack"}
}

func (rt *Runtime) read(source string, text []byte) {
	if err := json.Unmarshal(text, rt); err != nil {
		rt.Problem = fmt.Sprintf("%s cannot be read: %v", source, err)
		rt.Jurisdiction = ""
	} else if rt.Jurisdiction == "" {
		rt.Problem = source + " names no jurisdiction"
	}
}

// Production reports whether the stack holds customers' data. Drills restore it,
// so they count.
func (rt *Runtime) Production() bool {
	return rt.Environment == "prod" || rt.Environment == "drill"
}

// Tenant finds a tenant by name.
func (rt *Runtime) Tenant(name string) (Tenant, bool) {
	for _, t := range rt.Tenants {
		if t.Name == name {
			return t, true
		}
	}
	return Tenant{}, false
}
