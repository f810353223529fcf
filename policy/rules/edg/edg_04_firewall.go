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
			rule.InStack(func(v publicBalancer, s *rule.Stack, r *rule.Report) {
				rule.When(r, v.Internal.Or(false), func(internal bool) {
					if !internal && len(s.Referring(v.Resource, "resourceArn", aws.WAFV2WebAclAssociation)) == 0 {
						r.Found(v.Resource, "no WebAclAssociation", "one for this load balancer; WAF guards application load balancers only")
					}
				})
			}, aws.LBLoadBalancer),
			rule.On(func(v struct {
				FailOpen rule.Value[bool] `prop:"enableWafFailOpen"`
			}, r *rule.Report) {
				rule.Must(r, v.FailOpen, false, rule.AbsentIsGood)
			}, aws.LBLoadBalancer),
			rule.On(func(v publicBalancer, r *rule.Report) {
				rule.Must(r, v.Internal, true, rule.AbsentIsBad) // a classic load balancer cannot have one
			}, aws.ELBLoadBalancer),
			rule.On(func(v struct {
				ACL rule.Value[string] `prop:"webAclId"`
			}, r *rule.Report) {
				rule.Present(r, v.ACL, "a web ACL")
			}, aws.CloudFrontDistribution),
		),
		GCP:   rule.Pending("edge"),
		Azure: rule.Pending("edge"),
	},
	Good: []rule.Example{
		{Given: []rule.Given{
			{Type: aws.LBLoadBalancer, Name: "edge", Props: rule.Props{"internal": false, "enableWafFailOpen": false}},
			{Type: aws.WAFV2WebAclAssociation, Name: "guard", Links: rule.Links{"resourceArn": {"edge"}}},
		}},
		{Given: []rule.Given{{Type: aws.LBLoadBalancer, Props: rule.Props{"internal": true}}}},
		{Given: []rule.Given{{Type: aws.ELBLoadBalancer, Props: rule.Props{"internal": true}}}},
		{Given: []rule.Given{{Type: aws.CloudFrontDistribution, Props: rule.Props{"webAclId": "arn:x"}}}},
	},
	Bad: []rule.Example{
		{Given: []rule.Given{{Type: aws.LBLoadBalancer}}},
		{Given: []rule.Given{
			{Type: aws.LBLoadBalancer, Name: "edge"}, {Type: aws.LBLoadBalancer, Name: "other", Props: rule.Props{"internal": true}},
			{Type: aws.WAFV2WebAclAssociation, Name: "guard", Links: rule.Links{"resourceArn": {"other"}}},
		}},
		{Caught: "enableWafFailOpen", Given: []rule.Given{{Type: aws.LBLoadBalancer, Props: rule.Props{"internal": true, "enableWafFailOpen": true}}}},
		{Caught: "internal", Given: []rule.Given{{Type: aws.ELBLoadBalancer}}},
		{Caught: "webAclId", Given: []rule.Given{{Type: aws.CloudFrontDistribution}}},
	},
}

type publicBalancer struct {
	*rule.Resource
	Internal rule.Value[bool] `prop:"internal"`
}
