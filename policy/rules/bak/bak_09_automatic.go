package bak

import (
	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// BackupsAutomatic is BAK-09. How long they are kept is BAK-01 and BAK-02.
var BackupsAutomatic = rule.Rule{
	ID: "BAK-09", Name: "automatic", Title: "A database backs itself up at a set hour and keeps its tags on its snapshots",
	Severity: rule.Medium, Level: rule.Mandatory,
	Why: "An hour the cloud picks may be a busy one, and a snapshot without tags belongs to nobody.",
	Fix: "Set backupWindow and copyTagsToSnapshot; components/database does.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.Row("backupWindow", rule.Set("an hour, such as 00:00-01:00"), rule.AbsentIsBad, aws.RDSInstance),
			rule.Row("copyTagsToSnapshot", rule.Equals(true), rule.AbsentIsBad, aws.RDSInstance),
		),
		GCP:   rule.Pending("database"),
		Azure: rule.Pending("database"),
	},
}
