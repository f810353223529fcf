// Package aws declares the network as a VPC with two AWS Network Firewalls.
package aws

import (
	"slices"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/component"
	"tenant-runtime/components/keys"
	"tenant-runtime/components/network"
	"tenant-runtime/components/scope"
)

// builder also holds what its steps have declared so far.
type builder struct {
	*component.Builder[network.Args]
	plan network.Plan
	azs  []string // names of the availability zones
	key  keys.Key // encrypts the logs and the firewalls' rules

	vpc       *ec2.Vpc
	gateway   *ec2.InternetGateway
	subnets   map[network.Tier][]*ec2.Subnet         // by availability zone
	firewalls map[network.Tier][]pulumi.StringOutput // endpoints, by availability zone
	tables    map[network.Tier][]*ec2.RouteTable     // by availability zone, or one that is shared
	groups    map[string]*ec2.SecurityGroup
	rules     map[string][]pulumi.Resource // of a group

	closed  []pulumi.Resource                    // what closes the network as a whole
	bounded map[network.Tier][][]pulumi.Resource // what closes a subnet, by availability zone
}

// New declares the network.
func New(ctx *pulumi.Context, name string, args network.Args, opts ...pulumi.ResourceOption) (network.Ref, error) {
	return component.New(ctx, network.Type, name, args, opts, func(c *component.Builder[network.Args]) (network.Ref, error) {
		b := &builder{
			Builder:   c,
			plan:      network.NewPlan(c.Args.Range),
			azs:       c.Scope.Place.Region.Zones[:network.AvailabilityZones],
			key:       c.Args.Home.Keys.Of(keys.Logs),
			subnets:   map[network.Tier][]*ec2.Subnet{},
			firewalls: map[network.Tier][]pulumi.StringOutput{},
			tables:    map[network.Tier][]*ec2.RouteTable{},
			groups:    map[string]*ec2.SecurityGroup{},
			rules:     map[string][]pulumi.Resource{},
			bounded:   map[network.Tier][][]pulumi.Resource{},
		}
		return b.build()
	})
}

func (b *builder) build() (network.Ref, error) {
	for _, step := range []func() error{
		b.buildVPC, b.buildFlowLog, b.buildSubnets, b.buildFirewalls, b.buildRoutes, b.buildACLs, b.buildGroups, b.buildEndpoints,
	} {
		if err := step(); err != nil {
			return network.Ref{}, err
		}
	}
	return network.Ref{AWS: &network.AWS{
		VPC:       b.whenClosed(b.vpc.ID()),
		Subnets:   b.zoneSubnets(),
		Workloads: b.whenClosed(b.groups[workloads].ID(), b.rules[workloads]...),
		Agents:    b.whenClosed(b.groups[agents].ID(), b.rules[agents]...),
	}}, nil
}

// zoneSubnets returns the subnets that others may use, by security zone.
func (b *builder) zoneSubnets() map[scope.Zone][]pulumi.StringOutput {
	all := map[scope.Zone][]pulumi.StringOutput{}
	for _, zone := range scope.Zones {
		tier := network.Tier(zone) // outer and inner are the firewalls' own
		for az, subnet := range b.subnets[tier] {
			all[zone] = append(all[zone], b.whenClosed(subnet.ID(), b.bounded[tier][az]...))
		}
	}
	return all
}

// whenClosed returns the ID once the network is closed, and what is closed besides.
func (b *builder) whenClosed(id pulumi.IDOutput, more ...pulumi.Resource) pulumi.StringOutput {
	return scope.After(id.ToStringOutput(), slices.Concat(more, b.closed)...)
}

// suffix tells the availability zones apart in names: a, b, c.
func (b *builder) suffix(az int) string {
	return strings.TrimPrefix(b.azs[az], string(b.Scope.Place.Region.ID))
}

// in is the scope of a tier's security zone; in the edge the tag says which of the
// tiers.
func (b *builder) in(t network.Tier) scope.Scope {
	for _, row := range network.Layout {
		if row.Tier == t {
			return b.Scope.In(row.Zone)
		}
	}
	return b.Scope.In(scope.Edge) // NAT gateways and the Internet gateway
}

func (b *builder) tags(t network.Tier, parts ...string) pulumi.StringMap {
	return b.in(t).TagsWith(b.Scope.Label(parts...), map[string]string{"tier": string(t)})
}
