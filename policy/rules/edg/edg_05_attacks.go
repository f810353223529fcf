package edg

import (
	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// AttacksBlocked is EDG-05.
var AttacksBlocked = rule.Rule{
	ID: "EDG-05", Name: "attacks", Title: "SQL injection, malformed requests and the OWASP Top 10 classes are blocked",
	Severity: rule.High, Level: rule.Mandatory,
	Why: "A rule that only counts, or looks at some requests only, is a report about a break-in.",
	Fix: "Give the web ACL AWS's four managed groups with overrideAction none, without overrides or scope-down.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.On(func(v struct {
				Rules rule.List[managedGroup] `prop:"rules"`
			}, r *rule.Report) {
				for _, group := range neededGroups {
					rule.Some(r, v.Rules, func(g managedGroup) rule.Truth { return rule.Is(g.Name, group) }, "the managed group "+group)
				}
			}, aws.WAFV2WebAcl),
			rule.Row("rules[].overrideAction.count", rule.Unset("overrideAction none"), rule.AbsentIsGood, aws.WAFV2WebAcl),
			rule.Row("rules[].statement.managedRuleGroupStatement.scopeDownStatement", rule.Unset("a group that looks at every request"), rule.AbsentIsGood, aws.WAFV2WebAcl),
			rule.Row("rules[].statement.managedRuleGroupStatement.ruleActionOverrides[].actionToUse.allow", rule.Unset("the rule's own action"), rule.AbsentIsGood, aws.WAFV2WebAcl),
			rule.Row("rules[].statement.managedRuleGroupStatement.ruleActionOverrides[].actionToUse.count", rule.Unset("the rule's own action"), rule.AbsentIsGood, aws.WAFV2WebAcl),
			rule.Row("dropInvalidHeaderFields", rule.Equals(true), rule.AbsentIsBad, aws.LBLoadBalancer).Where(application).Named("malformed").
				WithFix("Set dropInvalidHeaderFields on the load balancer."),
			rule.Row("desyncMitigationMode", rule.Among("defensive", "strictest"), rule.AbsentIsGood, aws.LBLoadBalancer).Where(application).Named("malformed"). // defensive is the default
																						WithFix("Set desyncMitigationMode of the load balancer to defensive or strictest."),
		),
		GCP:   rule.Pending("edge"),
		Azure: rule.Pending("edge"),
	},
	Good: []rule.Example{
		{Given: webACL(managed())},
		{Given: []rule.Given{{Type: aws.LBLoadBalancer, Props: rule.Props{"dropInvalidHeaderFields": true}}}},
		{Given: []rule.Given{{Type: aws.LBLoadBalancer, Props: rule.Props{"loadBalancerType": "network"}}}},
	},
	Bad: []rule.Example{
		{Caught: "rules", Given: webACL(append(managed()[1:], limited(6000, "block")))},
		{Caught: "rules", Given: []rule.Given{{Type: aws.WAFV2WebAcl, Props: rule.Props{"ruleJson": "[]"}}}},
	},
}
