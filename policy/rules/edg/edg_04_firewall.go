package edg

import (
	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// FirewallInFront is EDG-04.
var FirewallInFront = rule.Rule{
	ID: "EDG-04", Name: "firewall", Title: "A web application firewall stands in front of everything public",
	Severity: rule.Critical, Level: rule.Mandatory,
	Why: "An application answers whatever reaches it; the firewall is what keeps known attacks from reaching it.",
	Fix: "Publish through components/edge, or associate a wafv2.WebAcl with the load balancer.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.Needs(aws.LBLoadBalancer, "resourceArn", aws.WAFV2WebAclAssociation).
				Wanting("one for this load balancer; WAF protects application load balancers only").Where(rule.Has("internal", rule.Equals(false), rule.Yes)),
			rule.Row("enableWafFailOpen", rule.Equals(false), rule.AbsentIsGood, aws.LBLoadBalancer).Named("fail-open").
				WithFix("Leave enableWafFailOpen out: requests wait while the firewall cannot be asked."),
			rule.Row("internal", rule.Equals(true), rule.AbsentIsBad, aws.ELBLoadBalancer), // a classic load balancer cannot have one
			rule.Row("webAclId", rule.Set("a web ACL"), rule.AbsentIsBad, aws.CloudFrontDistribution),
		),
		GCP:   rule.Pending("edge"),
		Azure: rule.Pending("edge"),
	},
	Good: []rule.Example{
		{Given: []rule.Given{
			{Type: aws.LBLoadBalancer, Name: "edge", Props: rule.Props{"internal": false, "enableWafFailOpen": false}},
			{Type: aws.WAFV2WebAclAssociation, Name: "firewall", Links: rule.Links{"resourceArn": {"edge"}}},
		}},
		{Given: []rule.Given{{Type: aws.LBLoadBalancer, Props: rule.Props{"internal": true}}}},
	},
	Bad: []rule.Example{
		{Given: []rule.Given{
			{Type: aws.LBLoadBalancer, Name: "edge"}, {Type: aws.LBLoadBalancer, Name: "other", Props: rule.Props{"internal": true}},
			{Type: aws.WAFV2WebAclAssociation, Name: "firewall", Links: rule.Links{"resourceArn": {"other"}}},
		}},
	},
}
