package net

import (
	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// IntrusionPrevention is NET-06.
var IntrusionPrevention = rule.Rule{
	ID: "NET-06", Name: "intrusion-prevention", Title: "The firewall knows attacks by their signatures and stops them before any rule lets them pass",
	Severity: rule.High, Level: rule.Mandatory,
	Why: "A firewall that only reads addresses and ports lets an attack in by the front door.",
	Fix: "Reference AWS's threat signature groups in a policy with strict order, as components/network does.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(rule.On(func(v struct {
			Order      rule.Value[string]        `prop:"firewallPolicy.statefulEngineOptions.ruleOrder"`
			Exceptions rule.Value[string]        `prop:"firewallPolicy.statefulEngineOptions.streamExceptionPolicy"`
			Groups     rule.List[inspectedGroup] `prop:"firewallPolicy.statefulRuleGroupReferences"`
		}, r *rule.Report) {
			rule.Must(r, v.Order, "STRICT_ORDER", rule.AbsentIsBad)      // else rules that let pass come first
			rule.MustNot(r, v.Exceptions, "CONTINUE", rule.AbsentIsGood) // AWS drops what it joins in the middle
			rule.Some(r, v.Groups, ofAWS("ThreatSignatures"), "a threat signature group of AWS")
		}, aws.NetworkFirewallFirewallPolicy)),
		GCP:   rule.Pending("network"),
		Azure: rule.Pending("network"),
	},
	Good: []rule.Example{{Given: []rule.Given{{Type: aws.NetworkFirewallFirewallPolicy, Props: inspection(nil)}}}},
	Bad: []rule.Example{
		{Caught: "firewallPolicy.statefulEngineOptions.ruleOrder", Given: []rule.Given{{Type: aws.NetworkFirewallFirewallPolicy, Props: inspection(rule.Props{
			"statefulEngineOptions": rule.Props{"ruleOrder": "DEFAULT_ACTION_ORDER"}})}}},
		{Caught: "firewallPolicy.statefulEngineOptions.streamExceptionPolicy", Given: []rule.Given{{Type: aws.NetworkFirewallFirewallPolicy, Props: inspection(rule.Props{
			"statefulEngineOptions": rule.Props{"ruleOrder": "STRICT_ORDER", "streamExceptionPolicy": "CONTINUE"}})}}},
		{Caught: "firewallPolicy.statefulRuleGroupReferences", Given: []rule.Given{{Type: aws.NetworkFirewallFirewallPolicy, Props: inspection(rule.Props{
			"statefulRuleGroupReferences": []rule.Props{inspecting("AttackInfrastructureStrictOrder"), inspecting("MalwareDomainsStrictOrder")}})}}},
	},
}
