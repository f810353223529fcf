package aws

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/component"
	"tenant-runtime/components/identity"
	"tenant-runtime/components/logging"
	logs "tenant-runtime/components/logging/aws"
	"tenant-runtime/components/network"
)

func (b *builder) buildVPC() (err error) {
	if b.vpc, err = ec2.NewVpc(b.Ctx, b.Name, &ec2.VpcArgs{
		CidrBlock:          pulumi.String(b.plan.Network.String()),
		EnableDnsSupport:   pulumi.Bool(true),
		EnableDnsHostnames: pulumi.Bool(true), // private names of the endpoints need both
		InstanceTenancy:    pulumi.String("default"),
		Tags:               b.Scope.Tags(b.Scope.Label("network")),
	}, b.Child()...); err != nil {
		return err
	}
	// What forgets to say where it belongs gets the defaults, so they lead nowhere.
	group, err := ec2.NewDefaultSecurityGroup(b.Ctx, b.Named("default"), &ec2.DefaultSecurityGroupArgs{
		VpcId:   b.vpc.ID(),
		Ingress: ec2.DefaultSecurityGroupIngressArray{},
		Egress:  ec2.DefaultSecurityGroupEgressArray{},
		Tags:    b.Scope.Tags(b.Scope.Label("default")),
	}, b.Child()...)
	if err != nil {
		return err
	}
	acl, err := ec2.NewDefaultNetworkAcl(b.Ctx, b.Named("default"), &ec2.DefaultNetworkAclArgs{
		DefaultNetworkAclId: b.vpc.DefaultNetworkAclId,
		Ingress:             ec2.DefaultNetworkAclIngressArray{},
		Egress:              ec2.DefaultNetworkAclEgressArray{},
		Tags:                b.Scope.Tags(b.Scope.Label("default")),
	}, b.Child()...)
	if err != nil {
		return err
	}
	table, err := ec2.NewDefaultRouteTable(b.Ctx, b.Named("default"), &ec2.DefaultRouteTableArgs{
		DefaultRouteTableId: b.vpc.DefaultRouteTableId,
		Routes:              ec2.DefaultRouteTableRouteArray{},
		Tags:                b.Scope.Tags(b.Scope.Label("default")),
	}, b.Child()...)
	if err != nil {
		return err
	}
	b.closed = append(b.closed, group, acl, table)
	return b.excludeFromBlock()
}

// excludeFromBlock takes this VPC, and no other, out of the block on public access
// that closes the account's VPCs in the region. The exclusion is of the whole VPC:
// the block stops all traffic of a Network Firewall even where its subnets are
// excluded (Amazon VPC guide, "VPC BPA basics", read November 2026), so here routes
// and firewalls do the work.
func (b *builder) excludeFromBlock() error {
	exclusion, err := ec2.NewVpcBlockPublicAccessExclusion(b.Ctx, b.Name, &ec2.VpcBlockPublicAccessExclusionArgs{
		VpcId:                        b.vpc.ID(),
		InternetGatewayExclusionMode: pulumi.String("allow-bidirectional"),
		Tags:                         b.Scope.Tags(b.Scope.Label("network")),
	}, b.Child()...)
	if err != nil {
		return err
	}
	b.closed = append(b.closed, exclusion)
	return nil
}

// buildFlowLog records every flow (LOG-03). The format adds to the default what
// shows a packet's true ends behind NAT and which way it took.
func (b *builder) buildFlowLog() error {
	group, err := b.logGroup("flows", "network", "flows")
	if err != nil {
		return err
	}
	region, account := string(b.Scope.Place.Region.ID), b.Scope.Account
	role, err := iam.NewRole(b.Ctx, b.Named("flows"), &iam.RoleArgs{
		Name:             pulumi.String(b.Scope.Name("aws:iam/role:Role", "flows")),
		AssumeRolePolicy: identity.Trust("vpc-flow-logs.amazonaws.com", account, fmt.Sprintf("arn:aws:ec2:%s:%s:vpc-flow-log/*", region, account)).JSON(),
		Tags:             b.Scope.Tags(b.Scope.Label("flows")),
	}, b.Child()...)
	if err != nil {
		return err
	}
	write, err := iam.NewRolePolicy(b.Ctx, b.Named("flows"), &iam.RolePolicyArgs{
		Name: pulumi.String("write"),
		Role: role.ID(),
		Policy: identity.Document{{
			Sid: "Write", Actions: []string{"logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"},
			Resources: pulumi.StringArray{group.Arn, pulumi.Sprintf("%s:*", group.Arn)},
		}, {
			Sid: "Find", Actions: []string{"logs:DescribeLogGroups"},
			Resources: identity.Strings(fmt.Sprintf("arn:aws:logs:%s:%s:log-group:*", region, account)),
		}}.JSON(),
	}, b.Child()...)
	if err != nil {
		return err
	}
	flows, err := ec2.NewFlowLog(b.Ctx, b.Name, &ec2.FlowLogArgs{
		VpcId:                  b.vpc.ID(),
		TrafficType:            pulumi.String("ALL"),
		MaxAggregationInterval: pulumi.Int(60),
		LogDestinationType:     pulumi.String("cloud-watch-logs"),
		LogDestination:         group.Arn,
		IamRoleArn:             role.Arn,
		LogFormat: pulumi.String("${version} ${account-id} ${vpc-id} ${subnet-id} ${az-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${pkt-srcaddr} ${pkt-dstaddr} " +
			"${protocol} ${tcp-flags} ${packets} ${bytes} ${start} ${end} ${flow-direction} ${traffic-path} ${action} ${log-status}"),
		Tags: b.Scope.Tags(b.Scope.Label("flows")),
	}, b.Child(component.After(write))...)
	if err != nil {
		return err
	}
	b.closed = append(b.closed, flows)
	return nil
}

// logGroup declares the group of a security log. The parts name it.
func (b *builder) logGroup(child string, parts ...string) (*cloudwatch.LogGroup, error) {
	physical := b.Scope.Name("aws:cloudwatch/logGroup:LogGroup", parts...)
	return logs.Group(b.Ctx, b.Named(child), b.Scope, logging.Security, b.key, physical, b.Child()...)
}

// buildSubnets declares every tier in every availability zone. None hands out public
// addresses, the edge included: load balancers and NAT gateways bring their own.
func (b *builder) buildSubnets() (err error) {
	for _, row := range network.Layout {
		b.bounded[row.Tier] = make([][]pulumi.Resource, network.AvailabilityZones)
		for az, cidr := range b.plan.Subnets[row.Tier] {
			subnet, err := ec2.NewSubnet(b.Ctx, b.Named(string(row.Tier), b.suffix(az)), &ec2.SubnetArgs{
				VpcId:               b.vpc.ID(),
				AvailabilityZone:    pulumi.String(b.azs[az]),
				CidrBlock:           pulumi.String(cidr.String()),
				MapPublicIpOnLaunch: pulumi.Bool(false),
				Tags:                b.tags(row.Tier, string(row.Tier), b.suffix(az)),
			}, b.Child()...)
			if err != nil {
				return err
			}
			b.subnets[row.Tier] = append(b.subnets[row.Tier], subnet)
		}
	}
	b.gateway, err = ec2.NewInternetGateway(b.Ctx, b.Name, &ec2.InternetGatewayArgs{
		VpcId: b.vpc.ID(),
		Tags:  b.tags(gateway, "gateway"),
	}, b.Child()...)
	return err
}
