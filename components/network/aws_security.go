package network

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/vpc"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/scope"
)

// buildACLs declares a network ACL per tier from the table of flows.
func (b *site) buildACLs() error {
	for _, row := range layout {
		in, out := b.plan.acl(row.tier)
		ingress, egress, subnets := ec2.NetworkAclIngressArray{}, ec2.NetworkAclEgressArray{}, pulumi.StringArray{}
		for i, e := range in {
			ingress = append(ingress, ec2.NetworkAclIngressArgs{
				RuleNo: pulumi.Int(10 * (i + 1)), Action: pulumi.String("allow"), Protocol: pulumi.String("tcp"),
				CidrBlock: pulumi.String(e.peer.String()), FromPort: pulumi.Int(e.ports.first), ToPort: pulumi.Int(e.ports.last),
			})
		}
		for i, e := range out {
			egress = append(egress, ec2.NetworkAclEgressArgs{
				RuleNo: pulumi.Int(10 * (i + 1)), Action: pulumi.String("allow"), Protocol: pulumi.String("tcp"),
				CidrBlock: pulumi.String(e.peer.String()), FromPort: pulumi.Int(e.ports.first), ToPort: pulumi.Int(e.ports.last),
			})
		}
		for _, subnet := range b.subnets[row.tier] {
			subnets = append(subnets, subnet.ID())
		}
		acl, err := ec2.NewNetworkAcl(b.ctx, b.child(string(row.tier)), &ec2.NetworkAclArgs{
			VpcId:     b.vpc.ID(),
			SubnetIds: subnets,
			Ingress:   ingress,
			Egress:    egress,
			Tags:      b.tags(row.tier, string(row.tier)),
		}, b.scope.Child(b.parent)...)
		if err != nil {
			return err
		}
		for zone := range zones {
			b.bounded[row.tier][zone] = append(b.bounded[row.tier][zone], acl)
		}
	}
	return nil
}

// allow is a rule between security groups. An empty peer is the Internet, which
// only the firewall's list of names opens.
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
		{workloads, workloads, ServicePort},
		{workloads, endpoints, 443},
		{agents, vaults, 443},
	}
)

func (b *site) buildGroups() error {
	groups := map[string]*ec2.SecurityGroup{}
	for _, g := range groupZones {
		s := b.scope.In(g.zone)
		group, err := ec2.NewSecurityGroup(b.ctx, b.child(g.name), &ec2.SecurityGroupArgs{
			Name:        pulumi.String(s.Name("aws:ec2/securityGroup:SecurityGroup", g.name)),
			Description: pulumi.Sprintf("%s of %s", g.name, s.Stack),
			VpcId:       b.vpc.ID(),
			Tags:        s.Tags(b.label(g.name)),
		}, b.scope.Child(b.parent)...)
		if err != nil {
			return err
		}
		groups[g.name] = group
	}
	rules := map[string][]pulumi.Resource{}
	for _, a := range allowed {
		out, err := b.egress(a, groups[a.from], &vpc.SecurityGroupEgressRuleArgs{ReferencedSecurityGroupId: groups[a.to].ID()})
		if err != nil {
			return err
		}
		in, err := vpc.NewSecurityGroupIngressRule(b.ctx, b.child(a.to, "from", a.from), &vpc.SecurityGroupIngressRuleArgs{
			SecurityGroupId:           groups[a.to].ID(),
			ReferencedSecurityGroupId: groups[a.from].ID(),
			IpProtocol:                pulumi.String("tcp"),
			FromPort:                  pulumi.Int(a.port),
			ToPort:                    pulumi.Int(a.port),
			Description:               pulumi.Sprintf("from %s", a.from),
			Tags:                      b.scope.Tags(b.label(a.to, "from", a.from)),
		}, b.scope.Child(b.parent)...)
		if err != nil {
			return err
		}
		rules[a.from], rules[a.to] = append(rules[a.from], out), append(rules[a.to], in)
	}
	// Vendors have no group and no fixed addresses. The firewall opens them by
	// name (NET-09); here only the ports are narrowed.
	for _, port := range tlsPorts {
		out, err := b.egress(allow{workloads, fmt.Sprint("vendors-", port), port}, groups[workloads], &vpc.SecurityGroupEgressRuleArgs{CidrIpv4: pulumi.String(internet.String())})
		if err != nil {
			return err
		}
		rules[workloads] = append(rules[workloads], out)
	}
	b.groups = groups
	b.parent.AWS.Workloads = scope.After(groups[workloads].ID().ToStringOutput(), append(rules[workloads], b.closed...)...)
	b.parent.AWS.Agents = scope.After(groups[agents].ID().ToStringOutput(), append(rules[agents], b.closed...)...)
	return nil
}

func (b *site) egress(a allow, group *ec2.SecurityGroup, args *vpc.SecurityGroupEgressRuleArgs) (pulumi.Resource, error) {
	args.SecurityGroupId = group.ID()
	args.IpProtocol = pulumi.String("tcp")
	args.FromPort, args.ToPort = pulumi.Int(a.port), pulumi.Int(a.port)
	args.Description = pulumi.Sprintf("to %s", a.to)
	args.Tags = b.scope.Tags(b.label(a.from, "to", a.to))
	return vpc.NewSecurityGroupEgressRule(b.ctx, b.child(a.from, "to", a.to), args, b.scope.Child(b.parent)...)
}
