package network

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/identity"
	"tenant-runtime/components/logging"
)

func (b *site) buildVPC() (err error) {
	if b.vpc, err = ec2.NewVpc(b.ctx, b.name, &ec2.VpcArgs{
		CidrBlock:          pulumi.String(b.plan.all.String()),
		EnableDnsSupport:   pulumi.Bool(true),
		EnableDnsHostnames: pulumi.Bool(true), // private names of the endpoints need both
		InstanceTenancy:    pulumi.String("default"),
		Tags:               b.scope.Tags(b.label("network")),
	}, b.scope.Child(b.parent)...); err != nil {
		return err
	}
	// What forgets to say where it belongs gets the defaults, so they lead nowhere.
	group, err := ec2.NewDefaultSecurityGroup(b.ctx, b.child("default"), &ec2.DefaultSecurityGroupArgs{
		VpcId:   b.vpc.ID(),
		Ingress: ec2.DefaultSecurityGroupIngressArray{},
		Egress:  ec2.DefaultSecurityGroupEgressArray{},
		Tags:    b.scope.Tags(b.label("default")),
	}, b.scope.Child(b.parent)...)
	if err != nil {
		return err
	}
	acl, err := ec2.NewDefaultNetworkAcl(b.ctx, b.child("default"), &ec2.DefaultNetworkAclArgs{
		DefaultNetworkAclId: b.vpc.DefaultNetworkAclId,
		Ingress:             ec2.DefaultNetworkAclIngressArray{},
		Egress:              ec2.DefaultNetworkAclEgressArray{},
		Tags:                b.scope.Tags(b.label("default")),
	}, b.scope.Child(b.parent)...)
	if err != nil {
		return err
	}
	table, err := ec2.NewDefaultRouteTable(b.ctx, b.child("default"), &ec2.DefaultRouteTableArgs{
		DefaultRouteTableId: b.vpc.DefaultRouteTableId,
		Routes:              ec2.DefaultRouteTableRouteArray{},
		Tags:                b.scope.Tags(b.label("default")),
	}, b.scope.Child(b.parent)...)
	if err != nil {
		return err
	}
	b.closed = append(b.closed, group, acl, table)
	return b.blockPublicAccess()
}

// blockPublicAccess closes the Internet to every VPC of the account in this
// region except ours. The exemption covers the whole VPC: the block stops all
// traffic of a Network Firewall even where its subnets are exempt (Amazon VPC
// guide, "VPC BPA basics", read November 2026), so here routes and firewalls do
// the work. The setting is one per account and region and a drill may share it
// with production, so destroying the stack leaves it closed.
func (b *site) blockPublicAccess() error {
	exemption, err := ec2.NewVpcBlockPublicAccessExclusion(b.ctx, b.name, &ec2.VpcBlockPublicAccessExclusionArgs{
		VpcId:                        b.vpc.ID(),
		InternetGatewayExclusionMode: pulumi.String("allow-bidirectional"),
		Tags:                         b.scope.Tags(b.label("network")),
	}, b.scope.Child(b.parent)...)
	if err != nil {
		return err
	}
	block, err := ec2.NewVpcBlockPublicAccessOptions(b.ctx, b.name, &ec2.VpcBlockPublicAccessOptionsArgs{
		InternetGatewayBlockMode: pulumi.String("block-bidirectional"),
	}, b.scope.Child(b.parent, pulumi.RetainOnDelete(true), pulumi.DependsOn([]pulumi.Resource{exemption}))...)
	if err != nil {
		return err
	}
	b.closed = append(b.closed, block)
	return nil
}

// buildFlowLog records every flow (LOG-03). The format adds to the default what
// shows a packet's true ends behind NAT and which way it took.
func (b *site) buildFlowLog() error {
	group, err := logging.Group(b.ctx, b.parent, b.child("flows"), b.scope, logging.Security, b.args.LogKey, "network", "flows")
	if err != nil {
		return err
	}
	region, account := string(b.scope.Home.Region.ID), b.scope.Account
	role, err := iam.NewRole(b.ctx, b.child("flows"), &iam.RoleArgs{
		Name: pulumi.String(b.scope.Name("aws:iam/role:Role", "flows")),
		AssumeRolePolicy: identity.Document{{
			Sid: "FlowLogs", Principal: identity.Principal{Services: []string{"vpc-flow-logs.amazonaws.com"}}, Actions: []string{"sts:AssumeRole"},
			Condition: identity.Condition{ // not for another customer's flow log (the confused deputy)
				"StringEquals": {"aws:SourceAccount": identity.Strings(account)},
				"ArnLike":      {"aws:SourceArn": identity.Strings(fmt.Sprintf("arn:aws:ec2:%s:%s:vpc-flow-log/*", region, account))},
			},
		}}.JSON(),
		Tags: b.scope.Tags(b.label("flows")),
	}, b.scope.Child(b.parent)...)
	if err != nil {
		return err
	}
	write, err := iam.NewRolePolicy(b.ctx, b.child("flows"), &iam.RolePolicyArgs{
		Name: pulumi.String("write"),
		Role: role.ID(),
		Policy: identity.Document{{
			Sid: "Write", Actions: []string{"logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"},
			Resources: pulumi.StringArray{group.Arn, pulumi.Sprintf("%s:*", group.Arn)},
		}, {
			Sid: "Find", Actions: []string{"logs:DescribeLogGroups"},
			Resources: identity.Strings(fmt.Sprintf("arn:aws:logs:%s:%s:log-group:*", region, account)),
		}}.JSON(),
	}, b.scope.Child(b.parent)...)
	if err != nil {
		return err
	}
	flows, err := ec2.NewFlowLog(b.ctx, b.name, &ec2.FlowLogArgs{
		VpcId:                  b.vpc.ID(),
		TrafficType:            pulumi.String("ALL"),
		MaxAggregationInterval: pulumi.Int(60),
		LogDestinationType:     pulumi.String("cloud-watch-logs"),
		LogDestination:         group.Arn,
		IamRoleArn:             role.Arn,
		LogFormat: pulumi.String("${version} ${account-id} ${vpc-id} ${subnet-id} ${az-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${pkt-srcaddr} ${pkt-dstaddr} " +
			"${protocol} ${tcp-flags} ${packets} ${bytes} ${start} ${end} ${flow-direction} ${traffic-path} ${action} ${log-status}"),
		Tags: b.scope.Tags(b.label("flows")),
	}, b.scope.Child(b.parent, pulumi.DependsOn([]pulumi.Resource{write}))...)
	if err != nil {
		return err
	}
	b.closed = append(b.closed, flows)
	return nil
}

// buildSubnets declares every tier in every zone. None hands out public
// addresses, the edge included: load balancers and NAT gateways bring their own.
func (b *site) buildSubnets() (err error) {
	for _, row := range layout {
		b.bounded[row.tier] = make([][]pulumi.Resource, zones)
		for zone, cidr := range b.plan.subnets[row.tier] {
			subnet, err := ec2.NewSubnet(b.ctx, b.child(string(row.tier), b.suffix(zone)), &ec2.SubnetArgs{
				VpcId:               b.vpc.ID(),
				AvailabilityZone:    pulumi.String(b.zones[zone]),
				CidrBlock:           pulumi.String(cidr.String()),
				MapPublicIpOnLaunch: pulumi.Bool(false),
				Tags:                b.tags(row.tier, string(row.tier), b.suffix(zone)),
			}, b.scope.Child(b.parent)...)
			if err != nil {
				return err
			}
			b.subnets[row.tier] = append(b.subnets[row.tier], subnet)
		}
	}
	b.gateway, err = ec2.NewInternetGateway(b.ctx, b.name, &ec2.InternetGatewayArgs{
		VpcId: b.vpc.ID(),
		Tags:  b.tags(gateway, "gateway"),
	}, b.scope.Child(b.parent)...)
	return err
}
