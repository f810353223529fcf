package edg

import (
	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// RulesFollowThreats is EDG-06.
var RulesFollowThreats = rule.Rule{
	ID: "EDG-06", Name: "unpinned", Title: "Firewall rules follow new threats by themselves",
	Severity: rule.Medium, Level: rule.Mandatory,
	Why: "A pinned version stays as it is until AWS withdraws it, whatever is found out meanwhile.",
	Fix: "Leave version out of managedRuleGroupStatement: the default version moves.",
	Checks: regions.Each[rule.Checks]{
		AWS:   rule.By(rule.Row("rules[].statement.managedRuleGroupStatement.version", rule.Unset("no version"), rule.AbsentIsGood, aws.WAFV2WebAcl)),
		GCP:   rule.Pending("edge"),
		Azure: rule.Pending("edge"),
	},
}
