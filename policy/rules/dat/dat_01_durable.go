package dat

import (
	"strings"

	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/kind/azure"
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// StoresDurable is DAT-01.
var StoresDurable = rule.Rule{
	ID: "DAT-01", Name: "durable", Title: "Data is kept in stores that survive the loss of a zone",
	Severity: rule.High, Level: rule.Mandatory,
	Why: "What lies in one zone is gone with it, whatever its backups promise.",
	Fix: "Declare stores through components/storage; move nothing to a one-zone class.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(rule.On(func(v struct {
			Rules rule.List[durableLifecycle] `prop:"rules"`
		}, r *rule.Report) {
			rule.ForEach(r, v.Rules, rule.AbsentIsGood, "", func(l durableLifecycle) {
				for _, transitions := range []rule.List[durableTransition]{l.Transitions, l.Noncurrent} {
					rule.ForEach(r, transitions, rule.AbsentIsGood, "", func(t durableTransition) {
						rule.MustNot(r, t.Class, "ONEZONE_IA", rule.AbsentIsGood)
					})
				}
			})
		}, aws.S3BucketLifecycleConfigurationV2)),
		GCP: rule.NotApplicable("every class of Cloud Storage keeps objects in at least two zones"),
		Azure: rule.By(rule.On(func(v struct {
			SKU rule.Value[string] `prop:"sku.name"`
		}, r *rule.Report) {
			// GRS is one building here and one elsewhere; GZRS is three zones and the pair.
			rule.Match(r, v.SKU, func(sku string) bool { return strings.HasSuffix(sku, "ZRS") }, "a zone-redundant SKU, such as Standard_ZRS", rule.AbsentIsBad)
		}, azure.StorageStorageAccount)),
	},
	Good: []rule.Example{
		{Given: []rule.Given{durableBucket("GLACIER_IR")}},
		{Given: []rule.Given{durableAccount("Standard_ZRS")}},
		{Given: []rule.Given{durableAccount("Standard_GZRS")}},
	},
	Bad: []rule.Example{
		{Caught: "rules[0].transitions[0].storageClass", Given: []rule.Given{durableBucket("ONEZONE_IA")}},
		{Caught: "sku.name", Given: []rule.Given{durableAccount("Standard_LRS")}},
		{Caught: "sku.name", Given: []rule.Given{durableAccount("Standard_GRS")}},
	},
}

type durableLifecycle struct {
	Transitions rule.List[durableTransition] `prop:"transitions"`
	Noncurrent  rule.List[durableTransition] `prop:"noncurrentVersionTransitions"`
}

type durableTransition struct {
	Class rule.Value[string] `prop:"storageClass"`
}

func durableBucket(class string) rule.Given {
	return rule.Given{Type: aws.S3BucketLifecycleConfigurationV2, Props: rule.Props{
		"rules": []rule.Props{{"transitions": []rule.Props{{"days": 90, "storageClass": class}}}},
	}}
}

func durableAccount(sku string) rule.Given {
	return rule.Given{Type: azure.StorageStorageAccount, Props: rule.Props{"sku": rule.Props{"name": sku}}}
}
