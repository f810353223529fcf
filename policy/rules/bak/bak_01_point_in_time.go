package bak

import (
	"tenant-runtime/policy/kind/aws"
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
		AWS: rule.By(
			// RDS ships the log every five minutes while it keeps backups, and else never.
			rule.Row("backupRetentionPeriod", rule.Min(1), rule.AbsentIsBad, aws.RDSInstance),
		),
		GCP:   rule.Pending("database"),
		Azure: rule.Pending("database"),
	},
}
