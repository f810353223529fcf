package res

import (
	"strings"

	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/kind/azure"
	"tenant-runtime/policy/kind/gcp"
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// CopiesInJurisdiction is RES-03. Replicas of secrets are RES-10.
var CopiesInJurisdiction = rule.Rule{
	ID: "RES-03", Name: "copies", Title: "Replicas, snapshots and backups stay in the jurisdiction",
	Severity: rule.Critical, Level: rule.Mandatory,
	Why: "A copy abroad is data abroad, and nobody looks at it until a court does.",
	Fix: "Copy to the stack's recovery region, which is under the same law, or keep a second copy at home.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.Row("rules[].copyActions[].destinationVaultArn", arnHere, rule.AbsentIsBad, aws.BackupPlan),
			rule.Row("sourceDbInstanceArn", arnHere, rule.AbsentIsBad, aws.RDSInstanceAutomatedBackupsReplication),
			rule.Row("destinationRegion", here, rule.AbsentIsGood, aws.RDSSnapshotCopy), // it stays in the region
			rule.Row("replicas[].regionName", here, rule.AbsentIsBad, aws.DynamoDBTable),
			rule.InStack(replicatesWithin, aws.S3BucketReplicationConfig),
		),
		GCP: rule.By(
			rule.Row("customPlacementConfig.dataLocations[]", here, rule.AbsentIsBad, gcp.StorageBucket),
			rule.Row("storageLocations", rule.Set("a place"), rule.AbsentIsBad, gcp.ComputeSnapshot), // unset is the nearest multi-region: for Zurich that is the EU
			rule.Row("storageLocations[]", here, rule.AbsentIsBad, gcp.ComputeSnapshot),
		),
		Azure: rule.By(rule.On(pairedWithin, azure.StorageStorageAccount)),
	},
	Good: []rule.Example{
		{Given: replicating(rule.Links{"rules": {"copy"}, "bucket": {"files"}})},
		{Given: []rule.Given{{Type: gcp.StorageBucket, Props: rule.Props{"customPlacementConfig": rule.Props{"dataLocations": []string{"EUROPE-WEST1", "EUROPE-WEST3"}}}}}},
		{Given: redundant("Standard_GZRS", "westeurope")},
		{Given: redundant("Standard_ZRS", "italynorth")},
	},
	Bad: []rule.Example{
		{Given: replicating(rule.Links{"bucket": {"files"}}), DecidedWithout: true},
		{Caught: "customPlacementConfig.dataLocations[1]", Given: []rule.Given{{Type: gcp.StorageBucket, Props: rule.Props{"customPlacementConfig": rule.Props{"dataLocations": []string{"EUROPE-WEST1", "EUROPE-WEST6"}}}}}},
		{Caught: "sku.name", Given: redundant("Standard_GZRS", "italynorth")},
	},
}

// replicatesWithin wants the destination in this stack, where RES-01 looks at its
// region: a bucket's ARN does not tell it.
func replicatesWithin(v struct{ *rule.Resource }, s *rule.Stack, r *rule.Report) {
	r.Looked()
	if len(s.Linked(v.Resource, "rules", aws.S3BucketV2)) == 0 {
		r.Found(v.Resource, "a destination outside of the stack", "a bucket of the stack, whose region is known")
	}
}

func replicating(links rule.Links) []rule.Given {
	return []rule.Given{
		{Type: aws.S3BucketReplicationConfig, Name: "replication", Links: links},
		{Type: aws.S3BucketV2, Name: "files"}, {Type: aws.S3BucketV2, Name: "copy"},
	}
}

type redundancyOnAzure struct {
	Location rule.Value[string] `prop:"location"`
	SKU      rule.Value[string] `prop:"sku.name"`
}

// pairedWithin looks at geo-redundant stores. They copy to the region's fixed
// pair, which must exist and be under the same law.
func pairedWithin(v redundancyOnAzure, r *rule.Report) {
	law := r.Runtime().Jurisdiction
	rule.When(r, v.SKU, func(sku string) {
		if !strings.Contains(sku, "GRS") && !strings.Contains(sku, "GZRS") {
			return
		}
		rule.When(r, v.Location, func(location string) {
			home := regionAt(location)
			if pair, ok := pairOf(home); law != "" && home.Jurisdiction == law && (!ok || pair.Jurisdiction != law) {
				r.Found(v.SKU, sku+" of "+location, "redundancy in the region: it has no pair in "+string(law))
			}
		})
	})
}

func redundant(sku, location string) []rule.Given {
	return []rule.Given{{Type: azure.StorageStorageAccount, Props: rule.Props{"sku": rule.Props{"name": sku}, "location": location}}}
}
