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
	Why: "A firewall that only reads addresses and ports lets in every attack that uses an open port.",
	Fix: "Reference AWS's threat signature groups in a policy with strict order, as components/network does.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.Row("firewallPolicy.statefulEngineOptions.ruleOrder", rule.Equals("STRICT_ORDER"), rule.AbsentIsBad, aws.NetworkFirewallFirewallPolicy).Named("order"). // else rules that let pass come first
																							WithFix("Set ruleOrder to STRICT_ORDER and streamExceptionPolicy to DROP."),
			rule.Row("firewallPolicy.statefulEngineOptions.streamExceptionPolicy", rule.Differs("CONTINUE"), rule.AbsentIsGood, aws.NetworkFirewallFirewallPolicy).Named("order"). // AWS drops what it joins in the middle
																								WithFix("Set ruleOrder to STRICT_ORDER and streamExceptionPolicy to DROP."),
			rule.On(func(v struct {
				Groups rule.List[inspectedGroup] `prop:"firewallPolicy.statefulRuleGroupReferences"`
			}, r *rule.Report) {
				rule.Some(r, v.Groups, ofAWS("ThreatSignatures"), "a threat signature group of AWS")
			}, aws.NetworkFirewallFirewallPolicy),
		),
		GCP:   rule.Pending("network"),
		Azure: rule.Pending("network"),
	},
	Good: []rule.Example{{Given: []rule.Given{{Type: aws.NetworkFirewallFirewallPolicy, Props: inspection(nil)}}}},
	Bad: []rule.Example{
		{Caught: "firewallPolicy.statefulRuleGroupReferences", Given: []rule.Given{{Type: aws.NetworkFirewallFirewallPolicy, Props: inspection(rule.Props{
			"statefulRuleGroupReferences": []rule.Props{inspecting("AttackInfrastructureStrictOrder"), inspecting("MalwareDomainsStrictOrder")}})}}},
	},
}
