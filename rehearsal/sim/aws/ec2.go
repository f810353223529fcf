package aws

import (
	"net/netip"
	"strings"

	"tenant-runtime/rehearsal/sim"
)

const ec2Source = "Amazon VPC User Guide 2023-06, EC2 API model 2026-08 (dependencies), terraform-provider-aws 2026-06 (replacements), published run logs 2018-2026; other durations estimated"

// Kinds of the network that others refer to.
const (
	vpc             = "aws:ec2/vpc:Vpc"
	subnet          = "aws:ec2/subnet:Subnet"
	internetGateway = "aws:ec2/internetGateway:InternetGateway"
	natGateway      = "aws:ec2/natGateway:NatGateway"
	eip             = "aws:ec2/eip:Eip"
	routeTable      = "aws:ec2/routeTable:RouteTable"
	securityGroup   = "aws:ec2/securityGroup:SecurityGroup"
	defaultGroup    = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"
	endpoint        = "aws:ec2/vpcEndpoint:VpcEndpoint"
)

// inVPC is a kind of which a VPC has many, named by an id that the cloud invents.
func inVPC(kind sim.Kind, prefix, arn string, refs map[string]sim.Ref) sim.Kind {
	kind.ID = prefix + "-{hex 17}"
	kind.Compute = merged(kind.Compute, sim.Props{"arn": "arn:{partition}:ec2:{region}:{account}:" + arn + "/{id}", "ownerId": "{account}"})
	kind.Refs = merge(refs, map[string]sim.Ref{"vpcId": sim.To(vpc)})
	kind.Replace = append(kind.Replace, "vpcId")
	kind.Source = ec2Source
	return kind
}

// defaults is what a VPC is born with. The provider adopts it and empties it;
// destroying it only forgets it, and it goes with its VPC.
func defaults(typ, id, arn string, refs map[string]sim.Ref) sim.Kind {
	return sim.Kind{
		Type: typ, ID: id,
		Compute: sim.Props{"arn": "arn:{partition}:ec2:{region}:{account}:" + arn + "/{id}", "ownerId": "{account}"},
		Refs:    refs,
		Source:  ec2Source,
	}
}

var ec2Kinds = []sim.Kind{
	{
		Type: vpc, ID: "vpc-{hex 17}",
		Compute: sim.Props{
			"arn": "arn:{partition}:ec2:{region}:{account}:vpc/{id}", "ownerId": "{account}", "dhcpOptionsId": "dopt-{hex 17}",
			"defaultNetworkAclId": "acl-{hex 17}", "defaultSecurityGroupId": "sg-{hex 17}", "defaultRouteTableId": "rtb-{hex 17}", "mainRouteTableId": "{defaultRouteTableId}",
		},
		Default: sim.Props{"enableDnsSupport": true, "enableDnsHostnames": false, "instanceTenancy": "default"},
		Handles: []string{"{defaultNetworkAclId}", "{defaultRouteTableId}", "{defaultSecurityGroupId}"},
		Replace: []string{"cidrBlock", "ipv4IpamPoolId", "ipv4NetmaskLength"},
		Takes:   sim.Creates(0.1, 0.3, 1).Deletes(0.1, 0.3, 2),
		Source:  ec2Source,
	},
	defaults(defaultGroup, "{ref.vpcId.defaultSecurityGroupId}", "security-group", map[string]sim.Ref{"vpcId": sim.To(vpc)}),
	defaults("aws:ec2/defaultNetworkAcl:DefaultNetworkAcl", "{defaultNetworkAclId}", "network-acl",
		map[string]sim.Ref{"defaultNetworkAclId": sim.To(vpc), "subnetIds[*]": sim.To(subnet)}),
	defaults("aws:ec2/defaultRouteTable:DefaultRouteTable", "{defaultRouteTableId}", "route-table", map[string]sim.Ref{"defaultRouteTableId": sim.To(vpc)}),
	inVPC(sim.Kind{
		Type:    subnet,
		Default: sim.Props{"mapPublicIpOnLaunch": false, "assignIpv6AddressOnCreation": false},
		Replace: []string{"availabilityZone", "availabilityZoneId", "cidrBlock", "ipv6Native", "outpostArn"},
		Takes:   sim.Creates(0.05, 0.2, 0.5).Deletes(0.05, 0.3, 20),
		Quirk:   insideVPC,
	}, "subnet", "subnet", nil),
	inVPC(sim.Kind{Type: internetGateway, Takes: sim.Creates(0.05, 0.1, 0.5).Deletes(0.1, 0.5, 20)}, "igw", "internet-gateway", nil),
	{
		Type: eip, ID: "eipalloc-{hex 17}",
		Compute: sim.Props{"arn": "arn:{partition}:ec2:{region}:{account}:elastic-ip/{id}", "allocationId": "{id}", "publicIp": "198.51.100.{digits 2}"},
		Default: sim.Props{"domain": "vpc", "publicIpv4Pool": "amazon", "networkBorderGroup": "{region}"},
		Replace: []string{"address", "domain", "ipamPoolId", "networkBorderGroup", "publicIpv4Pool"},
		Takes:   sim.Creates(0.05, 0.1, 0.3).Deletes(0.05, 0.1, 1),
		Source:  ec2Source,
	},
	{
		Type: natGateway, ID: "nat-{hex 17}",
		Compute: sim.Props{"networkInterfaceId": "eni-{hex 17}", "associationId": "eipassoc-{hex 17}", "publicIp": "{ref.allocationId.publicIp}"},
		Default: sim.Props{"connectivityType": "public"},
		Replace: []string{"allocationId", "connectivityType", "privateIp", "subnetId"},
		Refs:    map[string]sim.Ref{"allocationId": sim.To(eip), "subnetId": sim.To(subnet)},
		Takes:   sim.Creates(1.4, 1.8, 2.1).Deletes(0.3, 1, 1.3),
		Source:  ec2Source,
	},
	inVPC(sim.Kind{Type: routeTable, Takes: sim.Creates(0.02, 0.1, 0.5).Deletes(0.02, 0.1, 0.5)}, "rtb", "route-table", map[string]sim.Ref{
		"routes[*].gatewayId":     sim.To(internetGateway).Or(`^local$`),
		"routes[*].natGatewayId":  sim.To(natGateway),
		"routes[*].vpcEndpointId": sim.To(endpoint, firewall),
	}),
	{
		Type: "aws:ec2/routeTableAssociation:RouteTableAssociation", ID: "rtbassoc-{hex 17}",
		Name:    sim.Name{Unique: "{subnetId}{gatewayId}", Taken: "Resource.AlreadyAssociated"},
		Replace: []string{"gatewayId", "subnetId"},
		Refs:    map[string]sim.Ref{"routeTableId": sim.To(routeTable), "subnetId": sim.To(subnet), "gatewayId": sim.To(internetGateway)},
		Source:  ec2Source,
	},
	inVPC(sim.Kind{Type: "aws:ec2/networkAcl:NetworkAcl", Takes: sim.Creates(0.02, 0.1, 0.3).Deletes(0.02, 0.1, 0.5)}, "acl", "network-acl",
		map[string]sim.Ref{"subnetIds[*]": sim.To(subnet)}),
	inVPC(sim.Kind{
		Type:    securityGroup,
		Name:    sim.Name{In: "name", Unique: "{vpcId}/{name}", Max: 255, Taken: "InvalidGroup.Duplicate"},
		Default: sim.Props{"description": "Managed by Pulumi"},
		Replace: []string{"description", "name", "namePrefix"},
		Takes:   sim.Creates(0.05, 0.1, 0.3).Deletes(0.05, 0.2, 15),
	}, "sg", "security-group", nil),
	groupRule("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"),
	groupRule("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"),
	inVPC(sim.Kind{
		Type:    endpoint,
		Compute: sim.Props{"prefixListId": "pl-{hex 17}", "serviceRegion": "{region}", "state": "available"},
		Default: sim.Props{"vpcEndpointType": "Gateway", "privateDnsEnabled": false, "ipAddressType": "ipv4"},
		Replace: []string{"resourceConfigurationArn", "serviceName", "serviceNetworkArn", "serviceRegion", "vpcEndpointType"},
		Takes:   sim.Creates(0.2, 1.5, 5).Deletes(0.2, 2, 8),
		Quirk: func(o *sim.Op) { // a service is reached in its own region only
			if service := o.Text("serviceName"); o.Verb != sim.Delete && !strings.HasPrefix(service, "com.amazonaws."+o.Region+".") {
				o.Refuse("serviceName", "InvalidServiceName: %q does not exist in %s", service, o.Region)
			}
		},
	}, "vpce", "vpc-endpoint", map[string]sim.Ref{
		"subnetIds[*]": sim.To(subnet), "routeTableIds[*]": sim.To(routeTable), "securityGroupIds[*]": sim.To(securityGroup),
	}),
	{
		Type: "aws:ec2/flowLog:FlowLog", ID: "fl-{hex 17}",
		Compute: sim.Props{"arn": "arn:{partition}:ec2:{region}:{account}:vpc-flow-log/{id}"},
		Default: sim.Props{"logDestinationType": "cloud-watch-logs", "maxAggregationInterval": 600},
		Replace: []string{"deliverCrossAccountRole", "destinationOptions", "eniId", "iamRoleArn", "logDestination", "logDestinationType", "logFormat",
			"maxAggregationInterval", "subnetId", "trafficType", "transitGatewayAttachmentId", "transitGatewayId", "vpcId"},
		Refs: map[string]sim.Ref{
			"vpcId": sim.To(vpc), "subnetId": sim.To(subnet), "iamRoleArn": sim.To(role), "logDestination": sim.To(logGroup, bucket).Filling(),
		},
		Takes:  sim.Creates(0.02, 0.1, 0.3).Deletes(0.02, 0.1, 0.3),
		Source: ec2Source,
	},
	{
		Type: "aws:ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion", ID: "vpcbpa-exclude-{hex 17}",
		Name:    sim.Name{Unique: "{account}/{vpcId}{subnetId}"},
		Compute: sim.Props{"resourceArn": "arn:{partition}:ec2:{region}:{account}:vpc-block-public-access-exclusion/{id}"},
		Replace: []string{"subnetId", "vpcId"},
		Refs:    map[string]sim.Ref{"vpcId": sim.To(vpc), "subnetId": sim.To(subnet)},
		Takes:   sim.Creates(0.5, 1, 5).Deletes(0.5, 1, 5),
		Source:  ec2Source,
	},
	{
		// Deleting it switches it off (pulumi-aws v6.83.4).
		Type: "aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions", Switch: sim.OfRegion, ID: "{region}",
		Compute: sim.Props{"awsAccountId": "{account}", "awsRegion": "{region}"},
		Takes:   sim.Creates(0.5, 2, 5).Updates(0.5, 2, 5).Deletes(0.5, 2, 5),
		Source:  ec2Source,
	},
}

// groupRule is a rule of a security group. EC2 refuses a second one that says the
// same (InvalidPermission.Duplicate).
func groupRule(typ string) sim.Kind {
	group := sim.To(securityGroup, defaultGroup)
	return sim.Kind{
		Type: typ, ID: "sgr-{hex 17}",
		Name: sim.Name{Unique: "{securityGroupId}/{ipProtocol}/{fromPort}-{toPort}/{cidrIpv4}{cidrIpv6}{prefixListId}{referencedSecurityGroupId}",
			Taken: "InvalidPermission.Duplicate"},
		Compute: sim.Props{"arn": "arn:{partition}:ec2:{region}:{account}:security-group-rule/{id}", "securityGroupRuleId": "{id}"},
		Replace: []string{"securityGroupId"},
		Refs:    map[string]sim.Ref{"securityGroupId": group, "referencedSecurityGroupId": group},
		Source:  ec2Source,
	}
}

// insideVPC refuses a subnet whose addresses are not its VPC's.
func insideVPC(o *sim.Op) {
	network := o.Find(o.Text("vpcId"), vpc)
	if o.Verb == sim.Delete || network == nil {
		return
	}
	all, _ := netip.ParsePrefix(network.Text("cidrBlock"))
	part, err := netip.ParsePrefix(o.Text("cidrBlock"))
	if err != nil || part.Bits() < all.Bits() || !all.Contains(part.Addr()) {
		o.Refuse("cidrBlock", "InvalidSubnet.Range: %q is not inside %s", o.Text("cidrBlock"), all)
	}
}

func merged(a, b sim.Props) sim.Props {
	all := sim.Props{}
	for _, props := range []sim.Props{a, b} {
		for name, value := range props {
			all[name] = value
		}
	}
	return all
}
