package laws

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"tenant-runtime/policy/rules"
	"tenant-runtime/regions"
	"tenant-runtime/tests/plans"
)

// A rule waits for a part only where no column builds that part: once it is built,
// the rule has to look at it.
func TestRulesWaitOnlyForWhatIsNotBuilt(t *testing.T) {
	waiting := 0
	for _, cloud := range regions.Clouds {
		built := map[string]bool{}
		for _, part := range plans.Columns.Of(cloud).Parts() {
			built[part.Part] = part.Built
		}
		for _, r := range rules.All {
			part := r.Checks.Of(cloud).Part()
			if part == "" {
				continue
			}
			waiting++
			stands, known := built[part]
			assert.True(t, known, "%s waits on %s for %q, which is no part of a column", r.ID, cloud, part)
			assert.False(t, stands, "%s waits on %s for %s, which is built there: give it checks", r.ID, cloud, part)
		}
	}
	assert.Positive(t, waiting)
}
