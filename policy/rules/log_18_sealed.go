package rules

import (
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// LogsSealed is LOG-18.
var LogsSealed = rule.Rule{
	ID: "LOG-18", Name: "sealed", Title: "Logs are sealed with the operator's own key",
	Severity: rule.Medium, Level: rule.Mandatory,
	Why: "A log holds addresses, names and what people did: it is personal data too.",
	Fix: "Declare log groups and the trail through components/logging with the key of the purpose Logs.",
	Checks: regions.Each[rule.Checks]{
		AWS:   rule.By(rule.On(func(v keyOfOne, r *rule.Report) { ownKey(r, v.Key) }, logGroupType, trailType)),
		GCP:   rule.NotApplicable(noLoggingOnGCP),
		Azure: rule.NotApplicable("a workspace is sealed with a key of the platform; an own one needs a dedicated cluster"),
	},
	Good: []rule.Example{{Given: []rule.Given{trail(nil), {Type: logGroupType, Props: rule.Props{"kmsKeyId": "arn:aws:kms:x"}}}}},
	Bad: []rule.Example{
		{Caught: "kmsKeyId", Given: []rule.Given{{Type: logGroupType}}},
		{Caught: "kmsKeyId", Given: []rule.Given{{Type: logGroupType, Props: rule.Props{"kmsKeyId": "alias/aws/logs"}}}},
		{Caught: "kmsKeyId", Given: []rule.Given{trail(rule.Props{"kmsKeyId": nil})}},
	},
}
