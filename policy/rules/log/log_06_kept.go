package log

import (
	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// LogsKept is LOG-06.
var LogsKept = rule.Rule{
	ID: "LOG-06", Name: "kept", Title: "Logs are kept for 30 days, security logs for 180, and none for ever",
	Severity: rule.Medium, Level: rule.Mandatory,
	Why: "An intrusion is found after months on average; a log kept for ever is a leak that waits.",
	Fix: "Declare log groups through components/logging, whose classes set the days.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(rule.On(func(v struct {
			Days rule.Value[int]              `prop:"retentionInDays"`
			Tags rule.Map[rule.Value[string]] `prop:"tags"`
		}, r *rule.Report) {
			least := 30
			if rule.Is(v.Tags.At("logClass"), "security") == rule.Yes {
				least = 180
			}
			rule.AtLeast(r, v.Days, least, rule.AbsentIsBad) // nothing, and 0, is for ever
		}, aws.CloudWatchLogGroup)),
		GCP:   rule.Pending("logging"),
		Azure: rule.Pending("logging"),
	},
	Good: []rule.Example{
		{Given: []rule.Given{keptGroup("security", 365)}},
		{Given: []rule.Given{keptGroup("service", 90)}},
	},
	Bad: []rule.Example{
		{Caught: "retentionInDays", Given: []rule.Given{keptGroup("security", 90)}},
		{Caught: "retentionInDays", Given: []rule.Given{keptGroup("service", 7)}},
		{Caught: "retentionInDays", Given: []rule.Given{keptGroup("service", 0)}},
		{Caught: "retentionInDays", Given: []rule.Given{{Type: aws.CloudWatchLogGroup}}},
	},
}

func keptGroup(class string, days int) rule.Given {
	return rule.Given{Type: aws.CloudWatchLogGroup, Props: rule.Props{"retentionInDays": days, "tags": rule.Props{"logClass": class}}}
}
