package enc

import (
	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
	"tenant-runtime/policy/rules/keying"
	"tenant-runtime/regions"
)

// BackupKeys is ENC-04. With whom a snapshot is shared is DAT-02.
var BackupKeys = rule.Rule{
	ID: "ENC-04", Name: "backup-keys", Title: "Backups and copies are encrypted with customer-managed keys of their own region",
	Severity: rule.High, Level: rule.Mandatory,
	Why: "A copy is the same data; without a key of its region it cannot be restored when the first region is lost.",
	Fix: "Pass components/backup the keys of both regions.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.Row("kmsKeyArn", keying.CustomerManaged, rule.AbsentIsBad, aws.BackupVault),
			rule.Row("kmsKeyId", keying.CustomerManaged, rule.AbsentIsBad, aws.RDSInstanceAutomatedBackupsReplication, aws.RDSSnapshotCopy),
		),
		GCP:   rule.NotApplicable("a backup takes the key of what it is made from, which is ENC-03"),
		Azure: rule.Pending("backup"),
	},
}
