package bak

import (
	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/kind/gcp"
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// BackupsLocked is BAK-08. The audit trail's lock is LOG-07.
var BackupsLocked = rule.Rule{
	ID: "BAK-08", Name: "locked", Title: "Backups and evidence cannot be altered or deleted early",
	Severity: rule.Critical, Level: rule.Mandatory,
	Why: "Who extorts deletes the backups first, with the rights of an administrator.",
	Fix: "Declare vaults through components/backup and locked stores through components/storage.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.Needs(aws.BackupVault, "backupVaultName", aws.BackupVaultLockConfiguration),
			rule.Row("forceDestroy", rule.Differs(true), rule.AbsentIsGood, aws.BackupVault),
			rule.Row("minRetentionDays", rule.Min(90), rule.AbsentIsBad, aws.BackupVaultLockConfiguration),
			rule.On(func(v struct {
				Grace rule.Value[int] `prop:"changeableForDays"`
			}, r *rule.Report) {
				finalUnlessDrill(r, v.Grace)
			}, aws.BackupVaultLockConfiguration),
			rule.Row("rule.defaultRetention.mode", rule.OfRuntime(func(rt *rule.Runtime) rule.Demand[string] { return rule.Equals(lockMode(rt)) },
				"COMPLIANCE", "GOVERNANCE"), rule.AbsentIsBad, aws.S3BucketObjectLockConfigurationV2),
		),
		GCP: rule.By(rule.On(func(v struct {
			Locked rule.Value[bool] `prop:"retentionPolicy.isLocked"`
			Period rule.Value[any]  `prop:"retentionPolicy.retentionPeriod"`
		}, r *rule.Report) {
			rule.When(r, v.Period, func(any) {
				rule.Must(r, v.Locked.Or(false), lockMode(r.Runtime()) == "COMPLIANCE", rule.AbsentIsBad)
			})
		}, gcp.StorageBucket)),
		Azure: rule.Pending("backup"),
	},
	Good: []rule.Example{
		{Given: lockedVault(rule.Props{"minRetentionDays": 90, "changeableForDays": 3})},
		{Given: lockedVault(rule.Props{"minRetentionDays": 90}), Runtime: drillRuntime},
		{Given: []rule.Given{{Type: aws.S3BucketObjectLockConfigurationV2, Props: lockedObjects("COMPLIANCE")}}},
		{Given: []rule.Given{{Type: aws.S3BucketObjectLockConfigurationV2, Props: lockedObjects("GOVERNANCE")}}, Runtime: drillRuntime},
		{Given: []rule.Given{{Type: gcp.StorageBucket, Props: rule.Props{"retentionPolicy": rule.Props{"retentionPeriod": 86400, "isLocked": true}}}}},
	},
	Bad: []rule.Example{
		{Caught: "changeableForDays", On: "lock", Given: lockedVault(rule.Props{"minRetentionDays": 90})},
		{Caught: "changeableForDays", On: "lock", Given: lockedVault(rule.Props{"minRetentionDays": 90, "changeableForDays": 3}), Runtime: drillRuntime},
		{Caught: "retentionPolicy.isLocked", Given: []rule.Given{{Type: gcp.StorageBucket, Props: rule.Props{"retentionPolicy": rule.Props{"retentionPeriod": 86400, "isLocked": false}}}}},
	},
}

// lockMode is final, but in a drill, whose stores could never be torn down.
func lockMode(rt *rule.Runtime) string {
	if rt.Environment == "drill" {
		return "GOVERNANCE"
	}
	return "COMPLIANCE"
}

// finalUnlessDrill: a number of days to think it over is what makes a vault's lock final.
func finalUnlessDrill(r *rule.Report, grace rule.Value[int]) {
	if lockMode(r.Runtime()) == "COMPLIANCE" {
		rule.AtLeast(r, grace, 3, rule.AbsentIsBad)
		return
	}
	rule.Match(r, grace, func(int) bool { return false }, "nothing: a drill's lock must be liftable", rule.AbsentIsGood)
}

var drillRuntime = &rule.Runtime{Stack: "example", Jurisdiction: regions.EU, Environment: "drill", Home: "eu-west-1"}

func lockedVault(lock rule.Props) []rule.Given {
	return []rule.Given{
		{Type: aws.BackupVault, Name: "vault"},
		{Type: aws.BackupVaultLockConfiguration, Name: "lock", Props: lock, Links: rule.Links{"backupVaultName": {"vault"}}},
	}
}

func lockedObjects(mode string) rule.Props {
	return rule.Props{"rule": rule.Props{"defaultRetention": rule.Props{"mode": mode, "days": 365}}}
}
