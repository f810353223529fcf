package rules

import (
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
			}, "aws:ec2/defaultVpc:DefaultVpc", "aws:ec2/defaultSubnet:DefaultSubnet"),
			rule.On(func(v struct {
				Public rule.Value[bool] `prop:"mapPublicIpOnLaunch"`
			}, r *rule.Report) {
				rule.Must(r, v.Public, false, rule.AbsentIsGood)
			}, subnetType),
			rule.On(func(v struct {
				Public rule.Value[bool] `prop:"associatePublicIpAddress"`
			}, r *rule.Report) {
				rule.Must(r, v.Public, false, rule.AbsentIsGood) // then the subnet decides
			}, "aws:ec2/instance:Instance"),
			rule.On(func(v struct {
				Public rule.Value[bool] `prop:"networkConfiguration.assignPublicIp"`
			}, r *rule.Report) {
				rule.Must(r, v.Public, false, rule.AbsentIsGood)
			}, "aws:ecs/service:Service"),
			rule.On(func(v struct {
				Ingress rule.List[rule.Value[any]] `prop:"ingress"`
				Egress  rule.List[rule.Value[any]] `prop:"egress"`
			}, r *rule.Report) {
				empty(r, v.Ingress, "no rule in the default")
				empty(r, v.Egress, "no rule in the default")
			}, defaultGroupType, defaultACLType),
			rule.On(func(v struct {
				Routes rule.List[rule.Value[any]] `prop:"routes"`
			}, r *rule.Report) {
				empty(r, v.Routes, "no route in the default")
			}, defaultTableType),
			rule.On(func(v struct {
				Mode rule.Value[string] `prop:"internetGatewayBlockMode"`
			}, r *rule.Report) {
				rule.Must(r, v.Mode, "block-bidirectional", rule.AbsentIsBad)
			}, publicBlockType),
			rule.InStack(defaultsAreEmptied, vpcType),
		),
		GCP:   rule.NotApplicable(noNetworkOnGCP),
		Azure: rule.NotApplicable(noNetworkOnAzure),
	},
	Good: []rule.Example{
		{Given: emptiedDefaults()},
		{Given: []rule.Given{{Type: subnetType, Props: rule.Props{"mapPublicIpOnLaunch": false}}}},
	},
	Bad: []rule.Example{
		{Given: []rule.Given{{Type: "aws:ec2/defaultVpc:DefaultVpc"}}},
		{Caught: "mapPublicIpOnLaunch", Given: []rule.Given{{Type: subnetType, Props: rule.Props{"mapPublicIpOnLaunch": true}}}},
		{Caught: "associatePublicIpAddress", Given: []rule.Given{{Type: "aws:ec2/instance:Instance", Props: rule.Props{"associatePublicIpAddress": true}}}},
		{Caught: "networkConfiguration.assignPublicIp", Given: []rule.Given{{Type: "aws:ecs/service:Service",
			Props: rule.Props{"networkConfiguration": rule.Props{"assignPublicIp": true}}}}},
		{Caught: "ingress[0]", Given: []rule.Given{{Type: defaultGroupType, Props: rule.Props{"ingress": []rule.Props{{"protocol": "-1", "self": true}}}}}},
		{Caught: "egress[0]", Given: []rule.Given{{Type: defaultACLType, Props: rule.Props{"egress": []rule.Props{{"protocol": "-1", "action": "allow"}}}}}},
		{Caught: "routes[0]", Given: []rule.Given{{Type: defaultTableType, Props: rule.Props{"routes": []rule.Props{{"cidrBlock": "0.0.0.0/0", "gatewayId": "igw-1"}}}}}},
		{Caught: "internetGatewayBlockMode", Given: []rule.Given{{Type: publicBlockType, Props: rule.Props{"internetGatewayBlockMode": "off"}}}},
		{Given: emptiedDefaults()[:4]},
	},
}

const (
	defaultGroupType = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"
	defaultACLType   = "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl"
	defaultTableType = "aws:ec2/defaultRouteTable:DefaultRouteTable"
	publicBlockType  = "aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions"
)

// defaultsAreEmptied looks whether somebody took charge of what a VPC is born
// with; what they make of it is checked on each.
func defaultsAreEmptied(v networkPart, s *rule.Stack, r *rule.Report) {
	r.Looked()
	for _, born := range []struct{ typ, prop, words string }{
		{defaultGroupType, "vpcId", "default security group"},
		{defaultACLType, "defaultNetworkAclId", "default network ACL"},
		{defaultTableType, "defaultRouteTableId", "default route table"},
	} {
		if len(s.Referring(v.Resource, born.prop, born.typ)) == 0 {
			r.Found(v.Resource, "a "+born.words+" as the cloud made it", "one that is declared and empty")
		}
	}
	if len(s.Resources(publicBlockType)) == 0 {
		r.Found(v.Resource, "no VpcBlockPublicAccessOptions in the stack", "public access blocked for the account's other networks")
	}
}

func emptiedDefaults() []rule.Given {
	return []rule.Given{
		{Type: vpcType, Name: "net"},
		{Type: defaultGroupType, Name: "group", Props: rule.Props{"ingress": []rule.Props{}, "egress": []rule.Props{}}, Links: rule.Links{"vpcId": {"net"}}},
		{Type: publicBlockType, Name: "block", Props: rule.Props{"internetGatewayBlockMode": "block-bidirectional"}},
		{Type: defaultTableType, Name: "table", Props: rule.Props{"routes": []rule.Props{}}, Links: rule.Links{"defaultRouteTableId": {"net"}}},
		{Type: defaultACLType, Name: "acl", Props: rule.Props{"ingress": []rule.Props{}, "egress": []rule.Props{}}, Links: rule.Links{"defaultNetworkAclId": {"net"}}},
	}
}
