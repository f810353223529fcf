package aws

import (
	"net/netip"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/network"
)

// ports is a range of TCP ports.
type ports struct{ first, last int }

// ephemeral are the ports from which connections are opened: a network ACL keeps
// no state, so replies need a rule of their own.
var ephemeral = ports{1024, 65535}

// entry allows TCP from or to a range. The order of entries has no meaning: all
// of them allow, and what none allows is refused.
type entry struct {
	peer  netip.Prefix
	ports ports
}

// acl returns what a tier's network ACL lets in and out, so that the flows can.
func acl(p network.Plan, t network.Tier) (in, out []entry) {
	add := func(list *[]entry, peer network.Tier, of ports) {
		e := entry{internet, of}
		if peer != network.Internet {
			e.peer = p.Tiers[peer]
		}
		if !slices.Contains(*list, e) {
			*list = append(*list, e)
		}
	}
	for _, f := range network.Flows {
		for _, port := range f.Ports {
			target := ports{port, port}
			passes := slices.Contains(f.Via, t)
			if f.From == t || passes {
				add(&out, f.To, target)
				add(&in, f.To, ephemeral)
			}
			if f.To == t || passes {
				add(&in, f.From, target)
				add(&out, f.From, ephemeral)
			}
		}
	}
	return in, out
}

// buildACLs declares a network ACL per tier.
func (b *builder) buildACLs() error {
	for _, row := range network.Layout {
		in, out := acl(b.plan, row.Tier)
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
		for _, subnet := range b.subnets[row.Tier] {
			subnets = append(subnets, subnet.ID())
		}
		made, err := ec2.NewNetworkAcl(b.Ctx, b.Named(string(row.Tier)), &ec2.NetworkAclArgs{
			VpcId:     b.vpc.ID(),
			SubnetIds: subnets,
			Ingress:   ingress,
			Egress:    egress,
			Tags:      b.tags(row.Tier, string(row.Tier)),
		}, b.Child()...)
		if err != nil {
			return err
		}
		for az := range b.bounded[row.Tier] {
			b.bounded[row.Tier][az] = append(b.bounded[row.Tier][az], made)
		}
	}
	return nil
}
