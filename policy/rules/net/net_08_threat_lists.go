package net

import (
	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// ThreatLists is NET-08.
var ThreatLists = rule.Rule{
	ID: "NET-08", Name: "threat-lists", Title: "The firewall refuses addresses and names that are known to be hostile",
	Severity: rule.Medium, Level: rule.Mandatory,
	Why: "Who attacks us attacked others before; the supplier knows their servers.",
	Fix: "Reference AttackInfrastructure and the domain lists of AWS in the firewall policy, as components/network does.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(rule.On(func(v struct {
			Groups rule.List[inspectedGroup] `prop:"firewallPolicy.statefulRuleGroupReferences"`
		}, r *rule.Report) {
			rule.Some(r, v.Groups, ofAWS("AttackInfrastructure"), "AWS's AttackInfrastructure")
			rule.Some(r, v.Groups, ofAWS("MalwareDomains", "BotNetCommandAndControlDomains", "AbusedLegit"), "a domain list of AWS")
		}, aws.NetworkFirewallFirewallPolicy)),
		GCP:   rule.Pending("network"),
		Azure: rule.Pending("network"),
	},
	Good: []rule.Example{{Given: []rule.Given{{Type: aws.NetworkFirewallFirewallPolicy, Props: inspection(nil)}}}},
	Bad: []rule.Example{
		{Caught: "firewallPolicy.statefulRuleGroupReferences", Given: []rule.Given{{Type: aws.NetworkFirewallFirewallPolicy, Props: inspection(rule.Props{
			"statefulRuleGroupReferences": []rule.Props{inspecting("ThreatSignaturesMalwareStrictOrder"), inspecting("MalwareDomainsStrictOrder")}})}}},
		{Caught: "firewallPolicy.statefulRuleGroupReferences", Given: []rule.Given{{Type: aws.NetworkFirewallFirewallPolicy, Props: inspection(rule.Props{
			"statefulRuleGroupReferences": []rule.Props{inspecting("AttackInfrastructureStrictOrder"), inspecting("ThreatSignaturesMalwareStrictOrder")}})}}},
	},
}
