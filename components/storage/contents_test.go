package storage

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"tenant-runtime/components/scope"
	"tenant-runtime/regions"
)

// Nothing is kept for ever (BAK-15), no lock outlasts what it locks (C-20), and
// what was deleted is gone within the 120 days promised to tenants (TEN-11).
func TestContentsEnd(t *testing.T) {
	for purpose, c := range contents {
		assert.Positive(t, c.undo, "%s: deleted files stay for ever", purpose)
		assert.LessOrEqual(t, c.undo+restorable, 120, "%s", purpose)
		assert.LessOrEqual(t, c.undo+softDelete/day, 120, "%s", purpose)
		if c.lock > 0 {
			assert.Greater(t, c.keep, c.lock, "%s: would end while it is locked", purpose)
		}
		if c.keep == 0 {
			assert.True(t, c.pooled, "%s: no tenant whose end would be the files'", purpose)
		}
		assert.Equal(t, c.class == scope.Confidential, c.zone == scope.Management, "%s: records are kept away from what they record", purpose)
	}
}

// A second copy goes to the pair only where the pair is under the same law.
func TestRedundancyStaysUnderTheLaw(t *testing.T) {
	got := map[string]int{}
	for _, r := range regions.All() {
		if r.Cloud != regions.Azure || r.Jurisdiction == "" {
			continue
		}
		sku, err := redundancy(r)
		if len(r.Zones) == 0 {
			assert.ErrorContains(t, err, string(r.ID))
			continue
		}
		got[sku]++
		pair, _ := regions.Lookup(r.Pair)
		if sku == "Standard_GZRS" {
			assert.Equal(t, r.Jurisdiction, pair.Jurisdiction, "%s", r.ID)
		} else {
			assert.Equal(t, "Standard_ZRS", sku)
			assert.NotEqual(t, r.Jurisdiction, pair.Jurisdiction, "%s has a second place it does not use", r.ID)
		}
	}
	assert.Positive(t, got["Standard_GZRS"])
	assert.Positive(t, got["Standard_ZRS"])
}
