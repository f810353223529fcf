package res

import (
	"tenant-runtime/policy/kind/azure"
	"tenant-runtime/policy/kind/gcp"
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// InJurisdiction is RES-01. Zones are RES-02, copies RES-03, keys RES-10.
var InJurisdiction = rule.Rule{
	ID: "RES-01", Name: "jurisdiction", Title: "Every resource lies in the jurisdiction that was chosen",
	Severity: rule.Critical, Level: rule.Mandatory,
	Why: "The customer chose the law its data is under; a region elsewhere breaks the contract and possibly that law.",
	Fix: "Set jurisdiction, home and recovery in the stack's file, and take regions from the scope.",
	Always: []rule.Check{rule.On(func(v struct{ *rule.Resource }, r *rule.Report) {
		r.Looked()
		if rt := r.Runtime(); rt.Problem != "" {
			r.Found(v.Resource, rt.Problem, "a jurisdiction of CH, EU or US")
		}
	}, "pulumi:pulumi:Stack")},
	Checks: regions.Each[rule.Checks]{
		// On AWS the provider decides: no resource names its region.
		AWS: rule.By(rule.Row("region", here, rule.AbsentIsBad, "pulumi:providers:aws")),
		GCP: rule.By(
			rule.Row("region", here, rule.AbsentIsBad, "pulumi:providers:gcp"),
			rule.On(locatedOnGCP, "gcp:*"),
		),
		// A resource without location takes that of its group or parent.
		Azure: rule.By(rule.On(func(v struct {
			*rule.Resource
			Location rule.Value[string] `prop:"location"`
		}, r *rule.Report) {
			if v.Type() != azure.KeyVaultVault {
				rule.Demands(r, v.Location, here, rule.AbsentIsGood)
			}
		}, "azure-native:*", "pulumi:providers:azure-native")),
	},
	Good: []rule.Example{
		{Given: []rule.Given{{Type: "pulumi:pulumi:Stack"}}},
		{Given: []rule.Given{{Type: "pulumi:providers:aws", Props: rule.Props{"region": "eu-central-2"}}}, Runtime: inLaw(regions.CH, "eu-central-2")},
		{Given: []rule.Given{{Type: gcp.StorageBucket, Props: rule.Props{"location": "EU"}}}},
		{Given: []rule.Given{{Type: azure.StorageStorageAccount, Props: rule.Props{"location": "West Europe"}}}},
	},
	Bad: []rule.Example{
		{Given: []rule.Given{{Type: "pulumi:pulumi:Stack"}}, Runtime: &rule.Runtime{Problem: "the stack has no configuration"}},
		{Caught: "region", Given: []rule.Given{{Type: "pulumi:providers:aws", Props: rule.Props{"region": "eu-central-2"}}}},
		{Caught: "location", Given: []rule.Given{{Type: gcp.StorageBucket}}},
		{Caught: "location", Given: []rule.Given{{Type: gcp.StorageBucket, Props: rule.Props{"location": "EUR8"}}}},
		{Caught: "location", Given: []rule.Given{{Type: azure.StorageStorageAccount, Props: rule.Props{"location": "uksouth"}}}},
	},
}

type placedOnGCP struct {
	*rule.Resource
	Location rule.Value[string] `prop:"location"`
	Region   rule.Value[string] `prop:"region"`
}

// locatedOnGCP accepts silence where the provider's region holds, which is not so
// for a bucket: one without location is made in the US.
func locatedOnGCP(v placedOnGCP, r *rule.Report) {
	absent := rule.AbsentIsGood
	switch v.Type() {
	case gcp.KMSKeyRing:
		return
	case gcp.StorageBucket:
		absent = rule.AbsentIsBad
	}
	rule.Demands(r, v.Location, here, absent)
	rule.Demands(r, v.Region, here, rule.AbsentIsGood)
}
