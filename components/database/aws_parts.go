package database

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/rds"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/vpc"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/identity"
	"tenant-runtime/components/logging"
	"tenant-runtime/components/network"
	"tenant-runtime/components/scope"
)

// parts is what an instance needs around it.
type parts struct {
	id       string // the instance's own
	subnets  *rds.SubnetGroup
	settings *rds.ParameterGroup
	door     door
	watch    watcher
	first    []pulumi.Resource // what must stand before the instance, though no property says so
}

func surround(ctx *pulumi.Context, name string, s scope.Scope, args Args, d *Database) (p parts, err error) {
	p.id = s.Name("aws:rds/instance:Instance", "database")
	subnets := s.Name("aws:rds/subnetGroup:SubnetGroup", "database")
	if p.subnets, err = rds.NewSubnetGroup(ctx, name, &rds.SubnetGroupArgs{
		Name:        pulumi.String(subnets),
		Description: pulumi.String("Data zone only"),
		SubnetIds:   pulumi.ToStringArrayOutput(args.Network.AWS.Subnets[scope.Data]),
		Tags:        s.Tags(subnets),
	}, s.Child(d)...); err != nil {
		return p, err
	}
	// The version is in the name: a group cannot change its family, and the old one
	// is in use until the instance has moved to the new one.
	settings := s.Name("aws:rds/parameterGroup:ParameterGroup", "database", "postgres"+engine)
	if p.settings, err = rds.NewParameterGroup(ctx, name, &rds.ParameterGroupArgs{
		Name:        pulumi.String(settings),
		Family:      pulumi.String("postgres" + engine),
		Description: pulumi.String("TLS only, every statement recorded"),
		Parameters:  parameterList(),
		Tags:        s.Tags(settings),
	}, s.Child(d)...); err != nil {
		return p, err
	}
	if p.door, err = newDoor(ctx, name, s, args.Network.AWS, d); err != nil {
		return p, err
	}
	if p.watch, err = newWatcher(ctx, name, s, d); err != nil {
		return p, err
	}
	p.first = append(p.first, p.watch.policy)
	for _, log := range logs {
		group, err := logging.GroupNamed(ctx, d, name+"-"+log, s, logging.Security, args.LogKey, fmt.Sprintf("/aws/rds/instance/%s/%s", p.id, log))
		if err != nil {
			return p, err
		}
		p.first = append(p.first, group)
	}
	return p, nil
}

// door is the database's security group and the rules that open it.
type door struct {
	group *ec2.SecurityGroup
	rules []pulumi.Resource
}

// newDoor lets workloads in by what they are, not by where, and nothing out: a
// group without egress rules has none (the provider removes the default).
func newDoor(ctx *pulumi.Context, name string, s scope.Scope, n *network.AWS, d *Database) (door, error) {
	physical := s.Name("aws:ec2/securityGroup:SecurityGroup", "database")
	group, err := ec2.NewSecurityGroup(ctx, name, &ec2.SecurityGroupArgs{
		Name:        pulumi.String(physical),
		Description: pulumi.String("Database: PostgreSQL from workloads"),
		VpcId:       n.VPC,
		Tags:        s.Tags(physical),
	}, s.Child(d)...)
	if err != nil {
		return door{}, err
	}
	in, err := vpc.NewSecurityGroupIngressRule(ctx, name, &vpc.SecurityGroupIngressRuleArgs{
		SecurityGroupId:           group.ID(),
		ReferencedSecurityGroupId: n.Workloads,
		IpProtocol:                pulumi.String("tcp"),
		FromPort:                  pulumi.Int(network.DatabasePort),
		ToPort:                    pulumi.Int(network.DatabasePort),
		Description:               pulumi.String("from workloads"),
		Tags:                      s.Tags(physical + "-from-workloads"),
	}, s.Child(d)...)
	if err != nil {
		return door{}, err
	}
	out, err := vpc.NewSecurityGroupEgressRule(ctx, name, &vpc.SecurityGroupEgressRuleArgs{
		SecurityGroupId:           n.Workloads,
		ReferencedSecurityGroupId: group.ID(),
		IpProtocol:                pulumi.String("tcp"),
		FromPort:                  pulumi.Int(network.DatabasePort),
		ToPort:                    pulumi.Int(network.DatabasePort),
		Description:               pulumi.String("to the database"),
		Tags:                      s.Tags(physical + "-to-database"),
	}, s.Child(d)...)
	return door{group, []pulumi.Resource{in, out}}, err
}

// watcher is what RDS works as to watch the server.
type watcher struct {
	role   *iam.Role
	policy *iam.RolePolicyAttachment
}

// newWatcher lets RDS write operating-system figures to RDSOSMetrics, a group that
// exists once per account and region and that CloudWatch keeps for 30 days.
func newWatcher(ctx *pulumi.Context, name string, s scope.Scope, d *Database) (watcher, error) {
	physical := s.Name("aws:iam/role:Role", "database", "monitoring")
	role, err := iam.NewRole(ctx, name, &iam.RoleArgs{
		Name:        pulumi.String(physical),
		Description: pulumi.String("Writes operating-system figures of the database"),
		AssumeRolePolicy: identity.Document{{
			Actions:   []string{"sts:AssumeRole"},
			Principal: identity.Principal{Services: []string{"monitoring.rds.amazonaws.com"}},
			Condition: identity.Condition{"StringEquals": {"aws:SourceAccount": identity.Strings(s.Account)}},
		}}.JSON(),
		Tags: s.Tags(physical),
	}, s.Child(d)...)
	if err != nil {
		return watcher{}, err
	}
	policy, err := iam.NewRolePolicyAttachment(ctx, name, &iam.RolePolicyAttachmentArgs{
		Role:      role.Name,
		PolicyArn: pulumi.String("arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"),
	}, s.Child(d)...)
	return watcher{role, policy}, err
}
