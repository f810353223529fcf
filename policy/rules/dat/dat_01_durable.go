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
		AWS: rule.By(
			rule.Row("rules[].transitions[].storageClass", rule.Differs("ONEZONE_IA"), rule.AbsentIsGood, aws.S3BucketLifecycleConfigurationV2),
			rule.Row("rules[].noncurrentVersionTransitions[].storageClass", rule.Differs("ONEZONE_IA"), rule.AbsentIsGood, aws.S3BucketLifecycleConfigurationV2),
		),
		GCP: rule.NotApplicable("every class of Cloud Storage keeps objects in at least two zones"),
		// GRS is one building here and one elsewhere; GZRS is three zones and the pair.
		Azure: rule.By(rule.Row("sku.name", rule.Satisfies(func(sku string) bool { return strings.HasSuffix(sku, "ZRS") },
			"a zone-redundant SKU, such as Standard_ZRS", "Standard_GZRS", "Standard_GRS"), rule.AbsentIsBad, azure.StorageStorageAccount)),
	},
}
