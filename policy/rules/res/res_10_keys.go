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
			rule.On(func(v struct {
				Multi rule.Value[bool] `prop:"multiRegion"`
			}, r *rule.Report) {
				rule.Must(r, v.Multi, false, rule.AbsentIsGood)
			}, aws.KMSKey),
			rule.On(func(v struct {
				Replicas rule.List[secretReplicaPlace] `prop:"replicas"`
			}, r *rule.Report) {
				rule.ForEach(r, v.Replicas, rule.AbsentIsGood, "", func(to secretReplicaPlace) { stays(r, to.Region, rule.AbsentIsBad) })
			}, aws.SecretsManagerSecret),
		),
		GCP: rule.By(
			rule.On(func(v struct {
				Location rule.Value[string] `prop:"location"`
			}, r *rule.Report) {
				stays(r, v.Location, rule.AbsentIsBad)
			}, gcp.KMSKeyRing),
			rule.On(func(v struct {
				Anywhere rule.Value[any]               `prop:"replication.auto"`
				Replicas rule.List[secretReplicaOnGCP] `prop:"replication.userManaged.replicas"`
			}, r *rule.Report) {
				rule.Match(r, v.Anywhere, func(any) bool { return false }, "replicas in named regions", rule.AbsentIsGood)
				rule.ForEach(r, v.Replicas, rule.AbsentIsGood, "", func(to secretReplicaOnGCP) { stays(r, to.Location, rule.AbsentIsBad) })
			}, gcp.SecretManagerSecret),
		),
		Azure: rule.By(rule.On(vaultWithin, azure.KeyVaultVault)),
	},
	Good: []rule.Example{
		{Given: []rule.Given{{Type: aws.KMSKey, Props: rule.Props{"multiRegion": false}}}},
		{Given: []rule.Given{{Type: aws.SecretsManagerSecret, Props: rule.Props{"replicas": []rule.Props{{"region": "eu-west-1"}}}}}},
		{Given: []rule.Given{{Type: gcp.KMSKeyRing, Props: rule.Props{"location": "europe-west3"}}}},
		{Given: []rule.Given{{Type: azure.KeyVaultVault, Props: rule.Props{"location": "westeurope"}}}},
		{Given: []rule.Given{{Type: azure.KeyVaultVault, Props: rule.Props{"location": "italynorth"}}}},
	},
	Bad: []rule.Example{
		{Caught: "multiRegion", Given: []rule.Given{{Type: aws.KMSKey, Props: rule.Props{"multiRegion": true}}}},
		{Caught: "replicas[0].region", Given: []rule.Given{{Type: aws.SecretsManagerSecret, Props: rule.Props{"replicas": []rule.Props{{"region": "eu-west-2"}}}}}},
		{Caught: "location", Given: []rule.Given{{Type: gcp.KMSKeyRing, Props: rule.Props{"location": "europe"}}}},
		{Caught: "location", Given: []rule.Given{{Type: gcp.KMSKeyRing, Props: rule.Props{"location": "global"}}}},
		{Caught: "replication.auto", Given: []rule.Given{{Type: gcp.SecretManagerSecret, Props: rule.Props{"replication": rule.Props{"auto": rule.Props{}}}}}},
		{Caught: "location", Given: []rule.Given{{Type: azure.KeyVaultVault, Props: rule.Props{"location": "uksouth"}}}},
	},
}

type secretReplicaPlace struct {
	Region rule.Value[string] `prop:"region"`
}

type secretReplicaOnGCP struct {
	Location rule.Value[string] `prop:"location"`
}

type vaultPlace struct {
	Location rule.Value[string] `prop:"location"`
}

// vaultWithin also looks at the pair, to which the platform copies every vault of
// a region that has one.
func vaultWithin(v vaultPlace, r *rule.Report) {
	stays(r, v.Location, rule.AbsentIsBad)
	law := r.Runtime().Jurisdiction
	if location, state := v.Location.Get(); state == rule.Known && law != "" {
		home := regionAt(location)
		if pair, paired := pairOf(home); paired && home.Jurisdiction == law && pair.Jurisdiction != law {
			r.Found(v.Location, location+", copied to "+string(pair.ID), "a region whose pair is in "+string(law))
		}
	}
}
