package network

import (
	"fmt"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/scope"
)

// AWS is what only AWS's other files need. An output resolves after everything
// that closes what it names: flow log, defaults, routes, network ACLs, rules.
type AWS struct {
	VPC       pulumi.StringOutput
	Zones     []string                             // availability zones, in the order of Subnets
	Subnets   map[scope.Zone][]pulumi.StringOutput // the edge's are those of load balancers
	Workloads pulumi.StringOutput                  // security group of workloads; whoever they may call adds a rule
	Agents    pulumi.StringOutput                  // security group of a backup agent's second interface
}

// site is a network under construction.
type site struct {
	ctx    *pulumi.Context
	name   string
	args   Args
	scope  scope.Scope
	parent *Network
	plan   plan
	zones  []string

	vpc       *ec2.Vpc
	gateway   *ec2.InternetGateway
	subnets   map[tier][]*ec2.Subnet
	firewalls map[tier][]pulumi.StringOutput // endpoints, by zone
	tables    map[tier][]*ec2.RouteTable     // by zone, or one that is shared
	groups    map[string]*ec2.SecurityGroup

	closed  []pulumi.Resource            // what closes the network as a whole
	bounded map[tier][][]pulumi.Resource // what closes a subnet, by zone
}

func buildAWS(ctx *pulumi.Context, name string, args Args, n *Network) error {
	region := args.Scope.Home.Region
	if len(region.Zones) < zones {
		return fmt.Errorf("home region %s has %d availability zones, a network needs %d: choose another region", region.ID, len(region.Zones), zones)
	}
	p, err := newPlan(args.Range)
	if err != nil {
		return err
	}
	b := &site{
		ctx: ctx, name: name, args: args, parent: n, plan: p, zones: region.Zones[:zones],
		scope:     args.Scope.In(scope.Management).Holding(scope.Internal),
		subnets:   map[tier][]*ec2.Subnet{},
		firewalls: map[tier][]pulumi.StringOutput{},
		tables:    map[tier][]*ec2.RouteTable{},
		bounded:   map[tier][][]pulumi.Resource{},
	}
	n.AWS = &AWS{Zones: b.zones, Subnets: map[scope.Zone][]pulumi.StringOutput{}}
	for _, step := range []func() error{
		b.buildVPC, b.buildFlowLog, b.buildSubnets, b.buildFirewalls, b.buildRoutes, b.buildACLs, b.buildGroups, b.buildEndpoints,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	n.AWS.VPC = scope.After(b.vpc.ID().ToStringOutput(), b.closed...)
	for _, zone := range scope.Zones {
		for i, subnet := range b.subnets[tier(zone)] {
			n.AWS.Subnets[zone] = append(n.AWS.Subnets[zone], scope.After(subnet.ID().ToStringOutput(), append(b.bounded[tier(zone)][i], b.closed...)...))
		}
	}
	return nil
}

// child names a resource of the engine, label one of the cloud's inventory.
func (b *site) child(parts ...string) string {
	return strings.Join(append([]string{b.name}, parts...), "-")
}

func (b *site) label(parts ...string) string {
	owner := []string{b.scope.Stack}
	if b.scope.Tenant != scope.Shared {
		owner = append(owner, b.scope.Tenant)
	}
	return strings.Join(append(owner, parts...), "-")
}

// suffix tells the zones apart in names: a, b, c.
func (b *site) suffix(zone int) string {
	return strings.TrimPrefix(b.zones[zone], string(b.scope.Home.Region.ID))
}

// in is the scope of a tier's zone; in the edge the tag says which of the tiers.
func (b *site) in(t tier) scope.Scope {
	for _, row := range layout {
		if row.tier == t {
			return b.scope.In(row.zone)
		}
	}
	return b.scope.In(scope.Edge) // NAT gateways and the Internet gateway
}

func (b *site) tags(t tier, parts ...string) pulumi.StringMap {
	return b.in(t).TagsWith(b.label(parts...), map[string]string{"tier": string(t)})
}
