package net

import (
	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// DMZ is NET-04.
var DMZ = rule.Rule{
	ID: "NET-04", Name: "dmz", Title: "The edge holds nothing but load balancers, NAT and firewalls, and zones open to each other port by port",
	Severity: rule.High, Level: rule.Mandatory,
	Why: "A server in the edge is a server on the Internet, and a subnet open to all ports is no zone of its own.",
	Fix: "Place workloads in subnets of zone app, and let components/network write the network ACLs.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(append(workloadsOutside(edgeZone),
			rule.Needs(aws.EC2Subnet, "subnetIds", aws.EC2NetworkAcl).Missing("the network's default ACL").Wanting("a network ACL of its own"),
			rule.On(func(v struct {
				In  rule.List[aclEntry] `prop:"ingress"`
				Out rule.List[aclEntry] `prop:"egress"`
			}, r *rule.Report) {
				for _, entries := range []rule.List[aclEntry]{v.In, v.Out} {
					rule.ForEach(r, entries, rule.AbsentIsGood, "", func(e aclEntry) { opensPortByPort(r, e.aclPorts, e.Action) })
				}
			}, aws.EC2NetworkAcl),
			rule.On(func(v struct {
				aclPorts
				Action rule.Value[string] `prop:"ruleAction"`
			}, r *rule.Report) {
				opensPortByPort(r, v.aclPorts, v.Action)
			}, aws.EC2NetworkAclRule),
		)...),
		GCP:   rule.Pending("network"),
		Azure: rule.Pending("network"),
	},
	Good: []rule.Example{
		{Given: []rule.Given{
			{Type: aws.EC2Subnet, Name: "app", Props: rule.Props{"tags": rule.Props{"zone": appZone}}},
			{Type: aws.EC2NetworkAcl, Name: "acl", Links: rule.Links{"subnetIds": {"app"}}, Props: rule.Props{"ingress": []rule.Props{
				{"action": "allow", "protocol": "tcp", "fromPort": 8443, "toPort": 8443}}}},
			{Type: aws.EC2Instance, Name: "worker", Links: rule.Links{"subnetId": {"app"}}},
		}},
	},
	Bad: []rule.Example{
		{Caught: "ingress[0].protocol", Given: []rule.Given{{Type: aws.EC2NetworkAcl, Props: rule.Props{"ingress": []rule.Props{
			{"action": "allow", "protocol": "-1", "fromPort": 0, "toPort": 0}}}}}},
		{Caught: "egress[0].fromPort", Given: []rule.Given{{Type: aws.EC2NetworkAcl, Props: rule.Props{"egress": []rule.Props{
			{"action": "allow", "protocol": "tcp", "fromPort": 0, "toPort": 65535}}}}}},
		{Caught: "protocol", Given: []rule.Given{{Type: aws.EC2NetworkAclRule, Props: rule.Props{"ruleAction": "allow", "protocol": "all"}}}},
		{Caught: "subnetId", On: "worker", DecidedWithout: true, Given: inEdge(aws.EC2Instance, "subnetId")},
		{Caught: "vpcConfig", On: "worker", DecidedWithout: true, Given: inEdge(aws.LambdaFunction, "vpcConfig")},
	},
}

type aclEntry struct {
	aclPorts
	Action rule.Value[string] `prop:"action"`
}

type aclPorts struct {
	Protocol rule.Value[string] `prop:"protocol"`
	From     rule.Value[int]    `prop:"fromPort"`
	To       rule.Value[int]    `prop:"toPort"`
}

// opensPortByPort refuses entries that allow every protocol or every port.
func opensPortByPort(r *rule.Report, e aclPorts, action rule.Value[string]) {
	if rule.Is(action, "deny") == rule.Yes {
		return
	}
	every := rule.Is(e.Protocol, "-1", "all")
	r.Expect(e.Protocol, every.Not(), "one protocol")
	if every == rule.No {
		r.Expect(e.From, rule.Is(e.From, 0).And(rule.Is(e.To, 65535)).Not(), "ports that something listens on")
	}
}

// workloadsOutside checks everything that runs code for the zone of its subnets.
func workloadsOutside(zone string) []rule.Check {
	var checks []rule.Check
	for _, kind := range []struct{ typ, prop string }{
		{aws.AutoScalingGroup, "vpcZoneIdentifiers"},
		{aws.EC2Instance, "subnetId"},
		{aws.ECSService, "networkConfiguration"},
		{aws.EKSNodeGroup, "subnetIds"},
		{aws.LambdaFunction, "vpcConfig"},
	} {
		checks = append(checks, rule.InStack(func(v networkPart, s *rule.Stack, r *rule.Report) {
			for _, subnet := range rule.Linked[subnetView](s, v.Resource, kind.prop, aws.EC2Subnet) {
				rule.When(r, subnet.Zone, func(string) {
					r.Expect(v.At(kind.prop), inZone(subnet, zone).Not(), "subnets outside of zone "+zone)
				})
			}
		}, kind.typ))
	}
	return checks
}

func inEdge(typ, prop string) []rule.Given {
	return []rule.Given{
		{Type: aws.EC2Subnet, Name: "edge", Props: rule.Props{"tags": rule.Props{"zone": edgeZone}}},
		{Type: aws.EC2NetworkAcl, Name: "acl", Links: rule.Links{"subnetIds": {"edge"}}},
		{Type: typ, Name: "worker", Links: rule.Links{prop: {"edge"}}},
	}
}
