package network_test

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"

	"tenant-runtime/components/network"
	"tenant-runtime/components/value"
)

func planOf(all string) network.Plan {
	return network.NewPlan(value.Range{Prefix: netip.MustParsePrefix(all)})
}

func TestPlanLaws(t *testing.T) {
	for _, all := range []string{"10.20.0.0/16", "10.0.0.0/17", "172.16.64.0/18", "192.168.0.0/19", "10.1.16.0/20"} {
		p := planOf(all)
		var subnets []netip.Prefix
		for _, row := range network.Layout {
			assert.Len(t, p.Subnets[row.Tier], network.AvailabilityZones, "%s: %s", all, row.Tier)
			for _, subnet := range p.Subnets[row.Tier] {
				assert.Equal(t, subnet.Masked(), subnet)
				assert.True(t, inside(subnet, p.Tiers[row.Tier]), "%s: %s in %s", all, subnet, row.Tier)
				assert.True(t, inside(subnet, p.Network), "%s: %s", all, subnet)
				assert.LessOrEqual(t, subnet.Bits(), 28, "%s: AWS takes no subnet smaller than /28", all)
				assert.Equal(t, p.Subnets[row.Tier][0].Bits(), subnet.Bits(), "%s: availability zones are equal", all)
				if row.Tier != network.App {
					assert.Greater(t, subnet.Bits(), p.Subnets[network.App][0].Bits(), "%s: app is the largest", all)
				}
				subnets = append(subnets, subnet)
			}
		}
		for i, a := range subnets {
			for _, b := range subnets[i+1:] {
				assert.False(t, a.Overlaps(b), "%s: %s overlaps %s", all, a, b)
			}
		}
	}
}

func inside(small, large netip.Prefix) bool {
	return large.Contains(small.Addr()) && small.Bits() >= large.Bits()
}

// The plan is written out once, because addresses must never move: a new layout
// replaces every subnet.
func TestPlanOfSixteen(t *testing.T) {
	p := planOf("10.20.0.0/16")
	want := map[network.Tier]string{
		network.Edge: "10.20.0.0/20", network.Outer: "10.20.16.0/22", network.Inner: "10.20.20.0/22", network.App: "10.20.64.0/18",
		network.Data: "10.20.128.0/19", network.Backup: "10.20.160.0/20", network.Management: "10.20.176.0/20",
	}
	for tier, cidr := range want {
		assert.Equal(t, cidr, p.Tiers[tier].String(), tier)
	}
	assert.Equal(t, "10.20.80.0/20", p.Subnets[network.App][1].String())
}
