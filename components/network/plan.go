package network

import (
	"encoding/binary"
	"fmt"
	"net/netip"

	"tenant-runtime/components/scope"
)

// zones is how many availability zones a network spans (NET-12).
const zones = 3

// tier is a row of subnets, one per availability zone. A security zone has one
// tier, except the edge, which lies between two firewalls:
//
//	Internet ─ outer ─ edge ─ inner ─ app ─ data
//	                                     └─ management
type tier string

const (
	outer      tier = "outer" // endpoints of the firewall that faces the Internet
	edge       tier = "edge"  // load balancers and NAT gateways
	inner      tier = "inner" // endpoints of the firewall that faces the workloads
	app        tier = "app"
	data       tier = "data"
	backup     tier = "backup"
	management tier = "management"
)

// layout gives each tier a share of the network, in the order of addresses. What
// is left over is for tiers to come.
var layout = []struct {
	tier tier
	zone scope.Zone
	bits int // the share is 1/2^bits of the network
}{
	{edge, scope.Edge, 4},
	{outer, scope.Edge, 6},
	{inner, scope.Edge, 6},
	{app, scope.App, 2},
	{data, scope.Data, 3},
	{backup, scope.Backup, 4},
	{management, scope.Management, 4},
}

// The largest network a cloud accepts, and the smallest in which the smallest
// subnet is still the /28 that AWS asks for.
const (
	largest  = 16
	smallest = 20
)

// plan is the address plan: a range per tier, and in it one per availability zone.
type plan struct {
	all     netip.Prefix
	tiers   map[tier]netip.Prefix
	subnets map[tier][]netip.Prefix // in the order of the region's zones
}

func newPlan(all netip.Prefix) (plan, error) {
	switch {
	case !all.IsValid() || !all.Addr().Is4() || all != all.Masked() || !all.Addr().IsPrivate():
		return plan{}, fmt.Errorf("range %q is not a private IPv4 network such as 10.20.0.0/16", all)
	case all.Bits() < largest || all.Bits() > smallest:
		return plan{}, fmt.Errorf("range %s must be between /%d and /%d", all, largest, smallest)
	}
	p := plan{all: all, tiers: map[tier]netip.Prefix{}, subnets: map[tier][]netip.Prefix{}}
	free := uint32(0)
	for _, b := range layout {
		size := uint32(1) << (32 - all.Bits() - b.bits)
		start := (free + size - 1) / size * size
		p.tiers[b.tier] = at(all, start, all.Bits()+b.bits)
		for i := range uint32(zones) { // of four quarters, one is for a fourth zone
			p.subnets[b.tier] = append(p.subnets[b.tier], at(all, start+i*size/4, all.Bits()+b.bits+2))
		}
		free = start + size
	}
	return p, nil
}

// at returns the prefix that lies so many addresses after the beginning.
func at(all netip.Prefix, offset uint32, bits int) netip.Prefix {
	b := all.Addr().As4()
	binary.BigEndian.PutUint32(b[:], binary.BigEndian.Uint32(b[:])+offset)
	return netip.PrefixFrom(netip.AddrFrom4(b), bits)
}
