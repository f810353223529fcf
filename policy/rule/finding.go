package rule

import (
	"fmt"
	"strings"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// Finding is one violation: what was found where, and what was wanted there.
type Finding struct {
	Rule   *Rule
	On     *Resource // nil: the stack
	Path   string    // empty: the resource as a whole
	Found  string
	Wanted string
}

// urn names the resource for the engine; empty is the stack.
func (f Finding) urn() string {
	if f.On == nil {
		return ""
	}
	return f.On.urn
}

func (f Finding) String() string {
	at := f.Path + ": "
	if f.Path == "" {
		at = ""
	}
	return fmt.Sprintf("%sfound %s, wanted %s", at, f.Found, f.Wanted)
}

// message is what people read. The engine prints policy and resource above it.
func message(findings []Finding, note string) string {
	r := findings[0].Rule
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s\n", r.ID, r.Title)
	for _, f := range findings {
		fmt.Fprintf(&b, "  %s\n", f)
	}
	if note != "" {
		fmt.Fprintf(&b, "%s\n", note)
	}
	fmt.Fprintf(&b, "why: %s\nfix: %s\nsee: %s", r.Why, r.Fix, strings.Join(r.References(), " | "))
	return b.String()
}

// bySubject groups findings of one rule on one resource, in order of appearance,
// because the engine prints a heading per diagnostic.
func bySubject(findings []Finding) [][]Finding {
	type subject struct{ policy, urn string }
	index := map[subject]int{}
	var groups [][]Finding
	for _, f := range findings {
		s := subject{f.Rule.ID, f.urn()}
		i, ok := index[s]
		if !ok {
			i = len(groups)
			index[s] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], f)
	}
	return groups
}

var severities = map[Severity]pulumirpc.PolicySeverity{
	Low:      pulumirpc.PolicySeverity_POLICY_SEVERITY_LOW,
	Medium:   pulumirpc.PolicySeverity_POLICY_SEVERITY_MEDIUM,
	High:     pulumirpc.PolicySeverity_POLICY_SEVERITY_HIGH,
	Critical: pulumirpc.PolicySeverity_POLICY_SEVERITY_CRITICAL,
}

var levels = map[Level]pulumirpc.EnforcementLevel{
	Advisory:  pulumirpc.EnforcementLevel_ADVISORY,
	Mandatory: pulumirpc.EnforcementLevel_MANDATORY,
}
