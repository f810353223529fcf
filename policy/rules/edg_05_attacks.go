package rules

import (
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
			}, firewallOnAWS),
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
			}, balancerOnAWS),
		),
		GCP:   rule.NotApplicable(noEdgeOnGCP),
		Azure: rule.NotApplicable(noEdgeOnAzure),
	},
	Good: []rule.Example{
		{Given: webACL(managed(nil))},
		{Given: []rule.Given{{Type: balancerOnAWS, Props: rule.Props{"dropInvalidHeaderFields": true, "desyncMitigationMode": "strictest"}}}},
		{Given: []rule.Given{{Type: balancerOnAWS, Props: rule.Props{"loadBalancerType": "network"}}}},
	},
	Bad: []rule.Example{
		{Caught: "rules", Given: webACL(append(managed(nil)[1:], limited(6000, "block")))},
		{Caught: "rules", Given: []rule.Given{{Type: firewallOnAWS, Props: rule.Props{"ruleJson": "[]"}}}},
		{Caught: "rules[3].overrideAction.count", Given: webACL(managed(rule.Props{"overrideAction": rule.Props{"count": rule.Props{}}}))},
		{Caught: "rules[3].statement.managedRuleGroupStatement.scopeDownStatement", Given: webACL(managed(group(rule.Props{"scopeDownStatement": rule.Props{"geoMatchStatement": rule.Props{}}})))},
		{Caught: "rules[3].statement.managedRuleGroupStatement.ruleActionOverrides[0].actionToUse.count", Given: webACL(managed(group(rule.Props{
			"ruleActionOverrides": []rule.Props{{"name": "SQLi_BODY", "actionToUse": rule.Props{"count": rule.Props{}}}}})))},
		{Caught: "rules[3].statement.managedRuleGroupStatement.ruleActionOverrides[0].actionToUse.allow", Given: webACL(managed(group(rule.Props{
			"ruleActionOverrides": []rule.Props{{"name": "SQLi_BODY", "actionToUse": rule.Props{"allow": rule.Props{}}}}})))},
		{Caught: "dropInvalidHeaderFields", Given: []rule.Given{{Type: balancerOnAWS}}},
		{Caught: "desyncMitigationMode", Given: []rule.Given{{Type: balancerOnAWS, Props: rule.Props{"dropInvalidHeaderFields": true, "desyncMitigationMode": "monitor"}}}},
	},
}

// neededGroups cover the classes; the common one has most of the OWASP Top 10.
var neededGroups = []string{
	"AWSManagedRulesAmazonIpReputationList", "AWSManagedRulesCommonRuleSet", "AWSManagedRulesKnownBadInputsRuleSet", "AWSManagedRulesSQLiRuleSet",
}

type managedGroup struct {
	Name      rule.Value[string]         `prop:"statement.managedRuleGroupStatement.name"`
	Version   rule.Value[string]         `prop:"statement.managedRuleGroupStatement.version"`
	Narrowed  rule.Value[any]            `prop:"statement.managedRuleGroupStatement.scopeDownStatement"`
	Overrides rule.List[managedOverride] `prop:"statement.managedRuleGroupStatement.ruleActionOverrides"`
	Count     rule.Value[any]            `prop:"overrideAction.count"`
}

type managedOverride struct {
	Allow rule.Value[any] `prop:"actionToUse.allow"`
	Count rule.Value[any] `prop:"actionToUse.count"`
}

func blocks(g managedGroup, r *rule.Report) {
	rule.Match(r, g.Count, none, "overrideAction none", rule.AbsentIsGood)
	rule.Match(r, g.Narrowed, none, "a group that looks at every request", rule.AbsentIsGood)
	rule.ForEach(r, g.Overrides, rule.AbsentIsGood, "", func(o managedOverride) {
		rule.Match(r, o.Allow, none, "the rule's own action", rule.AbsentIsGood)
		rule.Match(r, o.Count, none, "the rule's own action", rule.AbsentIsGood)
	})
}

func webACL(rules []rule.Props) []rule.Given {
	return []rule.Given{{Type: firewallOnAWS, Name: "acl", Props: rule.Props{"rules": rules}}}
}

// managed has a rule per needed group; more changes the last one.
func managed(more rule.Props) []rule.Props {
	var rules []rule.Props
	for _, name := range neededGroups {
		rules = append(rules, rule.Props{"name": name, "overrideAction": rule.Props{"none": rule.Props{}},
			"statement": rule.Props{"managedRuleGroupStatement": rule.Props{"vendorName": "AWS", "name": name}}})
	}
	for k, v := range more {
		rules[len(rules)-1][k] = v
	}
	return rules
}

// group is the statement of the last needed group with something more.
func group(more rule.Props) rule.Props {
	statement := rule.Props{"vendorName": "AWS", "name": neededGroups[len(neededGroups)-1]}
	for k, v := range more {
		statement[k] = v
	}
	return rule.Props{"statement": rule.Props{"managedRuleGroupStatement": statement}}
}
