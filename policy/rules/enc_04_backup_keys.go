package rules

import (
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// BackupKeys is ENC-04. With whom a snapshot is shared is DAT-02.
var BackupKeys = rule.Rule{
	ID: "ENC-04", Name: "backup-keys", Title: "Backups and copies are sealed with keys of the operator in their own region",
	Severity: rule.High, Level: rule.Mandatory,
	Why: "A copy is the same data; without a key of its region it cannot be restored when the first region is lost.",
	Fix: "Pass components/backup the keys of both regions.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.On(func(v struct {
				Key rule.Value[string] `prop:"kmsKeyArn"`
			}, r *rule.Report) {
				ownKey(r, v.Key)
			}, "aws:backup/vault:Vault"),
			rule.On(func(v keyOfOne, r *rule.Report) { ownKey(r, v.Key) },
				"aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication", "aws:rds/snapshotCopy:SnapshotCopy"),
		),
		GCP:   rule.NotApplicable("a backup takes the key of what it is made from, which is ENC-03"),
		Azure: rule.NotApplicable("versions and copies of a store take the key of its account, which is ENC-03; vaults are not built there yet"),
	},
	Good: []rule.Example{
		{Given: []rule.Given{{Type: "aws:backup/vault:Vault", Props: rule.Props{"kmsKeyArn": "arn:aws:kms:eu-west-1:1:key/a"}}}},
		{Given: []rule.Given{{Type: "aws:rds/snapshotCopy:SnapshotCopy", Props: rule.Props{"kmsKeyId": "arn:aws:kms:eu-west-1:1:key/a"}}}},
	},
	Bad: []rule.Example{
		{Caught: "kmsKeyArn", Given: []rule.Given{{Type: "aws:backup/vault:Vault"}}},
		{Caught: "kmsKeyArn", Given: []rule.Given{{Type: "aws:backup/vault:Vault", Props: rule.Props{"kmsKeyArn": "arn:aws:kms:eu-west-1:1:alias/aws/backup"}}}},
		{Caught: "kmsKeyId", Given: []rule.Given{{Type: "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication"}}},
	},
}
