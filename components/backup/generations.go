package backup

import (
	"cmp"
	"fmt"
	"slices"

	"tenant-runtime/components/calendar"
)

// generation is a tier of backups.
type generation struct {
	name string
	days string // of a cron expression: day of month, month, day of week, year
	keep int    // days
}

// generations lie between the 90 days that are promised (BAK-04) and the 120
// after which an erasure is complete (TEN-11: 90 and 30 days of grace). Where two
// fall on a day, AWS Backup takes the one that is kept longer (Backup Developer
// Guide "Backup plan options", November 2026), so they may start together.
var generations = []generation{
	{name: "daily", days: "* * ? *", keep: 90},
	{name: "weekly", days: "? * SUN *", keep: 105},
	{name: "monthly", days: "1 * ? *", keep: 120},
}

// schedule is when a generation's jobs start, in UTC.
func (g generation) schedule(night calendar.Night) string {
	return fmt.Sprintf("cron(0 %d %s)", night.Plan.From, g.days)
}

// bounds are the least and the most that any generation is kept: what a vault is
// locked to.
func bounds() (least, most int) {
	byKeep := func(a, b generation) int { return cmp.Compare(a.keep, b.keep) }
	return slices.MinFunc(generations, byKeep).keep, slices.MaxFunc(generations, byKeep).keep
}
