package plans

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/protobuf/types/known/structpb"

	"tenant-runtime/rehearsal/sim/mock"
)

// Planned is a resource as the engine shows it to a policy pack: first with its
// inputs, by itself, and after all are planned with its outputs, among the others.
type Planned struct {
	*pulumirpc.AnalyzerResource // properties: the outputs
	Inputs                      *structpb.Struct
}

// Alone is the message about the resource by itself.
func (p Planned) Alone() *pulumirpc.AnalyzeRequest {
	return &pulumirpc.AnalyzeRequest{Urn: p.Urn, Type: p.Type, Name: p.Name, Properties: p.Inputs, Options: p.Options, Provider: p.Provider}
}

// Together is the message about resources among each other.
func Together(all []Planned) *pulumirpc.AnalyzeStackRequest {
	req := &pulumirpc.AnalyzeStackRequest{}
	for _, p := range all {
		req.Resources = append(req.Resources, p.AnalyzerResource)
	}
	return req
}

// Wire returns a plan as the engine's messages to a policy pack.
func Wire(t testing.TB, plan *mock.Plan) []Planned {
	t.Helper()
	providers := map[resource.URN]*pulumirpc.AnalyzerProviderResource{}
	for _, r := range plan.Resources {
		if r.Custom && r.Provider == "" {
			providers[r.URN] = &pulumirpc.AnalyzerProviderResource{Type: r.Type, Name: r.Name, Urn: string(r.URN), Properties: marshal(t, r.Inputs)}
		}
	}
	var all []Planned
	for _, r := range plan.Resources {
		outputs := r.Inputs.Copy()
		for name, value := range r.Outputs {
			outputs[name] = value
		}
		if r.ID != "" {
			outputs["id"] = resource.NewStringProperty(r.ID)
		}
		all = append(all, Planned{Inputs: marshal(t, r.Inputs), AnalyzerResource: &pulumirpc.AnalyzerResource{
			Urn: string(r.URN), Type: r.Type, Name: r.Name, Properties: marshal(t, outputs),
			Options:  &pulumirpc.AnalyzerResourceOptions{Protect: r.Request.GetProtect()},
			Provider: providers[r.Provider], Parent: string(r.Parent),
			Dependencies: texts(r.Dependencies), PropertyDependencies: dependencies(r.PropertyDependencies),
		}})
	}
	return all
}

func dependencies(by map[string][]resource.URN) map[string]*pulumirpc.AnalyzerPropertyDependencies {
	all := map[string]*pulumirpc.AnalyzerPropertyDependencies{}
	for property, urns := range by {
		all[property] = &pulumirpc.AnalyzerPropertyDependencies{Urns: texts(urns)}
	}
	return all
}

func texts(urns []resource.URN) []string {
	all := make([]string, len(urns))
	for i, urn := range urns {
		all[i] = string(urn)
	}
	return all
}

// marshal writes properties as the engine does for analyzers.
func marshal(t testing.TB, properties resource.PropertyMap) *structpb.Struct {
	t.Helper()
	s, err := plugin.MarshalProperties(properties, plugin.MarshalOptions{KeepUnknowns: true, KeepSecrets: true})
	if err != nil {
		t.Fatal(err)
	}
	return s
}
