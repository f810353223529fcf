package plans

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"tenant-runtime/policy"
	"tenant-runtime/policy/rule"
)

// Packs lists the policy packs.
var Packs = []string{rule.Hardening, rule.Residency, rule.Continuity}

// Judge is all policy packs of the tree, looking at one stack the way they do
// beside the engine.
type Judge map[string]*rule.Server

// Finding is what a rule says about a resource, or with no URN about the stack.
type Finding struct {
	Rule, URN string
	Mandatory bool
	Message   string
}

// NewJudge configures the packs for a committed stack.
func NewJudge(t testing.TB, stack string) Judge {
	t.Helper()
	j := Judge{}
	for _, name := range Packs {
		project, err := os.ReadFile(filepath.Join(Root(), "policy", name, "PulumiPolicy.yaml"))
		if err != nil {
			t.Fatal(err)
		}
		pack, err := policy.Pack(name, project)
		if err != nil {
			t.Fatal(err)
		}
		j[name] = rule.NewServer(pack, func(string) {}, &bytes.Buffer{})
		_, err = j[name].ConfigureStack(context.Background(), &pulumirpc.AnalyzerStackConfigureRequest{Stack: stack, Project: "tenant-runtime", Config: Config(t, stack)})
		if err != nil {
			t.Fatal(err)
		}
	}
	return j
}

// One judges a resource by itself, as before it is created.
func (j Judge) One(t testing.TB, p Planned) []Finding {
	t.Helper()
	return j.ask(t, func(s *rule.Server) (*pulumirpc.AnalyzeResponse, error) {
		return s.Analyze(context.Background(), p.Alone())
	})
}

// All judges how resources hang together, as after the update.
func (j Judge) All(t testing.TB, all []Planned) []Finding {
	t.Helper()
	req := &pulumirpc.AnalyzeStackRequest{}
	for _, p := range all {
		req.Resources = append(req.Resources, p.AnalyzerResource)
	}
	return j.ask(t, func(s *rule.Server) (*pulumirpc.AnalyzeResponse, error) {
		return s.AnalyzeStack(context.Background(), req)
	})
}

func (j Judge) ask(t testing.TB, question func(*rule.Server) (*pulumirpc.AnalyzeResponse, error)) []Finding {
	t.Helper()
	var found []Finding
	for _, name := range Packs {
		answer, err := question(j[name])
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range answer.Diagnostics {
			found = append(found, Finding{
				Rule: d.PolicyName[:len("ENC-07")], URN: d.Urn, Message: d.Message,
				Mandatory: d.EnforcementLevel == pulumirpc.EnforcementLevel_MANDATORY,
			})
		}
	}
	return found
}
