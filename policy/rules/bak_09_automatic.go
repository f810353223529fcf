package rules

import (
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
		AWS: rule.By(rule.On(func(v struct {
			Window rule.Value[string] `prop:"backupWindow"`
			Tags   rule.Value[bool]   `prop:"copyTagsToSnapshot"`
		}, r *rule.Report) {
			rule.Present(r, v.Window, "an hour, such as 00:00-01:00")
			rule.Must(r, v.Tags, true, rule.AbsentIsBad)
		}, rdsInstanceType)),
		GCP:   rule.NotApplicable(noDatabaseOnGCP),
		Azure: rule.NotApplicable(noDatabaseOnAzure),
	},
	Good: []rule.Example{{Given: []rule.Given{{Type: rdsInstanceType, Props: rule.Props{"backupWindow": "00:00-01:00", "copyTagsToSnapshot": true}}}}},
	Bad: []rule.Example{
		{Caught: "backupWindow", Given: []rule.Given{{Type: rdsInstanceType, Props: rule.Props{"copyTagsToSnapshot": true}}}},
		{Caught: "copyTagsToSnapshot", Given: []rule.Given{{Type: rdsInstanceType, Props: rule.Props{"backupWindow": "00:00-01:00"}}}},
	},
}
