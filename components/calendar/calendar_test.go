package calendar_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"tenant-runtime/components/calendar"
	"tenant-runtime/regions"
)

func TestNightsKeepTheirWindowsApart(t *testing.T) {
	for _, j := range regions.Jurisdictions {
		n := calendar.Of(j)
		for _, h := range []calendar.Hours{n.Plan, n.Snapshot, n.Maintenance} {
			assert.True(t, 0 <= h.From && h.From < h.To && h.To <= 24, "%s: %s is no stretch of a day", j, h)
		}
		for _, pair := range [][2]calendar.Hours{{n.Plan, n.Snapshot}, {n.Plan, n.Maintenance}, {n.Snapshot, n.Maintenance}} {
			assert.Greater(t, apart(pair[0], pair[1]), 1, "%s: %s and %s are too close", j, pair[0], pair[1])
		}
	}
}

func TestMaintenanceFallsIntoTheNight(t *testing.T) {
	// Offsets from UTC of winter and summer time.
	offsets := map[regions.Jurisdiction][]int{regions.CH: {1, 2}, regions.EU: {1, 2}, regions.US: {-8, -7}}
	for j, zones := range offsets {
		for _, offset := range zones {
			m := calendar.Of(j).Maintenance
			assert.GreaterOrEqual(t, m.From+offset, 2, "%s: still Saturday night", j)
			assert.LessOrEqual(t, m.To+offset, 8, "%s: already morning", j)
		}
	}
}

func TestHoursAreWrittenAsTheCloudsReadThem(t *testing.T) {
	assert.Equal(t, "03:00-05:00", calendar.Hours{From: 3, To: 5}.String())
}

// apart is the number of hours between two stretches, around midnight too.
func apart(a, b calendar.Hours) int {
	after := func(x, y calendar.Hours) int { return (y.From - x.To + 24) % 24 }
	return min(after(a, b), after(b, a))
}
