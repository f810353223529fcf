package rule

import (
	"cmp"
	"fmt"
	"strings"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"tenant-runtime/regions"
)

// Example is a stack a rule accepts or refuses. It is run in tests.
type Example struct {
	Given []Given
	// For a bad example: the property it must be caught on, of the first resource
	// or of the one named by On. An empty property is the resource as a whole;
	// On: TheStack is the stack itself.
	Caught string
	On     string
	// Runtime replaces the default: production in the EU, at home in the first
	// German region of the cloud.
	Runtime *Runtime
	// DecidedWithout says that the rule reaches its verdict without the caught
	// value, so that an unknown one changes nothing.
	DecidedWithout bool
}

// TheStack is where a finding is that belongs to no resource.
const TheStack = "the stack"

// Given is a resource of an example.
type Given struct {
	Type string
	Name string // needed only where there are several
	Props
	Links    Links  // properties taken from other resources: unknown, as in a plan
	Region   string // of the provider; empty is the runtime's home, NoRegion is none
	Provider Props  // other settings of the provider
	Parent   string // name of another resource
	Protect  bool
}

// Props are properties as the provider names them. Unknown stands for a value that
// is known only during the update.
type Props map[string]any

// Links name, per property, the resources it depends on.
type Links map[string][]string

// NoRegion is the region of a provider that was not given one.
const NoRegion = "-"

// Secret marks a value as secret.
type Secret struct{ Value any }

// homes are the home regions examples have unless they say otherwise.
var homes = regions.Each[string]{AWS: "eu-central-1", GCP: "europe-west3", Azure: "germanywestcentral"}

// cloud is the cloud of the first resource that has one.
func (e Example) cloud() regions.Cloud {
	for _, g := range e.Given {
		if c, ok := CloudOf(g.Type); ok {
			return c
		}
	}
	return ""
}

// Under is the runtime that the example is judged under.
func (e Example) Under() *Runtime {
	if e.Runtime != nil {
		return e.Runtime
	}
	rt := &Runtime{Stack: "example", Jurisdiction: regions.EU, Environment: "prod", Account: "111122223333"}
	if c := e.cloud(); c != "" {
		rt.Home = homes.Of(c)
	}
	return rt
}

// run judges the example as the engine would: every resource by itself, then the
// stack. It goes the whole way through the engine's messages.
func (e Example) run(r *Rule, saw func(Read)) Outcome {
	pack := alone(r)
	stack := stackOf(e.StackRequest())
	stack.saw = saw
	rt := e.Under()
	var out Outcome
	for _, res := range stack.all {
		out.Add(pack.one(res, rt))
	}
	out.Add(pack.many(stack, rt))
	return out
}

// StackRequest returns the example's resources as the engine sends them together.
func (e Example) StackRequest() *pulumirpc.AnalyzeStackRequest {
	req := &pulumirpc.AnalyzeStackRequest{}
	for i, g := range e.Given {
		state := &pulumirpc.AnalyzerResource{
			Urn: e.urn(i), Type: g.Type, Name: e.name(i), Properties: wire(g.linked()).GetStructValue(),
			Options: &pulumirpc.AnalyzerResourceOptions{Protect: g.Protect}, Provider: e.provider(g),
			PropertyDependencies: map[string]*pulumirpc.AnalyzerPropertyDependencies{},
		}
		if g.Parent != "" {
			state.Parent = e.urn(e.index(g.Parent))
		}
		for prop, names := range g.Links {
			deps := &pulumirpc.AnalyzerPropertyDependencies{}
			for _, name := range names {
				deps.Urns = append(deps.Urns, e.urn(e.index(name)))
			}
			state.PropertyDependencies[prop] = deps
		}
		req.Resources = append(req.Resources, state)
	}
	return req
}

// Requests returns the example's resources as the engine sends them one by one.
func (e Example) Requests() []*pulumirpc.AnalyzeRequest {
	var all []*pulumirpc.AnalyzeRequest
	for _, s := range e.StackRequest().GetResources() {
		all = append(all, &pulumirpc.AnalyzeRequest{Urn: s.Urn, Type: s.Type, Name: s.Name, Properties: s.Properties, Options: s.Options, Provider: s.Provider})
	}
	return all
}

// linked adds the linked properties, unknown unless a value is given too.
func (g Given) linked() Props {
	props := Props{}
	for prop := range g.Links {
		props[prop] = Unknown
	}
	for k, v := range g.Props {
		props[k] = v
	}
	return props
}

func (e Example) name(i int) string { return cmp.Or(e.Given[i].Name, fmt.Sprintf("example-%d", i)) }

func (e Example) urn(i int) string {
	return fmt.Sprintf("urn:pulumi:example::tenant-runtime::%s::%s", e.Given[i].Type, e.name(i))
}

func (e Example) index(name string) int {
	for i := range e.Given {
		if e.name(i) == name {
			return i
		}
	}
	panic(fmt.Sprintf("the example has no resource %q", name))
}

func (e Example) provider(g Given) *pulumirpc.AnalyzerProviderResource {
	cloud, ok := CloudOf(g.Type)
	if !ok || strings.HasPrefix(g.Type, "pulumi:") {
		return nil
	}
	settings := Props{}
	for k, v := range g.Provider {
		settings[k] = v
	}
	switch {
	case g.Region == NoRegion:
	case g.Region != "":
		settings["region"] = g.Region
	default:
		settings["region"] = homes.Of(cloud)
		if e.Runtime != nil && e.Runtime.Home != "" {
			settings["region"] = e.Runtime.Home
		}
	}
	return &pulumirpc.AnalyzerProviderResource{Type: "pulumi:providers:" + string(cloud), Name: "home", Properties: wire(settings).GetStructValue()}
}
