package net

import (
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
			rule.On(func(v networkPart, r *rule.Report) {
				r.Found(v.Resource, "the account's default network", "a network of components/network")
			}, aws.EC2DefaultVpc, aws.EC2DefaultSubnet),
			rule.On(func(v struct {
				Public rule.Value[bool] `prop:"mapPublicIpOnLaunch"`
			}, r *rule.Report) {
				rule.Must(r, v.Public, false, rule.AbsentIsGood)
			}, aws.EC2Subnet),
			rule.On(func(v struct {
				Public rule.Value[bool] `prop:"associatePublicIpAddress"`
			}, r *rule.Report) {
				rule.Must(r, v.Public, false, rule.AbsentIsGood) // then the subnet decides
			}, aws.EC2Instance),
			rule.On(func(v struct {
				Public rule.Value[bool] `prop:"networkConfiguration.assignPublicIp"`
			}, r *rule.Report) {
				rule.Must(r, v.Public, false, rule.AbsentIsGood)
			}, aws.ECSService),
			rule.On(func(v struct {
				Ingress rule.List[rule.Value[any]] `prop:"ingress"`
				Egress  rule.List[rule.Value[any]] `prop:"egress"`
			}, r *rule.Report) {
				empty(r, v.Ingress, "no rule in the default")
				empty(r, v.Egress, "no rule in the default")
			}, aws.EC2DefaultSecurityGroup, aws.EC2DefaultNetworkAcl),
			rule.On(func(v struct {
				Routes rule.List[rule.Value[any]] `prop:"routes"`
			}, r *rule.Report) {
				empty(r, v.Routes, "no route in the default")
			}, aws.EC2DefaultRouteTable),
			rule.On(func(v struct {
				Mode rule.Value[string] `prop:"internetGatewayBlockMode"`
			}, r *rule.Report) {
				rule.Must(r, v.Mode, "block-bidirectional", rule.AbsentIsBad)
			}, aws.EC2VpcBlockPublicAccessOptions),
			rule.InStack(defaultsAreEmptied, aws.EC2Vpc),
		),
		GCP:   rule.Pending("network"),
		Azure: rule.Pending("network"),
	},
	Good: []rule.Example{
		{Given: emptiedDefaults()},
		{Given: []rule.Given{{Type: aws.EC2Subnet, Props: rule.Props{"mapPublicIpOnLaunch": false}}}},
	},
	Bad: []rule.Example{
		{Given: []rule.Given{{Type: aws.EC2DefaultVpc}}},
		{Caught: "mapPublicIpOnLaunch", Given: []rule.Given{{Type: aws.EC2Subnet, Props: rule.Props{"mapPublicIpOnLaunch": true}}}},
		{Caught: "associatePublicIpAddress", Given: []rule.Given{{Type: aws.EC2Instance, Props: rule.Props{"associatePublicIpAddress": true}}}},
		{Caught: "networkConfiguration.assignPublicIp", Given: []rule.Given{{Type: aws.ECSService,
			Props: rule.Props{"networkConfiguration": rule.Props{"assignPublicIp": true}}}}},
		{Caught: "ingress[0]", Given: []rule.Given{{Type: aws.EC2DefaultSecurityGroup, Props: rule.Props{"ingress": []rule.Props{{"protocol": "-1", "self": true}}}}}},
		{Caught: "egress[0]", Given: []rule.Given{{Type: aws.EC2DefaultNetworkAcl, Props: rule.Props{"egress": []rule.Props{{"protocol": "-1", "action": "allow"}}}}}},
		{Caught: "routes[0]", Given: []rule.Given{{Type: aws.EC2DefaultRouteTable, Props: rule.Props{"routes": []rule.Props{{"cidrBlock": "0.0.0.0/0", "gatewayId": "igw-1"}}}}}},
		{Caught: "internetGatewayBlockMode", Given: []rule.Given{{Type: aws.EC2VpcBlockPublicAccessOptions, Props: rule.Props{"internetGatewayBlockMode": "off"}}}},
		{Given: emptiedDefaults()[:4]},
	},
}

// defaultsAreEmptied looks whether somebody took charge of what a VPC is born
// with; what they make of it is checked on each.
func defaultsAreEmptied(v networkPart, s *rule.Stack, r *rule.Report) {
	r.Looked()
	for _, born := range []struct{ typ, prop, words string }{
		{aws.EC2DefaultSecurityGroup, "vpcId", "default security group"},
		{aws.EC2DefaultNetworkAcl, "defaultNetworkAclId", "default network ACL"},
		{aws.EC2DefaultRouteTable, "defaultRouteTableId", "default route table"},
	} {
		if len(s.Referring(v.Resource, born.prop, born.typ)) == 0 {
			r.Found(v.Resource, "a "+born.words+" as the cloud made it", "one that is declared and empty")
		}
	}
	// One per account and region: with a cell in another stack's account it is there.
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
