package res

import (
	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/kind/azure"
	"tenant-runtime/policy/kind/gcp"
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// KeysInJurisdiction is RES-10.
var KeysInJurisdiction = rule.Rule{
	ID: "RES-10", Name: "keys", Title: "Keys and secrets live in the jurisdiction of the data they protect",
	Severity: rule.Critical, Level: rule.Mandatory,
	Why: "Whoever can be ordered to hand out the key can be ordered to hand out the data.",
	Fix: "Declare keys through components/keys, once per region.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.Row("multiRegion", rule.Equals(false), rule.AbsentIsGood, aws.KMSKey),
			rule.Row("replicas[].region", here, rule.AbsentIsBad, aws.SecretsManagerSecret),
		),
		GCP: rule.By(
			rule.Row("location", here, rule.AbsentIsBad, gcp.KMSKeyRing),
			rule.Row("replication.auto", rule.Unset("replicas in named regions"), rule.AbsentIsGood, gcp.SecretManagerSecret),
			rule.Row("replication.userManaged.replicas[].location", here, rule.AbsentIsBad, gcp.SecretManagerSecret),
		),
		Azure: rule.By(rule.On(vaultWithin, azure.KeyVaultVault)),
	},
	Good: []rule.Example{
		{Given: []rule.Given{{Type: azure.KeyVaultVault, Props: rule.Props{"location": "westeurope"}}}},
		{Given: []rule.Given{{Type: azure.KeyVaultVault, Props: rule.Props{"location": "italynorth"}}}},
	},
	Bad: []rule.Example{
		{Caught: "location", Given: []rule.Given{{Type: gcp.KMSKeyRing, Props: rule.Props{"location": "europe"}}}},
		{Caught: "location", Given: []rule.Given{{Type: gcp.KMSKeyRing, Props: rule.Props{"location": "global"}}}},
		{Caught: "location", Given: []rule.Given{{Type: azure.KeyVaultVault, Props: rule.Props{"location": "uksouth"}}}},
	},
}

type vaultPlace struct {
	Location rule.Value[string] `prop:"location"`
}

// vaultWithin also looks at the pair, to which the platform copies every vault of
// a region that has one.
func vaultWithin(v vaultPlace, r *rule.Report) {
	rule.Demands(r, v.Location, here, rule.AbsentIsBad)
	law := r.Runtime().Jurisdiction
	if location, state := v.Location.Get(); state == rule.Known && law != "" {
		home := regionAt(location)
		if pair, paired := pairOf(home); paired && home.Jurisdiction == law && pair.Jurisdiction != law {
			r.Found(v.Location, location+", copied to "+string(pair.ID), "a region whose pair is in "+string(law))
		}
	}
}
