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
			rule.On(func(v struct {
				Regions  rule.Value[bool]        `prop:"isMultiRegionTrail"`
				Global   rule.Value[bool]        `prop:"includeGlobalServiceEvents"`
				On       rule.Value[bool]        `prop:"enableLogging"`
				Group    rule.Value[string]      `prop:"cloudWatchLogsGroupArn"`
				Insights rule.List[trailInsight] `prop:"insightSelectors"`
			}, r *rule.Report) {
				rule.Must(r, v.Regions, true, rule.AbsentIsBad)
				rule.MustNot(r, v.Global, false, rule.AbsentIsGood)
				rule.MustNot(r, v.On, false, rule.AbsentIsGood)
				rule.Present(r, v.Group, "a log group to search and alarm on")
				rule.ForEach(r, v.Insights, rule.AbsentIsBad, "ApiCallRateInsight or ApiErrorRateInsight", func(trailInsight) {})
			}, aws.CloudTrailTrail),
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
		{Given: []rule.Given{trail(nil)}},
		{Given: []rule.Given{trail(nil), {Type: aws.EC2Vpc, Name: "vpc"}}},
	},
	Bad: []rule.Example{
		{Caught: "isMultiRegionTrail", Given: []rule.Given{trail(rule.Props{"isMultiRegionTrail": nil})}},
		{Caught: "includeGlobalServiceEvents", Given: []rule.Given{trail(rule.Props{"includeGlobalServiceEvents": false})}},
		{Caught: "enableLogging", Given: []rule.Given{trail(rule.Props{"enableLogging": false})}},
		{Caught: "cloudWatchLogsGroupArn", Given: []rule.Given{trail(rule.Props{"cloudWatchLogsGroupArn": nil})}},
		{Caught: "insightSelectors", Given: []rule.Given{trail(rule.Props{"insightSelectors": nil})}},
		{On: rule.TheStack, Given: []rule.Given{{Type: aws.EC2Vpc}}},
	},
}

type trailInsight struct {
	Type rule.Value[string] `prop:"insightType"`
}
