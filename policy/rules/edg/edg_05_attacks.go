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
				rule.ForEach(r, v.Rules, rule.AbsentIsGood, "", func(g managedGroup) { blocks(g, r) })
			}, aws.WAFV2WebAcl),
			rule.On(func(v struct {
				Type    rule.Value[string] `prop:"loadBalancerType"`
				Invalid rule.Value[bool]   `prop:"dropInvalidHeaderFields"`
				Desync  rule.Value[string] `prop:"desyncMitigationMode"`
			}, r *rule.Report) {
				rule.When(r, v.Type.Or("application"), func(kind string) {
					if kind == "application" {
						rule.Must(r, v.Invalid, true, rule.AbsentIsBad)
						rule.OneOf(r, v.Desync, rule.AbsentIsGood, "defensive", "strictest") // defensive is the default
					}
				})
			}, aws.LBLoadBalancer),
		),
		GCP:   rule.Pending("edge"),
		Azure: rule.Pending("edge"),
	},
	Good: []rule.Example{
		{Given: webACL(managed(nil))},
		{Given: []rule.Given{{Type: aws.LBLoadBalancer, Props: rule.Props{"dropInvalidHeaderFields": true, "desyncMitigationMode": "strictest"}}}},
		{Given: []rule.Given{{Type: aws.LBLoadBalancer, Props: rule.Props{"loadBalancerType": "network"}}}},
	},
	Bad: []rule.Example{
		{Caught: "rules", Given: webACL(append(managed(nil)[1:], limited(6000, "block")))},
		{Caught: "rules", Given: []rule.Given{{Type: aws.WAFV2WebAcl, Props: rule.Props{"ruleJson": "[]"}}}},
		{Caught: "rules[3].overrideAction.count", Given: webACL(managed(rule.Props{"overrideAction": rule.Props{"count": rule.Props{}}}))},
		{Caught: "rules[3].statement.managedRuleGroupStatement.scopeDownStatement", Given: webACL(managed(group(rule.Props{"scopeDownStatement": rule.Props{"geoMatchStatement": rule.Props{}}})))},
		{Caught: "rules[3].statement.managedRuleGroupStatement.ruleActionOverrides[0].actionToUse.count", Given: webACL(managed(group(rule.Props{
			"ruleActionOverrides": []rule.Props{{"name": "SQLi_BODY", "actionToUse": rule.Props{"count": rule.Props{}}}}})))},
		{Caught: "rules[3].statement.managedRuleGroupStatement.ruleActionOverrides[0].actionToUse.allow", Given: webACL(managed(group(rule.Props{
			"ruleActionOverrides": []rule.Props{{"name": "SQLi_BODY", "actionToUse": rule.Props{"allow": rule.Props{}}}}})))},
		{Caught: "dropInvalidHeaderFields", Given: []rule.Given{{Type: aws.LBLoadBalancer}}},
		{Caught: "desyncMitigationMode", Given: []rule.Given{{Type: aws.LBLoadBalancer, Props: rule.Props{"dropInvalidHeaderFields": true, "desyncMitigationMode": "monitor"}}}},
	},
}

func blocks(g managedGroup, r *rule.Report) {
	rule.Match(r, g.Count, none, "overrideAction none", rule.AbsentIsGood)
	rule.Match(r, g.Narrowed, none, "a group that looks at every request", rule.AbsentIsGood)
	rule.ForEach(r, g.Overrides, rule.AbsentIsGood, "", func(o managedOverride) {
		rule.Match(r, o.Allow, none, "the rule's own action", rule.AbsentIsGood)
		rule.Match(r, o.Count, none, "the rule's own action", rule.AbsentIsGood)
	})
}
