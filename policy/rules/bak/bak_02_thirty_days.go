package bak

import (
	"tenant-runtime/policy/kind/aws"
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
			rule.Row("backupRetentionPeriod", rule.Satisfies(noneOrThirty, "30 to 35", 30, 7), rule.AbsentIsGood, aws.RDSInstance),
			rule.Row("retentionPeriod", rule.Min(30), rule.AbsentIsBad, aws.RDSInstanceAutomatedBackupsReplication), // 7 unless told otherwise
		),
		GCP:   rule.Pending("database"),
		Azure: rule.Pending("database"),
	},
}

// noneOrThirty leaves a log that is not kept at all to BAK-01.
func noneOrThirty(days int) bool { return days < 1 || days >= 30 }
