package aws

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/rds"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/vpc"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/network"
	"tenant-runtime/components/scope"
)

func (b *builder) subnetGroup() (*rds.SubnetGroup, error) {
	physical, subnets := b.Scope.Name("aws:rds/subnetGroup:SubnetGroup", "database"), pulumi.StringArray{}
	for _, id := range b.Args.Network.AWS.Subnets[scope.Data] {
		subnets = append(subnets, id)
	}
	return rds.NewSubnetGroup(b.Ctx, b.Name, &rds.SubnetGroupArgs{
		Name:        pulumi.String(physical),
		Description: pulumi.String("Data zone only"),
		SubnetIds:   subnets,
		Tags:        b.Scope.Tags(physical),
	}, b.Child()...)
}

// securityGroup lets workloads in by what they are, not by where, and nothing out:
// a group without egress rules has none (the provider removes the default). The
// rules come with it, because the database is of use only when they stand.
func (b *builder) securityGroup() (*ec2.SecurityGroup, []pulumi.Resource, error) {
	physical, workloads := b.Scope.Name("aws:ec2/securityGroup:SecurityGroup", "database"), b.Args.Network.AWS.Workloads
	group, err := ec2.NewSecurityGroup(b.Ctx, b.Name, &ec2.SecurityGroupArgs{
		Name:        pulumi.String(physical),
		Description: pulumi.String("Database: PostgreSQL from workloads"),
		VpcId:       b.Args.Network.AWS.VPC,
		Tags:        b.Scope.Tags(physical),
	}, b.Child()...)
	if err != nil {
		return nil, nil, err
	}
	in, err := vpc.NewSecurityGroupIngressRule(b.Ctx, b.Name, &vpc.SecurityGroupIngressRuleArgs{
		SecurityGroupId:           group.ID(),
		ReferencedSecurityGroupId: workloads,
		IpProtocol:                pulumi.String("tcp"),
		FromPort:                  pulumi.Int(network.DatabasePort),
		ToPort:                    pulumi.Int(network.DatabasePort),
		Description:               pulumi.String("from workloads"),
		Tags:                      b.Scope.Tags(b.Scope.Label("database", "from-workloads")),
	}, b.Child()...)
	if err != nil {
		return nil, nil, err
	}
	out, err := vpc.NewSecurityGroupEgressRule(b.Ctx, b.Name, &vpc.SecurityGroupEgressRuleArgs{
		SecurityGroupId:           workloads,
		ReferencedSecurityGroupId: group.ID(),
		IpProtocol:                pulumi.String("tcp"),
		FromPort:                  pulumi.Int(network.DatabasePort),
		ToPort:                    pulumi.Int(network.DatabasePort),
		Description:               pulumi.String("to the database"),
		Tags:                      b.Scope.Tags(b.Scope.Label("database", "to-database")),
	}, b.Child()...)
	return group, []pulumi.Resource{in, out}, err
}
