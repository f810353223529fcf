package aws

import (
	"net/netip"

	"tenant-runtime/components/network"
)

var internet = netip.MustParsePrefix("0.0.0.0/0")

// What a route leads to besides the firewalls.
const (
	nat     network.Tier = "nat"     // NAT gateway, in the edge
	gateway network.Tier = "gateway" // the Internet gateway; as a table's tier, its own routes
)

// hop is the target of a route: what stands in that tier in that availability zone.
type hop struct {
	tier network.Tier
	az   int
}

type route struct {
	to  netip.Prefix
	via hop
}

// table is a route table and the subnets it is for. Between subnets without a
// route here traffic is direct, and network ACLs decide.
type table struct {
	tier   network.Tier
	az     int // shared when the routes are the same in every one
	routes []route
}

const shared = -1

// paths lays out every route of the network. Two rules make it safe. Whatever
// goes to or comes from the Internet passes outer, and whatever passes between
// the edge and the workloads passes inner (NET-02, NET-13). And the availability
// zone of the edge's side decides which endpoint is taken, in both directions: a
// stateful firewall that sees half of a connection drops it.
func paths(p network.Plan) []table {
	toEdge := func(firewall network.Tier) []route {
		var r []route
		for az, subnet := range p.Subnets[network.Edge] {
			r = append(r, route{subnet, hop{firewall, az}})
		}
		return r
	}
	all := []table{
		{gateway, shared, toEdge(network.Outer)},
		{network.Outer, shared, []route{{internet, hop{gateway, shared}}}},
	}
	for az := range network.AvailabilityZones {
		fromEdge := []route{{internet, hop{network.Outer, az}}}
		for _, subnet := range p.Subnets[network.App] {
			fromEdge = append(fromEdge, route{subnet, hop{network.Inner, az}})
		}
		all = append(all,
			table{network.Edge, az, fromEdge},
			table{network.Inner, az, []route{{internet, hop{nat, az}}}},
			table{network.App, az, append(toEdge(network.Inner), route{internet, hop{network.Inner, az}})},
		)
	}
	for _, t := range []network.Tier{network.Data, network.Backup, network.Management} {
		all = append(all, table{tier: t, az: shared})
	}
	return all
}
