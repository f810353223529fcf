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
	Name rule.Value[string] `prop:"statement.managedRuleGroupStatement.name"`
}

func webACL(rules []rule.Props) []rule.Given {
	return []rule.Given{{Type: aws.WAFV2WebAcl, Name: "acl", Props: rule.Props{"rules": rules}}}
}

// managed has a rule per needed group.
func managed() []rule.Props {
	var rules []rule.Props
	for _, name := range neededGroups {
		rules = append(rules, rule.Props{"name": name, "overrideAction": rule.Props{"none": rule.Props{}},
			"statement": rule.Props{"managedRuleGroupStatement": rule.Props{"vendorName": "AWS", "name": name}}})
	}
	return rules
}

func limited(limit int, action string) rule.Props {
	return rule.Props{"name": "rate", "action": rule.Props{action: rule.Props{}}, "statement": rule.Props{"rateBasedStatement": rule.Props{"limit": limit}}}
}
