package rules

import (
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
			rule.On(func(v struct {
				Traffic  rule.Value[string] `prop:"trafficType"`
				Interval rule.Value[int]    `prop:"maxAggregationInterval"`
			}, r *rule.Report) {
				rule.Must(r, v.Traffic, "ALL", rule.AbsentIsBad)
				rule.Must(r, v.Interval, 60, rule.AbsentIsBad) // AWS takes ten minutes unless told otherwise
			}, flowLogType),
			rule.InStack(func(v networkPart, s *rule.Stack, r *rule.Report) {
				r.Looked()
				if len(s.Referring(v.Resource, "vpcId", flowLogType)) == 0 {
					r.Found(v.Resource, "no flow log", "one for all its traffic")
				}
			}, vpcType),
		),
		GCP:   rule.NotApplicable(noNetworkOnGCP),
		Azure: rule.NotApplicable(noNetworkOnAzure),
	},
	Good: []rule.Example{{Given: []rule.Given{
		{Type: vpcType, Name: "net"},
		{Type: flowLogType, Name: "flows", Props: rule.Props{"trafficType": "ALL", "maxAggregationInterval": 60}, Links: rule.Links{"vpcId": {"net"}}},
	}}},
	Bad: []rule.Example{
		{Caught: "trafficType", Given: []rule.Given{{Type: flowLogType, Props: rule.Props{"trafficType": "REJECT", "maxAggregationInterval": 60}}}},
		{Caught: "maxAggregationInterval", Given: []rule.Given{{Type: flowLogType, Props: rule.Props{"trafficType": "ALL", "maxAggregationInterval": 600}}}},
		{Given: []rule.Given{{Type: vpcType}}},
	},
}
