package ten

import (
	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/kind/azure"
	"tenant-runtime/policy/kind/gcp"
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
		AWS:   rule.By(rule.On(namesTenant, tenancy.Stores.AWS...)),
		GCP:   rule.By(rule.On(namesTenant, tenancy.Stores.GCP...)),
		Azure: rule.By(rule.On(namesTenant, tenancy.Stores.Azure...)),
	},
	Good: []rule.Example{
		{Given: []rule.Given{{Type: aws.S3BucketV2, Props: tenancy.Tagged("acme", nil)}}, Runtime: tenancy.Runtime},
		{Given: []rule.Given{{Type: gcp.StorageBucket, Props: rule.Props{"labels": rule.Props{"tenant": tenancy.Shared}}}}},
		{Given: []rule.Given{{Type: azure.StorageStorageAccount, Props: tenancy.Tagged(tenancy.Shared, nil)}}},
	},
	Bad: []rule.Example{
		{Caught: "tags.tenant", Given: []rule.Given{{Type: aws.RDSInstance, Props: rule.Props{"tags": rule.Props{}}}}},
		{Caught: "tags.tenant", Given: []rule.Given{{Type: aws.S3BucketV2, Props: tenancy.Tagged("acmee", nil)}}, Runtime: tenancy.Runtime},
		{Caught: "labels.tenant", Given: []rule.Given{{Type: gcp.StorageBucket, Props: rule.Props{}}}},
		{Caught: "tags.tenant", Given: []rule.Given{{Type: azure.StorageStorageAccount, Props: tenancy.Tagged("acme", nil)}}},
	},
}

func namesTenant(v tenancy.Owned, r *rule.Report) {
	rule.Match(r, v.Tenant(), func(name string) bool {
		_, known := r.Runtime().Tenant(name)
		return known || name == tenancy.Shared
	}, "shared or a tenant of the stack", rule.AbsentIsBad)
}
