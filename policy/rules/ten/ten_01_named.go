package ten

import (
	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
	"tenant-runtime/policy/rules/tenancy"
	"tenant-runtime/regions"
)

// StoresNameTenant is TEN-01.
var StoresNameTenant = rule.Rule{
	ID: "TEN-01", Name: "named", Title: "Every store says which tenant its data belongs to",
	Severity: rule.High, Level: rule.Mandatory,
	Why: "What belongs to nobody in particular is neither kept apart, nor returned, nor deleted on request.",
	Fix: "Declare stores with a scope for the tenant; what several use is the tenant shared.",
	Checks: regions.Each[rule.Checks]{
		AWS:   rule.By(rule.Row("tags.tenant", oneOfStack, rule.AbsentIsBad, tenancy.Stores.AWS...)),
		GCP:   rule.By(rule.Row("labels.tenant", oneOfStack, rule.AbsentIsBad, tenancy.Stores.GCP...)),
		Azure: rule.By(rule.Row("tags.tenant", oneOfStack, rule.AbsentIsBad, tenancy.Stores.Azure...)),
	},
	Good: []rule.Example{{Given: []rule.Given{{Type: aws.S3BucketV2, Props: tenancy.Tagged("acme", nil)}}, Runtime: tenancy.Runtime}},
}

var oneOfStack = rule.OfRuntime(func(rt *rule.Runtime) rule.Demand[string] {
	return rule.Satisfies(func(name string) bool {
		_, known := rt.Tenant(name)
		return known || name == tenancy.Shared
	}, "shared or a tenant of the stack", tenancy.Shared, "")
}, tenancy.Shared, "acmee")
