package net

import (
	"slices"
	"strings"

	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// EgressByName is NET-09.
var EgressByName = rule.Rule{
	ID: "NET-09", Name: "egress-by-name", Title: "Traffic leaves to hosts that are listed by name, encrypted, and each list says for which vendor",
	Severity: rule.High, Level: rule.Mandatory,
	Why: "Whoever breaks in needs a way to carry data out; a list of names leaves none.",
	Fix: "List the host under egress in the stack's configuration; components/network does the rest.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.On(func(v groupRuleView, r *rule.Report) {
				if rule.Is(v.Protocol, "-1", "all") == rule.Yes {
					return // NET-05
				}
				for _, to := range []rule.Value[string]{v.V4, v.V6} {
					if to.Holds(func(to string) bool { return slices.Contains(anywhere, to) }, rule.No) == rule.Yes {
						rule.OneOf(r, v.From, rule.AbsentIsBad, encryptedPorts...)
						rule.When(r, v.From, func(first int) {
							rule.Must(r, v.To, first, rule.AbsentIsBad)
						})
					}
				}
			}, aws.VPCSecurityGroupEgressRule),
			rule.On(listsNames, aws.NetworkFirewallRuleGroup),
		),
		GCP:   rule.Pending("network"),
		Azure: rule.Pending("network"),
	},
	Good: []rule.Example{
		{Given: []rule.Given{{Type: aws.VPCSecurityGroupEgressRule, Props: rule.Props{"ipProtocol": "tcp", "cidrIpv4": "0.0.0.0/0", "fromPort": 465, "toPort": 465}}}},
		{Given: []rule.Given{{Type: aws.NetworkFirewallRuleGroup, Props: listing(nil)}}},
		{Given: []rule.Given{{Type: aws.NetworkFirewallRuleGroup, Props: saying("drop http $HOME_NET any -> $EXTERNAL_NET any (sid:1;)\npass tls $EXTERNAL_NET any -> $EDGE 443 (sid:2;)\n")}}},
	},
	Bad: []rule.Example{
		{Caught: "fromPort", Given: []rule.Given{{Type: aws.VPCSecurityGroupEgressRule, Props: rule.Props{"ipProtocol": "tcp", "cidrIpv4": "0.0.0.0/0", "fromPort": 25, "toPort": 25}}}},
		{Caught: "toPort", Given: []rule.Given{{Type: aws.VPCSecurityGroupEgressRule, Props: rule.Props{"ipProtocol": "tcp", "cidrIpv4": "0.0.0.0/0", "fromPort": 443, "toPort": 65535}}}},
		{Caught: "ruleGroup.rulesSource.rulesSourceList.generatedRulesType", Given: []rule.Given{{Type: aws.NetworkFirewallRuleGroup, Props: listing(rule.Props{"generatedRulesType": "DENYLIST"})}}},
		{Caught: "ruleGroup.rulesSource.rulesSourceList.targetTypes[1]", Given: []rule.Given{{Type: aws.NetworkFirewallRuleGroup, Props: listing(rule.Props{"targetTypes": []string{"TLS_SNI", "HTTP_HOST"}})}}},
		{Caught: "ruleGroup.rulesSource.rulesSourceList.targets[0]", Given: []rule.Given{{Type: aws.NetworkFirewallRuleGroup, Props: listing(rule.Props{"targets": []string{".example.com"}})}}},
		{Caught: "tags.vendor", Given: []rule.Given{{Type: aws.NetworkFirewallRuleGroup, Props: rule.Props{"ruleGroup": listing(nil)["ruleGroup"]}}}},
		{Caught: "ruleGroup.rulesSource.rulesString", Given: []rule.Given{{Type: aws.NetworkFirewallRuleGroup, Props: saying("pass tls $HOME_NET any -> $EXTERNAL_NET 443 (sid:1;)")}}},
		{Caught: "rules", Given: []rule.Given{{Type: aws.NetworkFirewallRuleGroup, Props: rule.Props{"rules": "pass ip any any <> any any (sid:1;)"}}}},
	},
}

// encryptedPorts are HTTPS and the two of mail submission.
var encryptedPorts = []int{443, 465, 587}

func listsNames(v struct {
	Kind    rule.Value[string]            `prop:"ruleGroup.rulesSource.rulesSourceList.generatedRulesType"`
	Looks   rule.List[rule.Value[string]] `prop:"ruleGroup.rulesSource.rulesSourceList.targetTypes"`
	Hosts   rule.List[rule.Value[string]] `prop:"ruleGroup.rulesSource.rulesSourceList.targets"`
	Text    rule.Value[string]            `prop:"ruleGroup.rulesSource.rulesString"`
	OldText rule.Value[string]            `prop:"rules"`
	Vendor  rule.Value[string]            `prop:"tags.vendor"`
}, r *rule.Report) {
	for _, text := range []rule.Value[string]{v.Text, v.OldText} {
		rule.Match(r, text, closedOutside, "rules that let nothing out: hosts are listed by name", rule.AbsentIsGood)
	}
	if _, list := v.Hosts.Items(); list == rule.Absent {
		return
	}
	rule.Must(r, v.Kind, "ALLOWLIST", rule.AbsentIsBad)
	rule.ForEach(r, v.Looks, rule.AbsentIsBad, "TLS_SNI", func(look rule.Value[string]) {
		rule.Must(r, look, "TLS_SNI", rule.AbsentIsBad) // a host name in HTTP is plain text
	})
	rule.ForEach(r, v.Hosts, rule.AbsentIsBad, "a host", func(host rule.Value[string]) {
		rule.Match(r, host, func(h string) bool { return !strings.Contains(h, "*") && !strings.HasPrefix(h, ".") }, "a full host name", rule.AbsentIsBad)
	})
	rule.Present(r, v.Vendor, "whom the hosts belong to")
}

// closedOutside reads Suricata rules: none lets traffic pass to the outside.
//
//	pass tls $HOME_NET any -> $EXTERNAL_NET 443 (...)
func closedOutside(rules string) bool {
	for _, line := range strings.Split(rules, "\n") {
		words := strings.Fields(line)
		if len(words) < 7 || words[0] != "pass" {
			continue
		}
		outside := func(side string) bool {
			return side == "any" || side == "$EXTERNAL_NET" || strings.HasPrefix(side, "!")
		}
		if outside(words[5]) || words[4] == "<>" && outside(words[2]) {
			return false
		}
	}
	return true
}

func listing(but rule.Props) rule.Props {
	list := rule.Props{"generatedRulesType": "ALLOWLIST", "targetTypes": []string{"TLS_SNI"}, "targets": []string{"api.example.com"}}
	for name, value := range but {
		list[name] = value
	}
	return rule.Props{"tags": rule.Props{"vendor": "example.com"}, "ruleGroup": rule.Props{"rulesSource": rule.Props{"rulesSourceList": list}}}
}

func saying(rules string) rule.Props {
	return rule.Props{"ruleGroup": rule.Props{"rulesSource": rule.Props{"rulesString": rules}}}
}
