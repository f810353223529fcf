package network

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"
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
func opens(p plan, from, to tier, port int) bool {
	source, target := somewhere, somewhere
	if from != world {
		source = address(p, from, 0)
	}
	if to != world {
		target = address(p, to, 1)
	}
	ok := true
	if from != world {
		in, out := p.acl(from)
		ok = ok && admits(out, target, port) && admits(in, target, 50000)
	}
	if to != world {
		in, out := p.acl(to)
		ok = ok && admits(in, source, port) && admits(out, source, 50000)
	}
	return ok
}

func TestZonesOpenToEachOther(t *testing.T) {
	p := planOf(t, ranges[0])
	cases := []struct {
		from, to tier
		port     int
		open     bool
	}{
		{world, edge, 443, true}, {world, edge, 80, true}, {world, edge, 22, false},
		{edge, app, ServicePort, true}, {edge, app, 22, false},
		{app, world, 443, true}, {app, world, 465, true}, {app, world, 25, false}, {app, world, 80, false},
		{app, data, DatabasePort, true}, {app, data, 22, false}, {app, management, 443, true}, {backup, backup, 443, true},

		{edge, data, DatabasePort, false}, {edge, management, 443, false}, {world, data, DatabasePort, false},
		{data, world, 443, false}, {backup, world, 443, false}, {management, world, 443, false},
		{data, app, ServicePort, false}, {app, backup, 443, false}, {data, backup, 443, false},
	}
	for _, c := range cases {
		assert.Equal(t, c.open, opens(p, c.from, c.to, c.port), "%s to %s on %d", c.from, c.to, c.port)
	}
}

// What a flow passes on its way must let it pass too, in both directions.
func TestFlowsPassTheirWay(t *testing.T) {
	p := planOf(t, ranges[0])
	at := func(t tier) netip.Addr {
		if t == world {
			return somewhere
		}
		return address(p, t, 0)
	}
	for _, f := range flows {
		for _, via := range f.via {
			in, out := p.acl(via)
			for _, port := range f.ports {
				assert.True(t, admits(in, at(f.from), port) && admits(out, at(f.to), port), "%s: %s to %s", via, f.from, f.to)
				assert.True(t, admits(in, at(f.to), 50000) && admits(out, at(f.from), 50000), "%s: back to %s", via, f.from)
			}
		}
	}
}

func TestACLsFitTheQuota(t *testing.T) {
	for _, row := range layout {
		in, out := planOf(t, ranges[0]).acl(row.tier)
		assert.LessOrEqual(t, max(len(in), len(out)), 20, "%s: AWS takes 20 rules a direction", row.tier)
	}
}
