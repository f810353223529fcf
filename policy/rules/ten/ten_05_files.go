package ten

import (
	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/kind/azure"
	"tenant-runtime/policy/kind/gcp"
	"tenant-runtime/policy/rule"
	"tenant-runtime/policy/rules/grants"
	"tenant-runtime/regions"
)

// FilesBound is TEN-05.
var FilesBound = rule.Rule{
	ID: "TEN-05", Name: "files", Title: "Access to files follows from identity, never from an object's ACL or a shared key",
	Severity: rule.High, Level: rule.Mandatory,
	Why: "An ACL or a shared key opens files to whoever holds it, whatever tenant they work for.",
	Fix: "Declare stores through components/storage, which has no ACLs and no shared keys.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.Needs(aws.S3BucketV2, "bucket", aws.S3BucketOwnershipControls).Wanting("one for this bucket: without it ACLs count"),
			rule.Row("rule.objectOwnership", rule.Equals("BucketOwnerEnforced"), rule.AbsentIsBad, aws.S3BucketOwnershipControls),
			rule.Refuses("an ACL", "a policy", aws.S3BucketAclV2),
			rule.Row("vpcConfiguration.vpcId", rule.Set("the network the access point opens to"), rule.AbsentIsBad, aws.S3AccessPoint),
		),
		GCP: rule.By(
			rule.Row("uniformBucketLevelAccess", rule.Equals(true), rule.AbsentIsBad, gcp.StorageBucket),
			rule.Row("member", grants.Named, rule.AbsentIsGood, gcp.StorageBucketIAMMember),
			rule.Row("members[]", grants.Named, rule.AbsentIsGood, gcp.StorageBucketIAMBinding),
		),
		Azure: rule.By(
			rule.Row("allowSharedKeyAccess", rule.Equals(false), rule.AbsentIsBad, azure.StorageStorageAccount),
			rule.Row("isLocalUserEnabled", rule.Equals(false), rule.AbsentIsBad, azure.StorageStorageAccount),
			rule.Row("isSftpEnabled", rule.Equals(false), rule.AbsentIsGood, azure.StorageStorageAccount),
			rule.Row("allowCrossTenantReplication", rule.Equals(false), rule.AbsentIsBad, azure.StorageStorageAccount),
		),
	},
}
