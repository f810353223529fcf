package net

import (
	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// CurrentSignatures is NET-07.
var CurrentSignatures = rule.Rule{
	ID: "NET-07", Name: "current-signatures", Title: "Signatures act as their supplier means them to, and an alarm counts what each firewall stops",
	Severity: rule.Medium, Level: rule.Mandatory,
	Why: "A signature turned down to a note stops nothing, and a wave of drops that nobody sees is an attack nobody answers.",
	Fix: "Leave managed groups without an override, and give every firewall an alarm on DroppedPackets.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.Row("firewallPolicy.statefulRuleGroupReferences[].override.action", rule.Unset("no override"), rule.AbsentIsGood, aws.NetworkFirewallFirewallPolicy),
			rule.InStack(func(v networkPart, s *rule.Stack, r *rule.Report) {
				r.Expect(v.Resource, dropsCounted(v.Resource, s), "an alarm on its DroppedPackets")
			}, aws.NetworkFirewallFirewall),
		),
		GCP:   rule.Pending("network"),
		Azure: rule.Pending("network"),
	},
	Good: []rule.Example{
		{Given: []rule.Given{{Type: aws.NetworkFirewallFirewallPolicy, Props: inspection(nil)}}},
		{Given: counting("metricQueries", rule.Props{"metricQueries": []rule.Props{{"id": "a", "metric": rule.Props{"metricName": "DroppedPackets"}}}})},
		{Given: counting("dimensions", rule.Props{"metricName": "DroppedPackets"})},
	},
	Bad: []rule.Example{
		{Given: counting("dimensions", rule.Props{"metricName": "ReceivedPackets"})},
		{Given: counting("dimensions", nil)[:1]},
	},
}

type dropAlarm struct {
	Metric  rule.Value[string]   `prop:"metricName"`
	Queries rule.List[dropQuery] `prop:"metricQueries"`
}

type dropQuery struct {
	Metric rule.Value[string] `prop:"metric.metricName"`
}

// dropsCounted tells whether an alarm is on a firewall's dropped packets.
func dropsCounted(firewall *rule.Resource, s *rule.Stack) rule.Truth {
	answer := rule.No
	for _, direct := range rule.Referring[dropAlarm](s, firewall, "dimensions", aws.CloudWatchMetricAlarm) {
		answer = answer.Or(rule.Is(direct.Metric, "DroppedPackets"))
	}
	for _, querying := range rule.Referring[dropAlarm](s, firewall, "metricQueries", aws.CloudWatchMetricAlarm) {
		queries, _ := querying.Queries.Items()
		for _, q := range queries {
			answer = answer.Or(rule.Is(q.Metric, "DroppedPackets"))
		}
	}
	return answer
}

func counting(prop string, alarm rule.Props) []rule.Given {
	return []rule.Given{
		{Type: aws.NetworkFirewallFirewall, Name: "outer"},
		{Type: aws.CloudWatchMetricAlarm, Name: "drops", Props: alarm, Links: rule.Links{prop: {"outer"}}},
	}
}
