package rules

import (
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
		AWS: rule.By(rule.On(func(v backupLifecycles, r *rule.Report) {
			v.each(r, func(l backupLifecycle) {
				rule.AtLeast(r, l.Delete, 90, rule.AbsentIsGood) // kept for ever: BAK-15
				rule.When(r, l.Cold, func(cold int) {
					rule.AtLeast(r, l.Delete, cold+90, rule.AbsentIsGood) // AWS refuses less
				})
			})
		}, backupPlanType)),
		GCP:   rule.NotApplicable(noBackupOnGCP),
		Azure: rule.NotApplicable(noBackupOnAzure),
	},
	Good: []rule.Example{{Given: []rule.Given{backupPlanKeeping(rule.Props{"deleteAfter": 90}, rule.Props{"deleteAfter": 90})}}},
	Bad: []rule.Example{
		{Caught: "rules[0].lifecycle.deleteAfter", Given: []rule.Given{backupPlanKeeping(rule.Props{"deleteAfter": 30}, rule.Props{"deleteAfter": 90})}},
		{Caught: "rules[0].copyActions[0].lifecycle.deleteAfter", Given: []rule.Given{backupPlanKeeping(rule.Props{"deleteAfter": 90}, rule.Props{"deleteAfter": 30})}},
		{Caught: "rules[0].lifecycle.deleteAfter", Given: []rule.Given{backupPlanKeeping(rule.Props{"coldStorageAfter": 30, "deleteAfter": 100}, rule.Props{"deleteAfter": 90})}},
	},
}

// backupLifecycles is how long a plan keeps backups and their copies.
type backupLifecycles struct {
	Rules rule.List[struct {
		Own    backupLifecycle `prop:"lifecycle"`
		Copies rule.List[struct {
			Own backupLifecycle `prop:"lifecycle"`
		}] `prop:"copyActions"`
	}] `prop:"rules"`
}

type backupLifecycle struct {
	Delete rule.Value[int] `prop:"deleteAfter"`
	Cold   rule.Value[int] `prop:"coldStorageAfter"`
}

func (v backupLifecycles) each(r *rule.Report, check func(backupLifecycle)) {
	rules, state := v.Rules.Items()
	if state == rule.Unknown {
		r.Defer(v.Rules)
	}
	for _, b := range rules {
		check(b.Own)
		copies, state := b.Copies.Items()
		if state == rule.Unknown {
			r.Defer(b.Copies)
		}
		for _, c := range copies {
			check(c.Own)
		}
	}
}

func backupPlanKeeping(own, copied rule.Props) rule.Given {
	return rule.Given{Type: backupPlanType, Props: rule.Props{"rules": []rule.Props{{
		"ruleName": "daily", "lifecycle": own, "copyActions": []rule.Props{{"lifecycle": copied}},
	}}}}
}
