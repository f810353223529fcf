package database

import (
	"errors"

	"tenant-runtime/components/value"
)

// Source is what a new database starts from: a snapshot, or backups at a moment. It
// has no effect on a database that exists, so it can stay or go afterwards, and a
// restore can never replace a live database (BAK-13).
type Source struct {
	// Snapshot is one moment, in the home region.
	Snapshot value.SnapshotID `json:"snapshot,omitempty" example:"eu-final"`

	// Backups are automated ones in the home region, of which any moment can be
	// restored.
	Backups value.ARN `json:"backups,omitempty" example:"arn:aws:rds:eu-west-1:111122223333:auto-backup:ab-0123456789abcdef0"`

	// At is the moment of the backups, in UTC; left out, it is the latest there is.
	At value.Moment `json:"at,omitzero" example:"'2026-11-28T09:30:00Z'"`

	// Key is what the snapshot or the backups are encrypted with: no cloud changes it
	// on restore, so the database keeps it.
	Key value.ARN `json:"key" example:"arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"`
}

// Check reports what makes no source.
func (s Source) Check() error {
	switch {
	case (s.Snapshot == "") == (s.Backups == ""):
		return errors.New("needs either snapshot or backups: give one of them")
	case s.Snapshot != "" && !s.At.IsZero():
		return errors.New("has a moment (at) beside a snapshot, which is one moment: remove at, or give backups")
	case s.Key == "":
		return errors.New("names no key: give the one that the source is encrypted with")
	}
	return nil
}
