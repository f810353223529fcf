// Package calendar says when a jurisdiction's users are asleep.
//
// Guarantees: maintenance happens in a fixed window of little traffic (ENV-06),
// and no backup is due while another one or maintenance holds the database.
package calendar

import (
	"fmt"

	"tenant-runtime/regions"
)

// Hours is a stretch of a day, in whole hours UTC.
type Hours struct{ From, To int }

// String writes the hours as 01:00-02:00.
func (h Hours) String() string { return fmt.Sprintf("%02d:00-%02d:00", h.From, h.To) }

// Night is what happens when.
type Night struct {
	Plan        Hours // every day: jobs of the backup plan start
	Snapshot    Hours // every day: the database backs itself up
	Maintenance Hours // Sundays
}

// The clouds reckon in UTC and know no summer time, so a night holds in both.
// AWS Backup gives up on a database within an hour of its other two windows
// (re:Post "backup-coordinates-pitr", read November 2026): hence the gaps.
var nights = map[regions.Jurisdiction]Night{
	regions.CH: central,
	regions.EU: central,
	regions.US: pacific,
}

var (
	central = Night{Plan: Hours{20, 21}, Snapshot: Hours{0, 1}, Maintenance: Hours{3, 5}} // UTC+1, in summer UTC+2
	pacific = Night{Plan: Hours{5, 6}, Snapshot: Hours{8, 9}, Maintenance: Hours{11, 13}} // UTC-8, in summer UTC-7
)

// Of returns the jurisdiction's night.
func Of(j regions.Jurisdiction) Night { return nights[j] }
