package database

import (
	"errors"
	"fmt"
	"time"

	"tenant-runtime/components/scope"
)

// Restore says what a new database starts from: a snapshot, or backups at a
// moment. It has no effect on a database that exists, so it can stay or go
// afterwards, and a restore can never replace a live database (BAK-13).
type Restore struct {
	// Snapshot is the id of a snapshot in the home region.
	Snapshot string `json:"snapshot,omitempty"`

	// Backups is the id of automated backups in the home region (AWS: their ARN).
	Backups string `json:"backups,omitempty"`

	// At goes with Backups; without it the database starts from the latest moment
	// there is.
	At time.Time `json:"at,omitzero"`

	// Key is what the source is encrypted with: no cloud changes it on restore, so the
	// database keeps it.
	Key string `json:"key"`
}

// Check reports what makes no restore; none at all is right.
func (r *Restore) Check(into scope.Environment) error {
	switch {
	case r == nil:
		return nil
	case into != scope.Production && into != scope.Drill:
		return fmt.Errorf("real data does not come into environment %q (ENV-02): use %q or %q", into, scope.Production, scope.Drill)
	case (r.Snapshot == "") == (r.Backups == ""):
		return errors.New("give either a snapshot or backups")
	case r.Snapshot != "" && !r.At.IsZero():
		return fmt.Errorf("a snapshot is one moment, so %s does not apply; a time goes with backups", r.At.UTC().Format(time.RFC3339))
	case r.Key == "":
		return errors.New("name the key that the source is encrypted with")
	}
	return nil
}
