package dat

import (
	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/kind/azure"
	"tenant-runtime/policy/kind/gcp"
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// StoresOutliveMistakes is DAT-03. That backups outlive them too is BAK-08.
var StoresOutliveMistakes = rule.Rule{
	ID: "DAT-03", Name: "outlives", Title: "Stored data survives being deleted by mistake or on purpose",
	Severity: rule.High, Level: rule.Mandatory,
	Why: "One wrong command, or one intruder, must not end a customer's data.",
	Fix: "Declare stores through components/storage and databases through components/database.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.Row("deletionProtection", rule.Equals(true), rule.AbsentIsBad, aws.RDSInstance),
			rule.Row("skipFinalSnapshot", rule.Differs(true), rule.AbsentIsGood, aws.RDSInstance),
			rule.Row("finalSnapshotIdentifier", rule.Set("a name, or deleting fails halfway"), rule.AbsentIsBad, aws.RDSInstance),
			rule.Row("deleteAutomatedBackups", rule.Equals(false), rule.AbsentIsBad, aws.RDSInstance), // true unless told otherwise
			rule.Row("forceDestroy", rule.Differs(true), rule.AbsentIsGood, aws.S3BucketV2),
			rule.Needs(aws.S3BucketV2, "bucket", aws.S3BucketVersioningV2),
			rule.Row("versioningConfiguration.status", rule.Equals("Enabled"), rule.AbsentIsBad, aws.S3BucketVersioningV2),
		),
		GCP: rule.By(
			rule.Row("forceDestroy", rule.Differs(true), rule.AbsentIsGood, gcp.StorageBucket),
			rule.Row("softDeletePolicy.retentionDurationSeconds", rule.Min(7*24*3600), rule.AbsentIsGood, gcp.StorageBucket), // a week unless told otherwise
			// Under a retention policy nothing is overwritten, so there are no versions to keep.
			rule.Row("versioning.enabled", rule.Equals(true), rule.AbsentIsBad, gcp.StorageBucket).
				Where(rule.Has("retentionPolicy.retentionPeriod", rule.Unset("none"), rule.Yes)),
		),
		Azure: rule.By(
			rule.Needs(azure.StorageStorageAccount, "accountName", azure.StorageBlobServiceProperties).Wanting("versions and a recycle bin for this account"),
			rule.Row("isVersioningEnabled", rule.Equals(true), rule.AbsentIsBad, azure.StorageBlobServiceProperties),
			rule.Row("deleteRetentionPolicy.enabled", rule.Equals(true), rule.AbsentIsBad, azure.StorageBlobServiceProperties),
			rule.Row("containerDeleteRetentionPolicy.enabled", rule.Equals(true), rule.AbsentIsBad, azure.StorageBlobServiceProperties),
			rule.Needs(azure.StorageStorageAccount, "scope", azure.AuthorizationManagementLockByScope).Wanting("a lock on this account"),
			rule.InStack(lockHolds, azure.StorageStorageAccount),
		),
	},
	Good: []rule.Example{
		{Given: []rule.Given{{Type: gcp.StorageBucket, Props: rule.Props{"versioning": rule.Props{"enabled": true}}}}},
		{Given: []rule.Given{{Type: gcp.StorageBucket, Props: rule.Props{"retentionPolicy": rule.Props{"retentionPeriod": 86400}}}}},
		{Given: lockedAccount("CanNotDelete")},
	},
	Bad: []rule.Example{
		{Caught: "level", On: "lock", Given: lockedAccount("NotSpecified")},
	},
}

// lockHolds looks at the locks of a store only: others are not this rule's.
func lockHolds(v struct{ *rule.Resource }, s *rule.Stack, r *rule.Report) {
	for _, lock := range rule.Referring[managementLock](s, v.Resource, "scope", azure.AuthorizationManagementLockByScope) {
		rule.OneOf(r, lock.Level, rule.AbsentIsBad, "CanNotDelete", "ReadOnly")
	}
}

type managementLock struct {
	Level rule.Value[string] `prop:"level"`
}

// lockedAccount is an account with its service and lock.
func lockedAccount(level string) []rule.Given {
	return []rule.Given{
		{Type: azure.StorageStorageAccount, Name: "account"},
		{Type: azure.StorageBlobServiceProperties, Name: "service", Links: rule.Links{"accountName": {"account"}}, Props: rule.Props{
			"isVersioningEnabled": true, "deleteRetentionPolicy": rule.Props{"enabled": true}, "containerDeleteRetentionPolicy": rule.Props{"enabled": true}}},
		{Type: azure.AuthorizationManagementLockByScope, Name: "lock", Props: rule.Props{"level": level}, Links: rule.Links{"scope": {"account"}}},
	}
}
