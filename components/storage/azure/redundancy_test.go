package azure

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"tenant-runtime/components/storage"
	"tenant-runtime/regions"
)

// What was deleted is gone within the 120 days promised to tenants (TEN-11).
func TestDeletedFilesEnd(t *testing.T) {
	for purpose, c := range storage.Contents {
		assert.LessOrEqual(t, c.Undo+restorable, 120, "%s", purpose)
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
