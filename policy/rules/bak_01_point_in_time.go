package rules

import (
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// PointInTime is BAK-01. How far back is BAK-02.
var PointInTime = rule.Rule{
	ID: "BAK-01", Name: "point-in-time", Title: "A database can be restored to any moment",
	Severity: rule.High, Level: rule.Mandatory,
	Why: "A daily backup alone loses up to a day of customers' work.",
	Fix: "Declare databases through components/database, which keeps the log of every change.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(rule.On(func(v struct {
			Days rule.Value[int] `prop:"backupRetentionPeriod"`
		}, r *rule.Report) {
			// RDS ships the log every five minutes while it keeps backups, and else never.
			rule.AtLeast(r, v.Days, 1, rule.AbsentIsBad)
		}, rdsInstanceType)),
		GCP:   rule.NotApplicable(noDatabaseOnGCP),
		Azure: rule.NotApplicable(noDatabaseOnAzure),
	},
	Good: []rule.Example{{Given: []rule.Given{{Type: rdsInstanceType, Props: rule.Props{"backupRetentionPeriod": 35}}}}},
	Bad: []rule.Example{
		{Caught: "backupRetentionPeriod", Given: []rule.Given{{Type: rdsInstanceType, Props: rule.Props{"backupRetentionPeriod": 0}}}},
		{Caught: "backupRetentionPeriod", Given: []rule.Given{{Type: rdsInstanceType, Props: rule.Props{}}}},
	},
}
