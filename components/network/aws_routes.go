package network

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// buildRoutes declares a NAT gateway per zone and the route tables of the plan.
func (b *site) buildRoutes() error {
	var nats []*ec2.NatGateway
	for zone := range zones {
		gateway, err := b.buildNAT(zone)
		if err != nil {
			return err
		}
		nats = append(nats, gateway)
	}
	for _, t := range b.plan.routes() {
		if err := b.buildTable(t, nats); err != nil {
			return err
		}
	}
	return nil
}

func (b *site) buildNAT(zone int) (*ec2.NatGateway, error) {
	// An address can be released only after the NAT gateway, and both need the
	// Internet gateway to be attached.
	attached := pulumi.DependsOn([]pulumi.Resource{b.gateway})
	address, err := ec2.NewEip(b.ctx, b.child("nat", b.suffix(zone)), &ec2.EipArgs{
		Domain: pulumi.String("vpc"),
		Tags:   b.tags(nat, "nat", b.suffix(zone)),
	}, b.scope.Child(b.parent, attached)...)
	if err != nil {
		return nil, err
	}
	return ec2.NewNatGateway(b.ctx, b.child("nat", b.suffix(zone)), &ec2.NatGatewayArgs{
		SubnetId:         b.subnets[edge][zone].ID(),
		AllocationId:     address.ID(),
		ConnectivityType: pulumi.String("public"),
		Tags:             b.tags(nat, "nat", b.suffix(zone)),
	}, b.scope.Child(b.parent, attached)...)
}

// buildTable declares a route table with all its routes inline, so that a route
// that somebody adds by hand is found and removed.
func (b *site) buildTable(t table, nats []*ec2.NatGateway) error {
	parts := []string{string(t.tier)}
	if t.zone != shared {
		parts = append(parts, b.suffix(t.zone))
	}
	routes := ec2.RouteTableRouteArray{}
	for _, r := range t.routes {
		to := ec2.RouteTableRouteArgs{CidrBlock: pulumi.String(r.to.String())}
		switch r.via.tier {
		case gateway:
			to.GatewayId = b.gateway.ID()
		case nat:
			to.NatGatewayId = nats[r.via.zone].ID()
		default:
			to.VpcEndpointId = b.firewalls[r.via.tier][r.via.zone]
		}
		routes = append(routes, to)
	}
	made, err := ec2.NewRouteTable(b.ctx, b.child(parts...), &ec2.RouteTableArgs{
		VpcId:  b.vpc.ID(),
		Routes: routes,
		Tags:   b.tags(t.tier, parts...),
	}, b.scope.Child(b.parent)...)
	if err != nil {
		return err
	}
	b.tables[t.tier] = append(b.tables[t.tier], made)
	if t.tier == gateway {
		guard, err := ec2.NewRouteTableAssociation(b.ctx, b.child(parts...), &ec2.RouteTableAssociationArgs{
			RouteTableId: made.ID(),
			GatewayId:    b.gateway.ID(),
		}, b.scope.Child(b.parent)...)
		b.closed = append(b.closed, guard)
		return err
	}
	for zone, subnet := range b.subnets[t.tier] {
		if t.zone != shared && t.zone != zone {
			continue
		}
		guard, err := ec2.NewRouteTableAssociation(b.ctx, b.child(string(t.tier), b.suffix(zone)), &ec2.RouteTableAssociationArgs{
			RouteTableId: made.ID(),
			SubnetId:     subnet.ID(),
		}, b.scope.Child(b.parent)...)
		if err != nil {
			return err
		}
		b.bounded[t.tier][zone] = append(b.bounded[t.tier][zone], guard)
	}
	return nil
}
