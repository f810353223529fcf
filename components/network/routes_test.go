package network

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var somewhere = netip.MustParseAddr("93.184.216.34")

// trace follows a packet through the route tables as the cloud does, longest
// prefix first, and returns what it passes. A NAT gateway sends it on from the
// edge. Traffic that no table sends elsewhere is direct inside the network.
func trace(t *testing.T, p plan, at hop, to netip.Addr) string {
	var path []string
	for range 10 {
		var best *route
		for _, table := range p.routes() {
			if table.tier != at.tier || table.zone != shared && table.zone != at.zone {
				continue
			}
			for _, r := range table.routes {
				if r.to.Contains(to) && (best == nil || r.to.Bits() > best.to.Bits()) && (!p.all.Contains(to) || r.to != internet) {
					best = &r
				}
			}
		}
		switch {
		case best == nil && p.all.Contains(to):
			return strings.Join(append(path, "there"), " ")
		case best == nil:
			return strings.Join(append(path, "nowhere"), " ")
		case best.via.tier == gateway:
			return strings.Join(append(path, "out"), " ")
		case best.via.tier == nat:
			path, at = append(path, fmt.Sprint("nat", best.via.zone)), hop{edge, best.via.zone}
		default:
			path, at = append(path, fmt.Sprint(best.via.tier, best.via.zone)), best.via
		}
	}
	require.Fail(t, "the packet goes round in circles", "%v to %s: %v", at, to, path)
	return ""
}

func address(p plan, t tier, zone int) netip.Addr { return p.subnets[t][zone].Addr().Next() }

func TestPathsOfTheInternet(t *testing.T) {
	for _, all := range ranges {
		p := planOf(t, all)
		for zone := range zones {
			// A client reaches the edge through outer, and the answer takes the same endpoint.
			o, i, n := fmt.Sprint("outer", zone), fmt.Sprint("inner", zone), fmt.Sprint("nat", zone)
			assert.Equal(t, o+" there", trace(t, p, hop{gateway, shared}, address(p, edge, zone)))
			assert.Equal(t, o+" out", trace(t, p, hop{edge, zone}, somewhere))
			// A workload leaves through inner, NAT and outer of its own zone; the answer
			// comes to the NAT gateway in the edge and goes back through inner.
			assert.Equal(t, i+" "+n+" "+o+" out", trace(t, p, hop{app, zone}, somewhere))
			assert.Equal(t, i+" there", trace(t, p, hop{edge, zone}, address(p, app, zone)))
			for _, sealed := range []tier{data, backup, management} {
				assert.Equal(t, "nowhere", trace(t, p, hop{sealed, zone}, somewhere), sealed)
				assert.Equal(t, "there", trace(t, p, hop{gateway, shared}, address(p, sealed, zone)), "no way in is routed, and nothing there has a public address")
			}
		}
	}
}

func TestEdgeAndWorkloadsMeetInTheSameFirewall(t *testing.T) {
	p := planOf(t, ranges[0])
	for from := range zones {
		for to := range zones {
			there := trace(t, p, hop{edge, from}, address(p, app, to))
			back := trace(t, p, hop{app, to}, address(p, edge, from))
			assert.Contains(t, there, "inner")
			assert.Equal(t, there, back, "edge %d, app %d", from, to)
		}
	}
}

func TestOnlyOuterHoldsTheInternetGateway(t *testing.T) {
	for _, table := range planOf(t, ranges[0]).routes() {
		for _, r := range table.routes {
			if r.via.tier == gateway {
				assert.Equal(t, outer, table.tier)
			}
			if r.to == internet && table.tier == app {
				assert.Equal(t, hop{inner, table.zone}, r.via)
			}
		}
	}
}
