package enc

import (
	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// EncryptedAtRest is ENC-01. Whose key it is, is ENC-03.
var EncryptedAtRest = rule.Rule{
	ID: "ENC-01", Name: "at-rest", Title: "All data at rest is encrypted",
	Severity: rule.Critical, Level: rule.Mandatory,
	Why: "A disk or snapshot that leaves the data centre can be read by whoever finds it.",
	Fix: "Switch encryption on; it can only be chosen when the store is created.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.Row("storageEncrypted", rule.Equals(true), rule.AbsentIsBad, aws.RDSInstance, aws.RDSCluster),
			rule.Row("encrypted", rule.Equals(true), rule.AbsentIsBad, aws.EBSVolume, aws.EFSFileSystem),
			rule.Row("enabled", rule.Equals(true), rule.AbsentIsGood, aws.EBSEncryptionByDefault),
			rule.Row("atRestEncryptionEnabled", rule.Equals(true), rule.AbsentIsBad, aws.ElastiCacheReplicationGroup),
		),
		GCP:   rule.NotApplicable("every store is encrypted and has no switch for it; whose key it is, is ENC-03"),
		Azure: rule.NotApplicable("every store is encrypted and has no switch for it; whose key it is, is ENC-03"),
	},
}
