package network

import (
	"encoding/binary"
	"net/netip"

	"tenant-runtime/components/scope"
	"tenant-runtime/components/value"
)

// AvailabilityZones is how many of them a network spans (NET-12).
const AvailabilityZones = 3

// Tier is a row of subnets, one per availability zone. A security zone has one
// tier, except the edge, which lies between two firewalls:
//
//	Internet ─ outer ─ edge ─ inner ─ app ─ data
//	                                     └─ management
type Tier string

// The tiers. Internet has no subnets: it stands for the other side in Flows.
const (
	Internet   Tier = "internet"
	Outer      Tier = "outer" // endpoints of the firewall that faces the Internet
	Edge       Tier = "edge"  // load balancers and NAT gateways
	Inner      Tier = "inner" // endpoints of the firewall that faces the workloads
	App        Tier = "app"
	Data       Tier = "data"
	Backup     Tier = "backup"
	Management Tier = "management"
)

// Layout gives each tier a share of the network, in the order of addresses. What
// is left over is for tiers to come.
var Layout = []struct {
	Tier Tier
	Zone scope.Zone
	bits int // the share is 1/2^bits of the network
}{
	{Edge, scope.Edge, 4},
	{Outer, scope.Edge, 6},
	{Inner, scope.Edge, 6},
	{App, scope.App, 2},
	{Data, scope.Data, 3},
	{Backup, scope.Backup, 4},
	{Management, scope.Management, 4},
}

// Plan is the address plan: a range per tier, and in it one per availability zone.
type Plan struct {
	Network netip.Prefix
	Tiers   map[Tier]netip.Prefix
	Subnets map[Tier][]netip.Prefix // in the order of the region's availability zones
}

// NewPlan lays out a range. In a /20, the smallest, the smallest subnet is the /28
// that AWS asks for at least.
func NewPlan(all value.Range) Plan {
	p := Plan{Network: all.Prefix, Tiers: map[Tier]netip.Prefix{}, Subnets: map[Tier][]netip.Prefix{}}
	free := uint32(0)
	for _, row := range Layout {
		size := uint32(1) << (32 - all.Bits() - row.bits)
		start := (free + size - 1) / size * size
		p.Tiers[row.Tier] = at(p.Network, start, all.Bits()+row.bits)
		for i := range uint32(AvailabilityZones) { // of four quarters, one is for a fourth
			p.Subnets[row.Tier] = append(p.Subnets[row.Tier], at(p.Network, start+i*size/4, all.Bits()+row.bits+2))
		}
		free = start + size
	}
	return p
}

// at returns the prefix that lies so many addresses after the beginning.
func at(all netip.Prefix, offset uint32, bits int) netip.Prefix {
	b := all.Addr().As4()
	binary.BigEndian.PutUint32(b[:], binary.BigEndian.Uint32(b[:])+offset)
	return netip.PrefixFrom(netip.AddrFrom4(b), bits)
}
