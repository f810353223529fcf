package aws

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/components/network"
	"tenant-runtime/components/value"
)

var ranges = []string{"10.20.0.0/16", "10.0.0.0/17", "172.16.64.0/18", "192.168.0.0/19", "10.1.16.0/20"}

func planOf(all string) network.Plan {
	return network.NewPlan(value.Range{Prefix: netip.MustParsePrefix(all)})
}

var somewhere = netip.MustParseAddr("93.184.216.34")

// trace follows a packet through the route tables as the cloud does, longest
// prefix first, and returns what it passes. A NAT gateway sends it on from the
// edge. Traffic that no table sends elsewhere is direct inside the network.
func trace(t *testing.T, p network.Plan, at hop, to netip.Addr) string {
	var path []string
	for range 10 {
		var best *route
		for _, table := range paths(p) {
			if table.tier != at.tier || table.az != shared && table.az != at.az {
				continue
			}
			for _, r := range table.routes {
				if r.to.Contains(to) && (best == nil || r.to.Bits() > best.to.Bits()) && (!p.Network.Contains(to) || r.to != internet) {
					best = &r
				}
			}
		}
		switch {
		case best == nil && p.Network.Contains(to):
			return strings.Join(append(path, "there"), " ")
		case best == nil:
			return strings.Join(append(path, "nowhere"), " ")
		case best.via.tier == gateway:
			return strings.Join(append(path, "out"), " ")
		case best.via.tier == nat:
			path, at = append(path, fmt.Sprint("nat", best.via.az)), hop{network.Edge, best.via.az}
		default:
			path, at = append(path, fmt.Sprint(best.via.tier, best.via.az)), best.via
		}
	}
	require.Fail(t, "the packet goes round in circles", "%v to %s: %v", at, to, path)
	return ""
}

func address(p network.Plan, t network.Tier, az int) netip.Addr {
	return p.Subnets[t][az].Addr().Next()
}

func TestPathsOfTheInternet(t *testing.T) {
	for _, all := range ranges {
		p := planOf(all)
		for az := range network.AvailabilityZones {
			// A client reaches the edge through outer, and the answer takes the same endpoint.
			o, i, n := fmt.Sprint("outer", az), fmt.Sprint("inner", az), fmt.Sprint("nat", az)
			assert.Equal(t, o+" there", trace(t, p, hop{gateway, shared}, address(p, network.Edge, az)))
			assert.Equal(t, o+" out", trace(t, p, hop{network.Edge, az}, somewhere))
			// A workload leaves through inner, NAT and outer of its own availability zone; the
			// answer comes to the NAT gateway in the edge and goes back through inner.
			assert.Equal(t, i+" "+n+" "+o+" out", trace(t, p, hop{network.App, az}, somewhere))
			assert.Equal(t, i+" there", trace(t, p, hop{network.Edge, az}, address(p, network.App, az)))
			for _, isolated := range []network.Tier{network.Data, network.Backup, network.Management} {
				assert.Equal(t, "nowhere", trace(t, p, hop{isolated, az}, somewhere), isolated)
				assert.Equal(t, "there", trace(t, p, hop{gateway, shared}, address(p, isolated, az)), "no way in is routed, and nothing there has a public address")
			}
		}
	}
}

func TestEdgeAndWorkloadsMeetInTheSameFirewall(t *testing.T) {
	p := planOf(ranges[0])
	for from := range network.AvailabilityZones {
		for to := range network.AvailabilityZones {
			there := trace(t, p, hop{network.Edge, from}, address(p, network.App, to))
			back := trace(t, p, hop{network.App, to}, address(p, network.Edge, from))
			assert.Contains(t, there, "inner")
			assert.Equal(t, there, back, "edge %d, app %d", from, to)
		}
	}
}

func TestOnlyOuterHoldsTheInternetGateway(t *testing.T) {
	for _, table := range paths(planOf(ranges[0])) {
		for _, r := range table.routes {
			if r.via.tier == gateway {
				assert.Equal(t, network.Outer, table.tier)
			}
			if r.to == internet && table.tier == network.App {
				assert.Equal(t, hop{network.Inner, table.az}, r.via)
			}
		}
	}
}
