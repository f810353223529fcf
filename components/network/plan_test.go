package network

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var ranges = []string{"10.20.0.0/16", "10.0.0.0/17", "172.16.64.0/18", "192.168.0.0/19", "10.1.16.0/20"}

func planOf(t *testing.T, all string) plan {
	p, err := newPlan(netip.MustParsePrefix(all))
	require.NoError(t, err)
	return p
}

func TestPlanLaws(t *testing.T) {
	for _, all := range ranges {
		p := planOf(t, all)
		var subnets []netip.Prefix
		for _, row := range layout {
			assert.Len(t, p.subnets[row.tier], zones, "%s: %s", all, row.tier)
			for _, subnet := range p.subnets[row.tier] {
				assert.Equal(t, subnet.Masked(), subnet)
				assert.True(t, inside(subnet, p.tiers[row.tier]), "%s: %s in %s", all, subnet, row.tier)
				assert.True(t, inside(subnet, p.all), "%s: %s", all, subnet)
				assert.LessOrEqual(t, subnet.Bits(), 28, "%s: AWS takes no subnet smaller than /28", all)
				assert.Equal(t, p.subnets[row.tier][0].Bits(), subnet.Bits(), "%s: zones are equal", all)
				if row.tier != app {
					assert.Greater(t, subnet.Bits(), p.subnets[app][0].Bits(), "%s: app is the largest", all)
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
	p := planOf(t, "10.20.0.0/16")
	want := map[tier]string{
		edge: "10.20.0.0/20", outer: "10.20.16.0/22", inner: "10.20.20.0/22", app: "10.20.64.0/18",
		data: "10.20.128.0/19", backup: "10.20.160.0/20", management: "10.20.176.0/20",
	}
	for tier, cidr := range want {
		assert.Equal(t, cidr, p.tiers[tier].String(), tier)
	}
	assert.Equal(t, "10.20.80.0/20", p.subnets[app][1].String())
}

func TestPlanRefuses(t *testing.T) {
	for name, all := range map[string]netip.Prefix{
		"nothing":   {},
		"public":    netip.MustParsePrefix("8.8.0.0/16"),
		"IPv6":      netip.MustParsePrefix("fd00::/48"),
		"host bits": netip.MustParsePrefix("10.20.1.0/16"),
		"too large": netip.MustParsePrefix("10.0.0.0/15"),
		"too small": netip.MustParsePrefix("10.0.0.0/21"),
	} {
		_, err := newPlan(all)
		assert.Error(t, err, name)
	}
}
