package ten

import (
	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
	"tenant-runtime/policy/rules/tenancy"
	"tenant-runtime/regions"
)

// PoolMarked is TEN-03.
var PoolMarked = rule.Rule{
	ID: "TEN-03", Name: "pool", Title: "A tenant in pool is marked so, and its rows are bound to it",
	Severity: rule.High, Level: rule.Mandatory,
	Why: "In a shared database only row-level security stands between two tenants; the mark makes it a duty.",
	Fix: "Declare tenants through components/tenant, with the isolation that the stack's file gives them.",
	Checks: regions.Each[rule.Checks]{
		AWS:   rule.By(rule.On(marked, aws.IAMRole, aws.SecretsManagerSecret)),
		GCP:   rule.Pending("tenant"),
		Azure: rule.Pending("tenant"),
	},
	Good: []rule.Example{
		{Given: marks("brick", rule.Props{"isolationMode": "pool", "rls": "required"}), Runtime: tenancy.Runtime},
		{Given: marks("acme", rule.Props{"isolationMode": "bridge"}), Runtime: tenancy.Runtime},
	},
	Bad: []rule.Example{
		{Caught: "tags.rls", Given: marks("brick", rule.Props{"isolationMode": "pool"}), Runtime: tenancy.Runtime},
		{Caught: "tags.isolationMode", Given: marks("brick", rule.Props{"rls": "required"}), Runtime: tenancy.Runtime},
		{Caught: "tags.isolationMode", Given: marks("acme", rule.Props{"isolationMode": "pool"}), Runtime: tenancy.Runtime},
	},
}

type markedAs struct {
	Tenant    rule.Value[string] `prop:"tags.tenant"`
	Isolation rule.Value[string] `prop:"tags.isolationMode"`
	Rows      rule.Value[string] `prop:"tags.rls"`
}

// marked leaves what a cell has for itself without marks: a silo's roles carry its
// name, too.
func marked(v markedAs, r *rule.Report) {
	rule.When(r, v.Tenant, func(name string) {
		t, ok := r.Runtime().Tenant(name)
		switch {
		case ok && t.Isolation == "pool":
			rule.Must(r, v.Isolation, t.Isolation, rule.AbsentIsBad)
			rule.Must(r, v.Rows, "required", rule.AbsentIsBad)
		case ok:
			rule.Must(r, v.Isolation, t.Isolation, rule.AbsentIsGood)
		}
	})
}

func marks(tenant string, tags rule.Props) []rule.Given {
	tags["tenant"] = tenant
	return []rule.Given{{Type: aws.IAMRole, Props: rule.Props{"tags": tags}}}
}
