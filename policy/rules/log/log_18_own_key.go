package log

import (
	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
	"tenant-runtime/policy/rules/keying"
	"tenant-runtime/regions"
)

// LogsOwnKey is LOG-18.
var LogsOwnKey = rule.Rule{
	ID: "LOG-18", Name: "own-key", Title: "Logs are encrypted with a customer-managed key",
	Severity: rule.Medium, Level: rule.Mandatory,
	Why: "A log holds addresses, names and what people did: it is personal data too.",
	Fix: "Declare log groups and the trail through components/logging with the key of the purpose Logs.",
	Checks: regions.Each[rule.Checks]{
		AWS:   rule.By(rule.Row("kmsKeyId", keying.CustomerManaged, rule.AbsentIsBad, aws.CloudWatchLogGroup, aws.CloudTrailTrail)),
		GCP:   rule.Pending("logging"),
		Azure: rule.NotApplicable("a workspace is encrypted with a key of the platform; an own one needs a dedicated cluster"),
	},
}
