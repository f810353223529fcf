package edg

import (
	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// FirewallWatched is EDG-07.
var FirewallWatched = rule.Rule{
	ID: "EDG-07", Name: "watched", Title: "What the firewall does is logged, measured and raises alarms",
	Severity: rule.Medium, Level: rule.Mandatory,
	Why: "A firewall nobody watches hides that somebody has been trying for weeks.",
	Fix: "Add a WebAclLoggingConfiguration and an alarm on BlockedRequests, as components/edge does.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.Row("visibilityConfig.cloudwatchMetricsEnabled", rule.Equals(true), rule.AbsentIsBad, aws.WAFV2WebAcl).Named("measured").
				WithFix("Set cloudwatchMetricsEnabled in every visibilityConfig."),
			rule.Row("rules[].visibilityConfig.cloudwatchMetricsEnabled", rule.Equals(true), rule.AbsentIsBad, aws.WAFV2WebAcl).Named("measured").
				WithFix("Set cloudwatchMetricsEnabled in every visibilityConfig."),
			rule.Row("loggingFilter.defaultBehavior", rule.Differs("DROP"), rule.AbsentIsGood, aws.WAFV2WebAclLoggingConfiguration).Named("logged"). // without a filter all is kept
																					WithFix("Log to a WebAclLoggingConfiguration whose filter keeps by default."),
			rule.Needs(aws.WAFV2WebAcl, "resourceArn", aws.WAFV2WebAclLoggingConfiguration).Wanting("one for this web ACL").Named("logged").
				WithFix("Log to a WebAclLoggingConfiguration whose filter keeps by default."),
			rule.InStack(raisesAlarm, aws.WAFV2WebAcl),
		),
		GCP:   rule.Pending("edge"),
		Azure: rule.Pending("edge"),
	},
	Good: []rule.Example{
		{Given: watched()},
	},
	Bad: []rule.Example{
		{Given: watched()[:2]},
	},
}

type measuredACL struct {
	*rule.Resource
	Metric rule.Value[string] `prop:"visibilityConfig.metricName"`
}

type firewallAlarm struct {
	Namespace rule.Value[string] `prop:"namespace"`
	Metric    rule.Value[string] `prop:"metricName"`
	ACL       rule.Value[string] `prop:"dimensions.WebACL"`
}

// alarmed says of which web ACLs, by their metrics, an alarm counts what they block.
var alarmed = rule.Derive(func(s *rule.Stack) *rule.Answers {
	answers := rule.NewAnswers()
	for _, a := range rule.Views[firewallAlarm](s, aws.CloudWatchMetricAlarm) {
		answers.Say(a.ACL, rule.Is(a.Namespace, "AWS/WAFV2").And(rule.Is(a.Metric, "BlockedRequests")))
	}
	return answers
})

func raisesAlarm(v measuredACL, s *rule.Stack, r *rule.Report) {
	rule.When(r, v.Metric, func(metric string) {
		switch alarmed.Of(s).About(metric) {
		case rule.No:
			r.Found(v.Resource, "no alarm on its BlockedRequests", "one")
		case rule.Maybe:
			r.Defer(v.Resource)
		}
	})
}

// watched is a web ACL, its log and its alarm, in this order.
func watched() []rule.Given {
	return []rule.Given{
		{Type: aws.WAFV2WebAcl, Name: "acl", Props: rule.Props{"visibilityConfig": rule.Props{"cloudwatchMetricsEnabled": true, "metricName": "edge"}}},
		{Type: aws.WAFV2WebAclLoggingConfiguration, Name: "log", Links: rule.Links{"resourceArn": {"acl"}}},
		{Type: aws.CloudWatchMetricAlarm, Name: "alarm", Props: rule.Props{"namespace": "AWS/WAFV2", "metricName": "BlockedRequests", "dimensions": rule.Props{"WebACL": "edge", "Rule": "ALL"}}},
	}
}
