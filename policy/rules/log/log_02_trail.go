package log

import (
	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// AuditTrail is LOG-02. That the trail cannot be forged is LOG-07, its key LOG-18.
var AuditTrail = rule.Rule{
	ID: "LOG-02", Name: "trail", Title: "Security events of every region are recorded, searchable and watched for oddities",
	Severity: rule.High, Level: rule.Mandatory,
	Why: "An intruder works where nobody looks: in a region the customer never uses.",
	Fix: "Declare the trail through components/logging.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.Row("isMultiRegionTrail", rule.Equals(true), rule.AbsentIsBad, aws.CloudTrailTrail),
			rule.Row("includeGlobalServiceEvents", rule.Differs(false), rule.AbsentIsGood, aws.CloudTrailTrail),
			rule.Row("enableLogging", rule.Differs(false), rule.AbsentIsGood, aws.CloudTrailTrail),
			rule.Row("cloudWatchLogsGroupArn", rule.Set("a log group to search and alarm on"), rule.AbsentIsBad, aws.CloudTrailTrail).Named("searchable").
				WithFix("Send the trail to a log group too: cloudWatchLogsGroupArn and cloudWatchLogsRoleArn."),
			rule.Row("insightSelectors", rule.Set("ApiCallRateInsight or ApiErrorRateInsight"), rule.AbsentIsBad, aws.CloudTrailTrail).Named("oddities").
				WithFix("Give the trail insightSelectors for the rates of calls and of errors."),
			rule.Across(func(s *rule.Stack, r *rule.Report) {
				if len(s.Resources(aws.EC2Vpc)) == 0 || r.Runtime().AccountOf() != "" {
					return // or the account's own stack keeps the trail
				}
				r.Looked()
				if len(s.Resources(aws.CloudTrailTrail)) == 0 {
					r.Found(s, "a network and no trail", "an aws:cloudtrail/trail:Trail")
				}
			}),
		),
		GCP:   rule.Pending("logging"),
		Azure: rule.Pending("logging"),
	},
	Good: []rule.Example{
		{Given: []rule.Given{trail(nil), {Type: aws.EC2Vpc, Name: "vpc"}}},
	},
	Bad: []rule.Example{
		{On: rule.TheStack, Given: []rule.Given{{Type: aws.EC2Vpc}}},
	},
}
