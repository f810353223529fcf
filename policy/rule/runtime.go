package rule

import (
	"encoding/json"
	"fmt"

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
	Account      string               `json:"account"`
	Tenants      []Tenant             `json:"tenants"`

	Problem string `json:"-"` // why the jurisdiction is not known; RES-01 reports it
}

// Tenant is one tenant of the runtime.
type Tenant struct {
	Name      string `json:"name"`
	Isolation string `json:"isolation"` // silo, bridge or pool
	Account   string `json:"account"`   // a silo's own
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
	if err := json.Unmarshal([]byte(text), rt); err != nil {
		rt.Problem = fmt.Sprintf("configuration %q cannot be read: %v", configKey, err)
		rt.Jurisdiction = ""
	} else if rt.Jurisdiction == "" {
		rt.Problem = fmt.Sprintf("configuration %q names no jurisdiction", configKey)
	}
	return rt
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
