package backup

import (
	"cmp"
	"slices"
)

// Generation is a tier of backups.
type Generation string

// The generations (BAK-05).
const (
	Daily   Generation = "daily"
	Weekly  Generation = "weekly"
	Monthly Generation = "monthly"
)

// Generations lists the generations.
var Generations = []Generation{Daily, Weekly, Monthly}

// kept in days lies between the 90 that are promised (BAK-04) and the 120 after
// which an erasure is complete (TEN-11: 90 and 30 days of grace).
var kept = map[Generation]int{Daily: 90, Weekly: 105, Monthly: 120}

// Days is how long a backup of the generation is kept.
func (g Generation) Days() int { return kept[g] }

// Bounds are the least and the most days that any generation is kept: what a vault
// is locked to.
func Bounds() (least, most int) {
	byDays := func(a, b Generation) int { return cmp.Compare(a.Days(), b.Days()) }
	return slices.MinFunc(Generations, byDays).Days(), slices.MaxFunc(Generations, byDays).Days()
}
