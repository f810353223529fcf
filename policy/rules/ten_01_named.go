package rules

import (
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// StoresNameTenant is TEN-01.
var StoresNameTenant = rule.Rule{
	ID: "TEN-01", Name: "named", Title: "Every store says which tenant its data belongs to",
	Severity: rule.High, Level: rule.Mandatory,
	Why: "What belongs to nobody in particular is neither kept apart, nor returned, nor deleted on request.",
	Fix: "Declare stores with a scope for the tenant; what several use is the tenant shared.",
	Checks: regions.Each[rule.Checks]{
		AWS:   rule.By(rule.On(namesTenant, stores.AWS...)),
		GCP:   rule.By(rule.On(namesTenant, stores.GCP...)),
		Azure: rule.By(rule.On(namesTenant, stores.Azure...)),
	},
	Good: []rule.Example{
		{Given: []rule.Given{{Type: bucketOnAWS, Props: tagged("acme", nil)}}, Runtime: tenants},
		{Given: []rule.Given{{Type: bucketOnGCP, Props: rule.Props{"labels": rule.Props{"tenant": shared}}}}},
		{Given: []rule.Given{{Type: accountOnAzure, Props: tagged(shared, nil)}}},
	},
	Bad: []rule.Example{
		{Caught: "tags.tenant", Given: []rule.Given{{Type: "aws:rds/instance:Instance", Props: rule.Props{"tags": rule.Props{}}}}},
		{Caught: "tags.tenant", Given: []rule.Given{{Type: bucketOnAWS, Props: tagged("acmee", nil)}}, Runtime: tenants},
		{Caught: "labels.tenant", Given: []rule.Given{{Type: bucketOnGCP, Props: rule.Props{}}}},
		{Caught: "tags.tenant", Given: []rule.Given{{Type: accountOnAzure, Props: tagged("acme", nil)}}},
	},
}

func namesTenant(v owned, r *rule.Report) {
	rule.Match(r, v.tenant(), func(name string) bool {
		_, known := r.Runtime().Tenant(name)
		return known || name == shared
	}, "shared or a tenant of the stack", rule.AbsentIsBad)
}
