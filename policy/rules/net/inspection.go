package net

import (
	"strings"

	"tenant-runtime/policy/rule"
)

type inspectedGroup struct {
	ARN rule.Value[string] `prop:"resourceArn"`
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

// inspection is a firewall policy as it should be.
func inspection(but rule.Props) rule.Props {
	policy := rule.Props{
		"statelessDefaultActions": []string{"aws:forward_to_sfe"}, "statelessFragmentDefaultActions": []string{"aws:drop"},
		"statefulDefaultActions": []string{"aws:drop_established", "aws:alert_established"},
		"statefulEngineOptions":  rule.Props{"ruleOrder": "STRICT_ORDER", "streamExceptionPolicy": "DROP"},
		"statefulRuleGroupReferences": []rule.Props{
			inspecting("AttackInfrastructureStrictOrder"), inspecting("MalwareDomainsStrictOrder"), inspecting("ThreatSignaturesMalwareStrictOrder"),
		},
	}
	for name, value := range but {
		policy[name] = value
	}
	return rule.Props{"firewallPolicy": policy}
}

func inspecting(group string) rule.Props {
	return rule.Props{"resourceArn": "arn:aws:network-firewall:eu-central-1:aws-managed:stateful-rulegroup/" + group}
}
