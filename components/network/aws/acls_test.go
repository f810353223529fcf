package aws

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"

	"tenant-runtime/components/network"
)

func admits(entries []entry, peer netip.Addr, port int) bool {
	for _, e := range entries {
		if e.peer.Contains(peer) && e.ports.first <= port && port <= e.ports.last {
			return true
		}
	}
	return false
}

// opens says whether the network ACLs on both sides let a connection through,
// and its answers back.
func opens(p network.Plan, from, to network.Tier, port int) bool {
	source, target := somewhere, somewhere
	if from != network.Internet {
		source = address(p, from, 0)
	}
	if to != network.Internet {
		target = address(p, to, 1)
	}
	ok := true
	if from != network.Internet {
		in, out := acl(p, from)
		ok = ok && admits(out, target, port) && admits(in, target, 50000)
	}
	if to != network.Internet {
		in, out := acl(p, to)
		ok = ok && admits(in, source, port) && admits(out, source, 50000)
	}
	return ok
}

func TestZonesOpenToEachOther(t *testing.T) {
	p := planOf(ranges[0])
	cases := []struct {
		from, to network.Tier
		port     int
		open     bool
	}{
		{network.Internet, network.Edge, 443, true}, {network.Internet, network.Edge, 80, true}, {network.Internet, network.Edge, 22, false},
		{network.Edge, network.App, network.ServicePort, true}, {network.Edge, network.App, 22, false},
		{network.App, network.Internet, 443, true}, {network.App, network.Internet, 465, true}, {network.App, network.Internet, 25, false}, {network.App, network.Internet, 80, false},
		{network.App, network.Data, network.DatabasePort, true}, {network.App, network.Data, 22, false}, {network.App, network.Management, 443, true}, {network.Backup, network.Backup, 443, true},

		{network.Edge, network.Data, network.DatabasePort, false}, {network.Edge, network.Management, 443, false}, {network.Internet, network.Data, network.DatabasePort, false},
		{network.Data, network.Internet, 443, false}, {network.Backup, network.Internet, 443, false}, {network.Management, network.Internet, 443, false},
		{network.Data, network.App, network.ServicePort, false}, {network.App, network.Backup, 443, false}, {network.Data, network.Backup, 443, false},
	}
	for _, c := range cases {
		assert.Equal(t, c.open, opens(p, c.from, c.to, c.port), "%s to %s on %d", c.from, c.to, c.port)
	}
}

// What a flow passes on its way must let it pass too, in both directions.
func TestFlowsPassTheirWay(t *testing.T) {
	p := planOf(ranges[0])
	at := func(t network.Tier) netip.Addr {
		if t == network.Internet {
			return somewhere
		}
		return address(p, t, 0)
	}
	for _, f := range network.Flows {
		for _, via := range f.Via {
			in, out := acl(p, via)
			for _, port := range f.Ports {
				assert.True(t, admits(in, at(f.From), port) && admits(out, at(f.To), port), "%s: %s to %s", via, f.From, f.To)
				assert.True(t, admits(in, at(f.To), 50000) && admits(out, at(f.From), 50000), "%s: back to %s", via, f.From)
			}
		}
	}
}

func TestACLsFitTheQuota(t *testing.T) {
	for _, row := range network.Layout {
		in, out := acl(planOf(ranges[0]), row.Tier)
		assert.LessOrEqual(t, max(len(in), len(out)), 20, "%s: AWS takes 20 rules a direction", row.Tier)
	}
}
