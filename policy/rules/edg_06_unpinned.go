package rules

import (
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
		AWS: rule.By(rule.On(func(v struct {
			Rules rule.List[managedGroup] `prop:"rules"`
		}, r *rule.Report) {
			rule.ForEach(r, v.Rules, rule.AbsentIsGood, "", func(g managedGroup) {
				rule.Match(r, g.Version, func(string) bool { return false }, "no version", rule.AbsentIsGood)
			})
		}, firewallOnAWS)),
		GCP:   rule.NotApplicable(noEdgeOnGCP),
		Azure: rule.NotApplicable(noEdgeOnAzure),
	},
	Good: []rule.Example{{Given: webACL(managed(nil))}},
	Bad: []rule.Example{
		{Caught: "rules[3].statement.managedRuleGroupStatement.version", Given: webACL(managed(group(rule.Props{"version": "Version_2.0"})))},
	},
}
