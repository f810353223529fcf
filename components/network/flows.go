package network

import (
	"net/netip"
	"slices"
)

// world stands for the Internet in the table of flows.
const world tier = "internet"

// tlsPorts are the ports on which TLS leaves: HTTPS and mail submission. Port 587
// is left out, because a connection there begins in plain text (NET-09, EDG-12).
var tlsPorts = []int{443, 465}

// flows lists who may open a connection to whom. Everything else between two
// subnets is refused by their network ACLs (NET-04), whatever the security
// groups say. Via are the tiers whose interfaces the packets pass on the way.
var flows = []struct {
	from, to tier
	ports    []int
	via      []tier
}{
	{world, edge, []int{443, 80}, []tier{outer}}, // 80 only to be redirected (EDG-03)
	{edge, app, []int{ServicePort}, []tier{inner}},
	{app, world, tlsPorts, []tier{inner, edge}}, // the NAT gateway stands in the edge
	{edge, world, tlsPorts, []tier{outer}},      // and goes on in its own name
	{app, app, []int{ServicePort}, nil},
	{app, data, []int{DatabasePort}, nil},
	{app, management, []int{443}, nil},
	{backup, backup, []int{443}, nil},
}

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

// acl returns what a tier's network ACL lets in and out.
func (p plan) acl(t tier) (in, out []entry) {
	add := func(list *[]entry, peer tier, of ports) {
		e := entry{p.rangeOf(peer), of}
		if !slices.Contains(*list, e) {
			*list = append(*list, e)
		}
	}
	for _, f := range flows {
		for _, port := range f.ports {
			target := ports{port, port}
			passes := slices.Contains(f.via, t)
			if f.from == t || passes {
				add(&out, f.to, target)
				add(&in, f.to, ephemeral)
			}
			if f.to == t || passes {
				add(&in, f.from, target)
				add(&out, f.from, ephemeral)
			}
		}
	}
	return in, out
}

func (p plan) rangeOf(t tier) netip.Prefix {
	if t == world {
		return internet
	}
	return p.tiers[t]
}
