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
			rule.On(func(v measuredACL, r *rule.Report) {
				rule.Must(r, v.Metrics, true, rule.AbsentIsBad)
				rule.ForEach(r, v.Rules, rule.AbsentIsGood, "", func(m measuredRule) {
					rule.Must(r, m.Metrics, true, rule.AbsentIsBad)
				})
			}, aws.WAFV2WebAcl),
			rule.On(func(v struct {
				Default rule.Value[string] `prop:"loggingFilter.defaultBehavior"`
			}, r *rule.Report) {
				rule.MustNot(r, v.Default, "DROP", rule.AbsentIsGood) // without a filter all is kept
			}, aws.WAFV2WebAclLoggingConfiguration),
			rule.InStack(firewallIsWatched, aws.WAFV2WebAcl),
		),
		GCP:   rule.Pending("edge"),
		Azure: rule.Pending("edge"),
	},
	Good: []rule.Example{
		{Given: watched(true)},
		{Given: []rule.Given{{Type: aws.WAFV2WebAclLoggingConfiguration, Props: rule.Props{"loggingFilter": rule.Props{"defaultBehavior": "KEEP"}}}}},
	},
	Bad: []rule.Example{
		{Given: watched(true)[:2]},
		{Given: []rule.Given{watched(true)[0], watched(true)[2]}},
		{Caught: "visibilityConfig.cloudwatchMetricsEnabled", Given: watched(false)},
		{Caught: "rules[0].visibilityConfig.cloudwatchMetricsEnabled", Given: append(
			[]rule.Given{{Type: aws.WAFV2WebAcl, Name: "acl", Props: rule.Props{"visibilityConfig": measured(true), "rules": []rule.Props{{"visibilityConfig": measured(false)}}}}},
			watched(true)[1:]...)},
		{Caught: "loggingFilter.defaultBehavior", Given: []rule.Given{{Type: aws.WAFV2WebAclLoggingConfiguration, Props: rule.Props{"loggingFilter": rule.Props{"defaultBehavior": "DROP"}}}}},
	},
}

type measuredACL struct {
	*rule.Resource
	Metrics rule.Value[bool]        `prop:"visibilityConfig.cloudwatchMetricsEnabled"`
	Metric  rule.Value[string]      `prop:"visibilityConfig.metricName"`
	Rules   rule.List[measuredRule] `prop:"rules"`
}

type measuredRule struct {
	Metrics rule.Value[bool] `prop:"visibilityConfig.cloudwatchMetricsEnabled"`
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

func firewallIsWatched(v measuredACL, s *rule.Stack, r *rule.Report) {
	r.Looked()
	if len(s.Referring(v.Resource, "resourceArn", aws.WAFV2WebAclLoggingConfiguration)) == 0 {
		r.Found(v.Resource, "no WebAclLoggingConfiguration", "one for this web ACL")
	}
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
func watched(metrics bool) []rule.Given {
	return []rule.Given{
		{Type: aws.WAFV2WebAcl, Name: "acl", Props: rule.Props{"visibilityConfig": measured(metrics)}},
		{Type: aws.WAFV2WebAclLoggingConfiguration, Name: "log", Links: rule.Links{"resourceArn": {"acl"}}},
		{Type: aws.CloudWatchMetricAlarm, Name: "alarm", Props: rule.Props{"namespace": "AWS/WAFV2", "metricName": "BlockedRequests", "dimensions": rule.Props{"WebACL": "edge", "Rule": "ALL"}}},
	}
}

func measured(metrics bool) rule.Props {
	return rule.Props{"cloudwatchMetricsEnabled": metrics, "metricName": "edge"}
}
