package rules

import (
	"strings"

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
		}, inspectionType)),
		GCP:   rule.NotApplicable(noNetworkOnGCP),
		Azure: rule.NotApplicable(noNetworkOnAzure),
	},
	Good: []rule.Example{{Given: []rule.Given{{Type: inspectionType, Props: inspection(nil)}}}},
	Bad: []rule.Example{
		{Caught: "firewallPolicy.statefulEngineOptions.ruleOrder", Given: []rule.Given{{Type: inspectionType, Props: inspection(rule.Props{
			"statefulEngineOptions": rule.Props{"ruleOrder": "DEFAULT_ACTION_ORDER"}})}}},
		{Caught: "firewallPolicy.statefulEngineOptions.streamExceptionPolicy", Given: []rule.Given{{Type: inspectionType, Props: inspection(rule.Props{
			"statefulEngineOptions": rule.Props{"ruleOrder": "STRICT_ORDER", "streamExceptionPolicy": "CONTINUE"}})}}},
		{Caught: "firewallPolicy.statefulRuleGroupReferences", Given: []rule.Given{{Type: inspectionType, Props: inspection(rule.Props{
			"statefulRuleGroupReferences": []rule.Props{inspecting("AttackInfrastructureStrictOrder"), inspecting("MalwareDomainsStrictOrder")}})}}},
	},
}

type inspectedGroup struct {
	ARN    rule.Value[string] `prop:"resourceArn"`
	Action rule.Value[string] `prop:"override.action"`
}

// ofAWS recognises rule groups that AWS keeps current, by the beginning of a name.
func ofAWS(names ...string) func(inspectedGroup) rule.Truth {
	return func(g inspectedGroup) rule.Truth {
		return g.ARN.Holds(func(arn string) bool {
			for _, name := range names {
				if strings.Contains(arn, ":aws-managed:stateful-rulegroup/"+name) {
					return true
				}
			}
			return false
		}, rule.No)
	}
}
