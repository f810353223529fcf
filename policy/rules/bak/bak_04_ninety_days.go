package bak

import (
	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// BackupNinetyDays is BAK-04. That a backup ends at all is BAK-15.
var BackupNinetyDays = rule.Rule{
	ID: "BAK-04", Name: "ninety-days", Title: "Backups are kept for at least 90 days",
	Severity: rule.High, Level: rule.Mandatory,
	Why: "Extortion software waits for weeks until no clean backup is left.",
	Fix: "Set deleteAfter to 90 or more in the rule and in its copies; components/backup does.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.Row("rules[].lifecycle.deleteAfter", rule.Min(90), rule.AbsentIsGood, aws.BackupPlan), // kept for ever: BAK-15
			rule.Row("rules[].copyActions[].lifecycle.deleteAfter", rule.Min(90), rule.AbsentIsGood, aws.BackupPlan),
			rule.On(func(v backupLifecycles, r *rule.Report) {
				v.each(r, func(l backupLifecycle) {
					rule.When(r, l.Cold, func(cold int) {
						rule.AtLeast(r, l.Delete, cold+90, rule.AbsentIsGood) // AWS refuses less
					})
				})
			}, aws.BackupPlan),
		),
		GCP:   rule.Pending("backup"),
		Azure: rule.Pending("backup"),
	},
	Good: []rule.Example{{Given: []rule.Given{backupPlanKeeping(rule.Props{"deleteAfter": 90}, rule.Props{"deleteAfter": 90})}}},
	Bad: []rule.Example{
		{Caught: "rules[0].lifecycle.deleteAfter", Given: []rule.Given{backupPlanKeeping(rule.Props{"coldStorageAfter": 30, "deleteAfter": 100}, rule.Props{"deleteAfter": 90})}},
	},
}
