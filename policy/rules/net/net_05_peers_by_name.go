package net

import (
	"slices"

	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// PeersByName is NET-05.
var PeersByName = rule.Rule{
	ID: "NET-05", Name: "peers-by-name", Title: "Security groups let in peers that they name, on one port; the edge alone lets in the Internet",
	Severity: rule.Critical, Level: rule.Mandatory,
	Why: "An address says where a caller is, not who; a range lets in whatever is placed there next.",
	Fix: "Use vpc.SecurityGroupIngressRule and EgressRule with referencedSecurityGroupId.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.Row("ipProtocol", rule.Satisfies(func(p string) bool { return p != "-1" && p != "all" }, "one protocol", "tcp", "-1"),
				rule.AbsentIsBad, aws.VPCSecurityGroupIngressRule, aws.VPCSecurityGroupEgressRule),
			rule.InStack(func(v groupRuleView, s *rule.Stack, r *rule.Report) {
				for _, peer := range []rule.Value[string]{v.V4, v.V6} {
					rule.When(r, peer, func(from string) {
						if from == "" {
							return // so the provider writes absence
						}
						entrance := rule.TruthOf(slices.Contains(anywhere, from)).And(rule.Is(v.From, 80, 443)).And(rule.Is(v.To, 80, 443)).And(ofEdge(v, s))
						r.Expect(peer, entrance, "the peer's security group, or 80 and 443 at the edge")
					})
				}
			}, aws.VPCSecurityGroupIngressRule),
			rule.Row("cidrIpv4", internetOnly, rule.AbsentIsGood, aws.VPCSecurityGroupEgressRule),
			rule.Row("cidrIpv6", internetOnly, rule.AbsentIsGood, aws.VPCSecurityGroupEgressRule),
			rule.Row("ingress[]", rule.Unset("a SecurityGroupIngressRule, which names its peer"), rule.AbsentIsGood, aws.EC2SecurityGroup),
			rule.Row("egress[]", rule.Unset("a SecurityGroupEgressRule, which names its peer"), rule.AbsentIsGood, aws.EC2SecurityGroup),
			rule.Refuses("a rule of the old kind", "a SecurityGroupIngressRule or EgressRule", aws.EC2SecurityGroupRule),
		),
		GCP:   rule.Pending("network"),
		Azure: rule.Pending("network"),
	},
	Good: []rule.Example{
		{Given: inGroup(edgeZone, aws.VPCSecurityGroupIngressRule, rule.Props{"ipProtocol": "tcp", "fromPort": 443, "toPort": 443, "cidrIpv4": "0.0.0.0/0"})},
		{Given: inGroup(dataZone, aws.VPCSecurityGroupIngressRule, rule.Props{"ipProtocol": "tcp", "fromPort": 5432, "toPort": 5432, "referencedSecurityGroupId": "sg-1"})},
		{Given: inGroup(appZone, aws.VPCSecurityGroupEgressRule, rule.Props{"ipProtocol": "tcp", "fromPort": 443, "toPort": 443, "cidrIpv4": "0.0.0.0/0"})},
	},
	Bad: []rule.Example{
		{Caught: "cidrIpv4", Given: inGroup(dataZone, aws.VPCSecurityGroupIngressRule, rule.Props{"ipProtocol": "tcp", "fromPort": 443, "toPort": 443, "cidrIpv4": "0.0.0.0/0"})},
		{Caught: "cidrIpv4", Given: inGroup(edgeZone, aws.VPCSecurityGroupIngressRule, rule.Props{"ipProtocol": "tcp", "fromPort": 22, "toPort": 22, "cidrIpv4": "0.0.0.0/0"})},
		{Caught: "cidrIpv4", Given: inGroup(appZone, aws.VPCSecurityGroupIngressRule, rule.Props{"ipProtocol": "tcp", "fromPort": 8443, "toPort": 8443, "cidrIpv4": "10.20.0.0/16"})},
		{Caught: "cidrIpv6", Given: inGroup(appZone, aws.VPCSecurityGroupIngressRule, rule.Props{"ipProtocol": "tcp", "fromPort": 8443, "toPort": 8443, "cidrIpv6": "::/0"})},
	},
}

// internetOnly: the Internet has no group that could be named.
var internetOnly = rule.Satisfies(func(to string) bool { return slices.Contains(anywhere, to) }, "the peer's security group", anywhere[0], "10.20.128.0/19")

// ofEdge tells whether the rule's group is the edge's.
func ofEdge(v groupRuleView, s *rule.Stack) rule.Truth {
	edge := rule.No
	for _, group := range rule.Linked[subnetView](s, v.Resource, "securityGroupId", aws.EC2SecurityGroup) {
		edge = edge.Or(rule.Is(group.Zone, edgeZone))
	}
	return edge
}

func inGroup(zone, typ string, props rule.Props) []rule.Given {
	return []rule.Given{
		{Type: typ, Name: "rule", Props: props, Links: rule.Links{"securityGroupId": {"group"}}},
		{Type: aws.EC2SecurityGroup, Name: "group", Props: rule.Props{"tags": rule.Props{"zone": zone}}},
	}
}
