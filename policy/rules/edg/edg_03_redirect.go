package edg

import (
	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// PlainIsRedirected is EDG-03.
var PlainIsRedirected = rule.Rule{
	ID: "EDG-03", Name: "redirect", Title: "Plain HTTP is redirected to HTTPS and never served",
	Severity: rule.Critical, Level: rule.Mandatory,
	Why: "What is served in plain text is read and changed on the way, session cookies included.",
	Fix: "Give the listener on port 80 one default action: a redirect to HTTPS with HTTP_301.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.On(func(v plainListener, r *rule.Report) {
				rule.When(r, v.Protocol.Or("HTTP"), func(protocol string) {
					if protocol == "HTTP" {
						rule.ForEach(r, v.Actions, rule.AbsentIsBad, "a redirect to HTTPS", redirects(r))
					}
				})
			}, aws.LBListener),
			rule.InStack(func(v struct {
				*rule.Resource
				Actions rule.List[listenerAction] `prop:"actions"`
			}, s *rule.Stack, r *rule.Report) {
				for _, l := range rule.Linked[plainListener](s, v.Resource, "listenerArn", aws.LBListener) {
					if protocol, _ := l.Protocol.Or("HTTP").Get(); protocol == "HTTP" {
						rule.ForEach(r, v.Actions, rule.AbsentIsBad, "a redirect to HTTPS", redirects(r))
					}
				}
			}, aws.LBListenerRule),
			rule.Row("defaultCacheBehavior.viewerProtocolPolicy", rule.Among("redirect-to-https", "https-only"), rule.AbsentIsBad, aws.CloudFrontDistribution).Named("cloudfront").
				WithFix("Set viewerProtocolPolicy of every cache behavior to redirect-to-https."),
			rule.Row("orderedCacheBehaviors[].viewerProtocolPolicy", rule.Among("redirect-to-https", "https-only"), rule.AbsentIsBad, aws.CloudFrontDistribution).Named("cloudfront").
				WithFix("Set viewerProtocolPolicy of every cache behavior to redirect-to-https."),
		),
		GCP:   rule.Pending("edge"),
		Azure: rule.Pending("edge"),
	},
	Good: []rule.Example{
		{Given: plain(rule.Props{"type": "redirect", "redirect": toHTTPS})},
		{Given: listener("HTTPS", rule.Props{"defaultActions": []rule.Props{{"type": "forward"}}})},
		{Given: append([]rule.Given{{
			Type: aws.LBListenerRule, Name: "rule", Props: rule.Props{"actions": []rule.Props{{"type": "redirect", "redirect": toHTTPS}}}, Links: rule.Links{"listenerArn": {"plain"}},
		}}, plain(rule.Props{"type": "redirect", "redirect": toHTTPS})...)},
	},
	Bad: []rule.Example{
		{Caught: "defaultActions[0].type", Given: plain(rule.Props{"type": "forward", "targetGroupArn": "x"})},
		{Caught: "defaultActions[0].redirect.protocol", Given: plain(rule.Props{"type": "redirect", "redirect": rule.Props{"port": "80", "statusCode": "HTTP_301"}})},
		{Caught: "defaultActions[0].redirect.statusCode", Given: plain(rule.Props{"type": "redirect", "redirect": rule.Props{"protocol": "HTTPS", "statusCode": "HTTP_302"}})},
		{Caught: "actions[0].type", Given: append([]rule.Given{{
			Type: aws.LBListenerRule, Name: "rule", Props: rule.Props{"actions": []rule.Props{{"type": "forward"}}}, Links: rule.Links{"listenerArn": {"plain"}},
		}}, plain(rule.Props{"type": "redirect", "redirect": toHTTPS})...)},
	},
}

type plainListener struct {
	Protocol rule.Value[string]        `prop:"protocol"`
	Actions  rule.List[listenerAction] `prop:"defaultActions"`
}

type listenerAction struct {
	Type   rule.Value[string] `prop:"type"`
	To     rule.Value[string] `prop:"redirect.protocol"` // absent: what the client spoke
	Status rule.Value[string] `prop:"redirect.statusCode"`
}

func redirects(r *rule.Report) func(listenerAction) {
	return func(a listenerAction) {
		rule.Must(r, a.Type, "redirect", rule.AbsentIsBad)
		if kind, _ := a.Type.Get(); kind == "redirect" {
			rule.Must(r, a.To, "HTTPS", rule.AbsentIsBad)
			rule.Must(r, a.Status, "HTTP_301", rule.AbsentIsBad)
		}
	}
}

var toHTTPS = rule.Props{"protocol": "HTTPS", "port": "443", "statusCode": "HTTP_301"}

func plain(action rule.Props) []rule.Given {
	return []rule.Given{{Type: aws.LBListener, Name: "plain", Props: rule.Props{"port": 80, "protocol": "HTTP", "defaultActions": []rule.Props{action}}}}
}
