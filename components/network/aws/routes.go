package aws

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/component"
	"tenant-runtime/components/network"
)

// buildRoutes declares a NAT gateway per availability zone and the route tables.
func (b *builder) buildRoutes() error {
	var nats []*ec2.NatGateway
	for az := range network.AvailabilityZones {
		gateway, err := b.buildNAT(az)
		if err != nil {
			return err
		}
		nats = append(nats, gateway)
	}
	for _, t := range paths(b.plan) {
		if err := b.buildTable(t, nats); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) buildNAT(az int) (*ec2.NatGateway, error) {
	// An address can be released only after the NAT gateway, and both need the
	// Internet gateway to be attached.
	attached := component.After(b.gateway)
	address, err := ec2.NewEip(b.Ctx, b.Named("nat", b.suffix(az)), &ec2.EipArgs{
		Domain: pulumi.String("vpc"),
		Tags:   b.tags(nat, "nat", b.suffix(az)),
	}, b.Child(attached)...)
	if err != nil {
		return nil, err
	}
	return ec2.NewNatGateway(b.Ctx, b.Named("nat", b.suffix(az)), &ec2.NatGatewayArgs{
		SubnetId:         b.subnets[network.Edge][az].ID(),
		AllocationId:     address.ID(),
		ConnectivityType: pulumi.String("public"),
		Tags:             b.tags(nat, "nat", b.suffix(az)),
	}, b.Child(attached)...)
}

// buildTable declares a route table with all its routes inline, so that a route
// that somebody adds by hand is found and removed.
func (b *builder) buildTable(t table, nats []*ec2.NatGateway) error {
	parts := []string{string(t.tier)}
	if t.az != shared {
		parts = append(parts, b.suffix(t.az))
	}
	routes := ec2.RouteTableRouteArray{}
	for _, r := range t.routes {
		to := ec2.RouteTableRouteArgs{CidrBlock: pulumi.String(r.to.String())}
		switch r.via.tier {
		case gateway:
			to.GatewayId = b.gateway.ID()
		case nat:
			to.NatGatewayId = nats[r.via.az].ID()
		default:
			to.VpcEndpointId = b.firewalls[r.via.tier][r.via.az]
		}
		routes = append(routes, to)
	}
	made, err := ec2.NewRouteTable(b.Ctx, b.Named(parts...), &ec2.RouteTableArgs{
		VpcId:  b.vpc.ID(),
		Routes: routes,
		Tags:   b.tags(t.tier, parts...),
	}, b.Child()...)
	if err != nil {
		return err
	}
	b.tables[t.tier] = append(b.tables[t.tier], made)
	if t.tier == gateway {
		association, err := ec2.NewRouteTableAssociation(b.Ctx, b.Named(parts...), &ec2.RouteTableAssociationArgs{
			RouteTableId: made.ID(),
			GatewayId:    b.gateway.ID(),
		}, b.Child()...)
		b.closed = append(b.closed, association)
		return err
	}
	for az, subnet := range b.subnets[t.tier] {
		if t.az != shared && t.az != az {
			continue
		}
		association, err := ec2.NewRouteTableAssociation(b.Ctx, b.Named(string(t.tier), b.suffix(az)), &ec2.RouteTableAssociationArgs{
			RouteTableId: made.ID(),
			SubnetId:     subnet.ID(),
		}, b.Child()...)
		if err != nil {
			return err
		}
		b.bounded[t.tier][az] = append(b.bounded[t.tier][az], association)
	}
	return nil
}
