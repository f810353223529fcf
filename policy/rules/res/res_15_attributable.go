package res

import (
	"slices"
	"strings"

	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/kind/azure"
	"tenant-runtime/policy/kind/gcp"
	"tenant-runtime/policy/rule"
	"tenant-runtime/policy/rules/tenancy"
	"tenant-runtime/regions"
)

// Attributable is RES-15. That a store names its tenant is TEN-01.
var Attributable = rule.Rule{
	ID: "RES-15", Name: "attributable", Title: "Every resource says under which law, for whom and with what data it is",
	Severity: rule.Medium, Level: rule.Mandatory,
	Why: "Residency is proved from the inventory; what says nothing about itself proves nothing.",
	Fix: "Take tags and labels from the scope: Tags, TagsWith or Labels.",
	Checks: regions.Each[rule.Checks]{
		// What can carry tags has this output, which includes the provider's defaults.
		AWS: rule.By(rule.InStack(func(v struct {
			*rule.Resource
			Tags rule.Map[rule.Value[string]] `prop:"tagsAll"`
		}, _ *rule.Stack, r *rule.Report) {
			if _, state := v.Tags.Keys(); state != rule.Absent {
				attributable(v.Type(), v.Tags, r)
			}
		}, "aws:*")),
		GCP: rule.By(rule.On(func(v struct {
			*rule.Resource
			Labels rule.Map[rule.Value[string]] `prop:"labels"`
		}, r *rule.Report) {
			attributable(v.Type(), v.Labels, r)
		}, tenancy.Stores.GCP...)),
		Azure: rule.By(rule.On(func(v struct {
			*rule.Resource
			Tags rule.Map[rule.Value[string]] `prop:"tags"`
		}, r *rule.Report) {
			attributable(v.Type(), v.Tags, r)
		}, slices.Concat(tenancy.Stores.Azure, []string{azure.ManagedIdentityUserAssignedIdentity, azure.ResourcesResourceGroup})...)),
	},
	Good: []rule.Example{
		{Given: []rule.Given{{Type: aws.EC2Vpc, Props: rule.Props{"tagsAll": facts("EU", "dataClass")}}}},
		{Given: []rule.Given{{Type: gcp.StorageBucket, Props: rule.Props{"labels": facts("eu", "dataclass")}}}},
		{Given: []rule.Given{{Type: azure.StorageStorageAccount, Props: rule.Props{"tags": facts("EU", "dataClass")}}}},
	},
	Bad: []rule.Example{
		{Caught: "tagsAll.dataClass", Given: []rule.Given{{Type: aws.EC2Vpc, Props: rule.Props{"tagsAll": facts("EU", "class")}}}},
		{Caught: "tagsAll.jurisdiction", Given: []rule.Given{{Type: aws.EC2Vpc, Props: rule.Props{"tagsAll": facts("CH", "dataClass")}}}},
		{Caught: "labels.dataclass", Given: []rule.Given{{Type: gcp.StorageBucket, Props: rule.Props{"labels": facts("eu", "class")}}}},
		{Caught: "tags.dataClass", Given: []rule.Given{{Type: azure.StorageStorageAccount, Props: rule.Props{"tags": facts("EU", "class")}}}},
	},
}

// attributable demands the five facts. GCP allows lower case only.
func attributable(typ string, tags rule.Map[rule.Value[string]], r *rule.Report) {
	cloud, _ := rule.CloudOf(typ)
	at := func(name string) rule.Value[string] {
		if cloud == regions.GCP {
			name = strings.ToLower(name)
		}
		return tags.At(name)
	}
	same := func(want string) func(string) bool {
		return func(got string) bool { return strings.EqualFold(got, want) }
	}
	rt := r.Runtime()
	if rt.Problem == "" {
		rule.Match(r, at("jurisdiction"), same(string(rt.Jurisdiction)), string(rt.Jurisdiction), rule.AbsentIsBad)
		rule.Match(r, at("environment"), same(rt.Environment), rt.Environment, rule.AbsentIsBad)
	}
	rule.Present(r, at("dataClass"), "what kind of data it holds")
	rule.Present(r, at("owner"), "the team that answers for it")
	if !slices.Contains(tenancy.Stores.Of(cloud), typ) {
		rule.Present(r, at("tenant"), "shared or a tenant")
	}
}

func facts(law, class string) rule.Props {
	return rule.Props{"jurisdiction": law, "environment": "prod", "tenant": tenancy.Shared, "owner": "platform", class: "internal"}
}
