package edg

import (
	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
)

// neededGroups cover the classes; the common one has most of the OWASP Top 10.
var neededGroups = []string{
	"AWSManagedRulesAmazonIpReputationList", "AWSManagedRulesCommonRuleSet", "AWSManagedRulesKnownBadInputsRuleSet", "AWSManagedRulesSQLiRuleSet",
}

type managedGroup struct {
	Name      rule.Value[string]         `prop:"statement.managedRuleGroupStatement.name"`
	Narrowed  rule.Value[any]            `prop:"statement.managedRuleGroupStatement.scopeDownStatement"`
	Overrides rule.List[managedOverride] `prop:"statement.managedRuleGroupStatement.ruleActionOverrides"`
	Count     rule.Value[any]            `prop:"overrideAction.count"`
}

type managedOverride struct {
	Allow rule.Value[any] `prop:"actionToUse.allow"`
	Count rule.Value[any] `prop:"actionToUse.count"`
}

func webACL(rules []rule.Props) []rule.Given {
	return []rule.Given{{Type: aws.WAFV2WebAcl, Name: "acl", Props: rule.Props{"rules": rules}}}
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

func limited(limit int, action string) rule.Props {
	return rule.Props{"name": "rate", "action": rule.Props{action: rule.Props{}}, "statement": rule.Props{"rateBasedStatement": rule.Props{"limit": limit}}}
}
