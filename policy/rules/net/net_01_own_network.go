package net

import (
	"slices"

	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// OwnNetwork is NET-01.
var OwnNetwork = rule.Rule{
	ID: "NET-01", Name: "own-network", Title: "Everything lies in a network of our own, and nothing in it has a public address",
	Severity: rule.Critical, Level: rule.Mandatory,
	Why: "A default network, group or address lets in whoever finds it, without anybody having decided so.",
	Fix: "Declare networks through components/network, which empties the defaults and blocks public access elsewhere.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.Refuses("the account's default network", "a network of components/network", aws.EC2DefaultVpc, aws.EC2DefaultSubnet),
			rule.Row("mapPublicIpOnLaunch", rule.Equals(false), rule.AbsentIsGood, aws.EC2Subnet).Named("public-address").WithFix(noAddress),
			rule.Row("associatePublicIpAddress", rule.Equals(false), rule.AbsentIsGood, aws.EC2Instance).Named("public-address").WithFix(noAddress), // absent: the subnet decides
			rule.Row("networkConfiguration.assignPublicIp", rule.Equals(false), rule.AbsentIsGood, aws.ECSService).Named("public-address").WithFix(noAddress),
			rule.Row("ingress[]", rule.Unset("no rule in the default"), rule.AbsentIsGood, aws.EC2DefaultSecurityGroup, aws.EC2DefaultNetworkAcl),
			rule.Row("egress[]", rule.Unset("no rule in the default"), rule.AbsentIsGood, aws.EC2DefaultSecurityGroup, aws.EC2DefaultNetworkAcl),
			rule.Row("routes[]", rule.Unset("no route in the default"), rule.AbsentIsGood, aws.EC2DefaultRouteTable),
			rule.Row("internetGatewayBlockMode", rule.Equals("block-bidirectional"), rule.AbsentIsBad, aws.EC2VpcBlockPublicAccessOptions),
			// What a VPC is born with has to be taken charge of; what is made of it is checked on each.
			rule.Needs(aws.EC2Vpc, "vpcId", aws.EC2DefaultSecurityGroup).Missing("a default security group as the cloud made it").Wanting("one that is declared and empty"),
			rule.Needs(aws.EC2Vpc, "defaultNetworkAclId", aws.EC2DefaultNetworkAcl).Missing("a default network ACL as the cloud made it").Wanting("one that is declared and empty"),
			rule.Needs(aws.EC2Vpc, "defaultRouteTableId", aws.EC2DefaultRouteTable).Missing("a default route table as the cloud made it").Wanting("one that is declared and empty"),
			rule.InStack(othersAreBlocked, aws.EC2Vpc),
		),
		GCP:   rule.Pending("network"),
		Azure: rule.Pending("network"),
	},
	Good: []rule.Example{
		{Given: emptiedDefaults()},
	},
	Bad: []rule.Example{
		{Given: slices.Delete(emptiedDefaults(), 2, 3)},
	},
}

const noAddress = "Leave public addresses out: what must be reached stands behind the load balancer."

// othersAreBlocked: the option is one per account and region, so with a cell in another
// stack's account it is there.
func othersAreBlocked(v networkPart, s *rule.Stack, r *rule.Report) {
	r.Looked()
	if len(s.Resources(aws.EC2VpcBlockPublicAccessOptions)) == 0 && r.Runtime().AccountOf() == "" {
		r.Found(v.Resource, "no VpcBlockPublicAccessOptions in the stack", "public access blocked for the account's other networks")
	}
}

func emptiedDefaults() []rule.Given {
	return []rule.Given{
		{Type: aws.EC2Vpc, Name: "net"},
		{Type: aws.EC2DefaultSecurityGroup, Name: "group", Props: rule.Props{"ingress": []rule.Props{}, "egress": []rule.Props{}}, Links: rule.Links{"vpcId": {"net"}}},
		{Type: aws.EC2VpcBlockPublicAccessOptions, Name: "block", Props: rule.Props{"internetGatewayBlockMode": "block-bidirectional"}},
		{Type: aws.EC2DefaultRouteTable, Name: "table", Props: rule.Props{"routes": []rule.Props{}}, Links: rule.Links{"defaultRouteTableId": {"net"}}},
		{Type: aws.EC2DefaultNetworkAcl, Name: "acl", Props: rule.Props{"ingress": []rule.Props{}, "egress": []rule.Props{}}, Links: rule.Links{"defaultNetworkAclId": {"net"}}},
	}
}
