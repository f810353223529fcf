package aws

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/vpc"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/network"
	"tenant-runtime/components/scope"
)

// allow is a rule between two security groups, on one TCP port.
type allow struct {
	from, to string
	port     int
}

// groups of the network and what they allow. Other components add their own
// groups and rules: a database one for itself, and one from workloads to it.
const (
	workloads = "workloads"
	endpoints = "endpoints"        // of the cloud's services
	agents    = "backup-agents"    // second interface of what makes backups
	vaults    = "backup-endpoints" // where backups go
)

var (
	groupZones = []struct {
		name string
		zone scope.Zone
	}{
		{workloads, scope.App}, {endpoints, scope.Management}, {agents, scope.Backup}, {vaults, scope.Backup},
	}
	allowed = []allow{
		{workloads, workloads, network.ServicePort},
		{workloads, endpoints, 443},
		{agents, vaults, 443},
	}
)

func (b *builder) buildGroups() error {
	for _, g := range groupZones {
		s := b.Scope.In(g.zone)
		group, err := ec2.NewSecurityGroup(b.Ctx, b.Named(g.name), &ec2.SecurityGroupArgs{
			Name:        pulumi.String(s.Name("aws:ec2/securityGroup:SecurityGroup", g.name)),
			Description: pulumi.Sprintf("%s of %s", g.name, s.Stack),
			VpcId:       b.vpc.ID(),
			Tags:        s.Tags(b.Scope.Label(g.name)),
		}, b.Child()...)
		if err != nil {
			return err
		}
		b.groups[g.name] = group
	}
	for _, a := range allowed {
		out, err := b.egress(a, b.groups[a.from], &vpc.SecurityGroupEgressRuleArgs{ReferencedSecurityGroupId: b.groups[a.to].ID()})
		if err != nil {
			return err
		}
		in, err := vpc.NewSecurityGroupIngressRule(b.Ctx, b.Named(a.to, "from", a.from), &vpc.SecurityGroupIngressRuleArgs{
			SecurityGroupId:           b.groups[a.to].ID(),
			ReferencedSecurityGroupId: b.groups[a.from].ID(),
			IpProtocol:                pulumi.String("tcp"),
			FromPort:                  pulumi.Int(a.port),
			ToPort:                    pulumi.Int(a.port),
			Description:               pulumi.Sprintf("from %s", a.from),
			Tags:                      b.Scope.Tags(b.Scope.Label(a.to, "from", a.from)),
		}, b.Child()...)
		if err != nil {
			return err
		}
		b.rules[a.from], b.rules[a.to] = append(b.rules[a.from], out), append(b.rules[a.to], in)
	}
	// Vendors have no group and no fixed addresses. The firewall opens them by
	// name (NET-09); here only the ports are narrowed.
	for _, port := range network.TLSPorts {
		out, err := b.egress(allow{workloads, fmt.Sprint("vendors-", port), port}, b.groups[workloads], &vpc.SecurityGroupEgressRuleArgs{CidrIpv4: pulumi.String(internet.String())})
		if err != nil {
			return err
		}
		b.rules[workloads] = append(b.rules[workloads], out)
	}
	return nil
}

func (b *builder) egress(a allow, group *ec2.SecurityGroup, args *vpc.SecurityGroupEgressRuleArgs) (pulumi.Resource, error) {
	args.SecurityGroupId = group.ID()
	args.IpProtocol = pulumi.String("tcp")
	args.FromPort, args.ToPort = pulumi.Int(a.port), pulumi.Int(a.port)
	args.Description = pulumi.Sprintf("to %s", a.to)
	args.Tags = b.Scope.Tags(b.Scope.Label(a.from, "to", a.to))
	return vpc.NewSecurityGroupEgressRule(b.Ctx, b.Named(a.from, "to", a.to), args, b.Child()...)
}
