package rules

import (
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// ThirtyDays is BAK-02. That there is any recovery to a moment is BAK-01.
var ThirtyDays = rule.Rule{
	ID: "BAK-02", Name: "thirty-days", Title: "A database can be restored to any moment of the last 30 days",
	Severity: rule.High, Level: rule.Mandatory,
	Why: "Silent corruption is often noticed weeks later, when a short log holds nothing else.",
	Fix: "Set the retention to 30 days or more; components/database takes 35.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.On(func(v struct {
				Days rule.Value[int] `prop:"backupRetentionPeriod"`
			}, r *rule.Report) {
				rule.Match(r, v.Days, func(days int) bool { return days < 1 || days >= 30 }, "30 to 35", rule.AbsentIsGood)
			}, rdsInstanceType),
			rule.On(func(v struct {
				Days rule.Value[int] `prop:"retentionPeriod"`
			}, r *rule.Report) {
				rule.AtLeast(r, v.Days, 30, rule.AbsentIsBad) // 7 unless told otherwise
			}, backupsReplicationType),
		),
		GCP:   rule.NotApplicable(noDatabaseOnGCP),
		Azure: rule.NotApplicable(noDatabaseOnAzure),
	},
	Good: []rule.Example{
		{Given: []rule.Given{{Type: rdsInstanceType, Props: rule.Props{"backupRetentionPeriod": 30}}}},
		{Given: []rule.Given{{Type: backupsReplicationType, Props: rule.Props{"retentionPeriod": 35}}}},
	},
	Bad: []rule.Example{
		{Caught: "backupRetentionPeriod", Given: []rule.Given{{Type: rdsInstanceType, Props: rule.Props{"backupRetentionPeriod": 7}}}},
		{Caught: "retentionPeriod", Given: []rule.Given{{Type: backupsReplicationType, Props: rule.Props{}}}},
	},
}

const backupsReplicationType = "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication"
