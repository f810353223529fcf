package network

import "net/netip"

var internet = netip.MustParsePrefix("0.0.0.0/0")

// gateway is what a route leads to besides the firewalls.
const (
	nat     tier = "nat"     // NAT gateway, in the edge
	gateway tier = "gateway" // the Internet gateway; as a table's tier, its own routes
)

// hop is the target of a route: what stands in that tier in that zone.
type hop struct {
	tier tier
	zone int
}

type route struct {
	to  netip.Prefix
	via hop
}

// table is a route table and the subnets it is for. Between subnets without a
// route here traffic is direct, and network ACLs decide.
type table struct {
	tier   tier
	zone   int // shared when the routes are the same in every zone
	routes []route
}

const shared = -1

// routes lays out every route of the network. Two rules make it safe. Whatever
// goes to or comes from the Internet passes outer, and whatever passes between
// the edge and the workloads passes inner (NET-02, NET-13). And the zone of the
// edge's side decides which endpoint is taken, in both directions: a stateful
// firewall that sees half of a connection drops it.
func (p plan) routes() []table {
	toEdge := func(firewall tier) []route {
		var r []route
		for zone, subnet := range p.subnets[edge] {
			r = append(r, route{subnet, hop{firewall, zone}})
		}
		return r
	}
	all := []table{
		{gateway, shared, toEdge(outer)},
		{outer, shared, []route{{internet, hop{gateway, shared}}}},
	}
	for zone := range zones {
		fromEdge := []route{{internet, hop{outer, zone}}}
		for _, subnet := range p.subnets[app] {
			fromEdge = append(fromEdge, route{subnet, hop{inner, zone}})
		}
		all = append(all,
			table{edge, zone, fromEdge},
			table{inner, zone, []route{{internet, hop{nat, zone}}}},
			table{app, zone, append(toEdge(inner), route{internet, hop{inner, zone}})},
		)
	}
	return append(all, table{tier: data, zone: shared}, table{tier: backup, zone: shared}, table{tier: management, zone: shared})
}
