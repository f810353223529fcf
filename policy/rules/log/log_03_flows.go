package log

import (
	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// FlowsLogged is LOG-03.
var FlowsLogged = rule.Rule{
	ID: "LOG-03", Name: "flows", Title: "Every flow of every network is logged, minute by minute",
	Severity: rule.High, Level: rule.Mandatory,
	Why: "After an incident the flows say who talked to whom; what was not logged did not happen.",
	Fix: "Declare networks through components/network, which logs all flows every 60 seconds.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.Needs(aws.EC2Vpc, "vpcId", aws.EC2FlowLog).Missing("no flow log").Wanting("one for all its traffic"),
			rule.Row("trafficType", rule.Equals("ALL"), rule.AbsentIsBad, aws.EC2FlowLog),
			rule.Row("maxAggregationInterval", rule.Equals(60), rule.AbsentIsBad, aws.EC2FlowLog), // AWS takes ten minutes unless told otherwise
		),
		GCP:   rule.Pending("network"),
		Azure: rule.Pending("network"),
	},
}
