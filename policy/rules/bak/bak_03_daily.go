package bak

import (
	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// BackupDaily is BAK-03. The weekly and monthly generations are BAK-05.
var BackupDaily = rule.Rule{
	ID: "BAK-03", Name: "daily", Title: "A backup plan makes a full backup every day",
	Severity: rule.High, Level: rule.Mandatory,
	Why: "What is not backed up daily is lost by more than a day.",
	Fix: "Declare the plan through components/backup, or give one rule a schedule such as cron(0 20 * * ? *).",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(rule.On(func(v backupSchedules, r *rule.Report) {
			v.need(r, daily, "due every day")
		}, aws.BackupPlan)),
		GCP:   rule.Pending("backup"),
		Azure: rule.Pending("backup"),
	},
	Good: []rule.Example{
		{Given: []rule.Given{backupPlan("cron(0 20 * * ? *)")}},
		{Given: []rule.Given{backupPlan("rate(12 hours)")}},
	},
	Bad: []rule.Example{
		{Caught: "rules", Given: []rule.Given{backupPlan("cron(0 20 ? * SUN *)", "cron(0 20 1 * ? *)")}},
	},
}
