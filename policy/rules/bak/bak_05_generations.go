package bak

import (
	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// BackupGenerations is BAK-05. The daily generation is BAK-03.
var BackupGenerations = rule.Rule{
	ID: "BAK-05", Name: "generations", Title: "Backups come in three generations and at most three copies",
	Severity: rule.Medium, Level: rule.Mandatory,
	Why: "One rhythm has one weakness; and every further copy is one more place to leak from and to erase.",
	Fix: "Give the plan a weekly and a monthly rule beside the daily one, and at most two copyActions each.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(rule.On(func(v struct {
			backupSchedules
			Copies rule.List[struct {
				Actions rule.List[rule.Value[any]] `prop:"copyActions"`
			}] `prop:"rules"`
		}, r *rule.Report) {
			v.need(r, weekly, "due every week")
			v.need(r, monthly, "due every month")
			rules, _ := v.Copies.Items() // deferred above if it is unknown
			for _, b := range rules {
				switch actions, state := b.Actions.Items(); {
				case state == rule.Unknown:
					r.Defer(b.Actions)
				case len(actions) > 2:
					r.Found(b.Actions, len(actions)+1, "at most 3 copies, the backup itself included")
				}
			}
		}, aws.BackupPlan)),
		GCP:   rule.Pending("backup"),
		Azure: rule.Pending("backup"),
	},
	Good: []rule.Example{{Given: []rule.Given{backupPlan("cron(0 20 * * ? *)", "cron(0 20 ? * SUN *)", "cron(0 20 1 * ? *)")}}},
	Bad: []rule.Example{
		{Caught: "rules", Given: []rule.Given{backupPlan("cron(0 20 * * ? *)", "cron(0 20 1 * ? *)")}},
		{Caught: "rules", Given: []rule.Given{backupPlan("cron(0 20 * * ? *)", "cron(0 20 ? * SUN *)")}},
		{Caught: "rules[0].copyActions", Given: []rule.Given{{Type: aws.BackupPlan, Props: rule.Props{"rules": []rule.Props{
			{"schedule": "cron(0 20 ? * SUN *)", "copyActions": []rule.Props{{}, {}, {}}},
			{"schedule": "cron(0 20 1 * ? *)"},
		}}}}},
	},
}
