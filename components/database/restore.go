package database

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/rds"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/scope"
)

// Restore says what a new database starts from: a snapshot, or backups at a
// moment. It has no effect on a database that exists, so it can stay or go
// afterwards, and a restore can never replace a live database (BAK-13).
type Restore struct {
	Snapshot string    // id, in the home region
	Backups  string    // id of automated backups, in the home region (AWS: ARN)
	At       time.Time // with Backups only; zero: the latest moment there is
	Key      string    // what the source is sealed with: no cloud reseals on restore, so the database keeps it
}

func (r *Restore) check(into scope.Environment) error {
	switch {
	case r == nil:
		return nil
	case into != scope.Production && into != scope.Drill:
		return fmt.Errorf("restore: real data does not come into environment %q (ENV-02): use %q or %q", into, scope.Production, scope.Drill)
	case (r.Snapshot == "") == (r.Backups == ""):
		return errors.New("restore: give either a snapshot or backups")
	case r.Snapshot != "" && !r.At.IsZero():
		return fmt.Errorf("restore: a snapshot is one moment, so %s does not apply; a time goes with backups", r.At.UTC().Format(time.RFC3339))
	case r.Key == "":
		return errors.New("restore: name the key that seals the source")
	}
	return nil
}

func (r *Restore) key(own pulumi.StringOutput) pulumi.StringInput {
	if r == nil {
		return own
	}
	return pulumi.String(r.Key)
}

func (r *Restore) snapshot() pulumi.StringPtrInput {
	if r == nil || r.Snapshot == "" {
		return nil
	}
	return pulumi.String(r.Snapshot)
}

func (r *Restore) pointInTime() rds.InstanceRestoreToPointInTimePtrInput {
	if r == nil || r.Backups == "" {
		return nil
	}
	from := rds.InstanceRestoreToPointInTimeArgs{SourceDbInstanceAutomatedBackupsArn: pulumi.String(r.Backups)}
	if r.At.IsZero() {
		from.UseLatestRestorableTime = pulumi.Bool(true)
	} else {
		from.RestoreTime = pulumi.String(r.At.UTC().Format(time.RFC3339))
	}
	return from
}

// generation tells final snapshots apart: a fixed name works once, and a restored
// database would fail to leave one where its predecessor has.
func (r *Restore) generation() []string {
	if r == nil {
		return nil
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %s %s", r.Snapshot, r.Backups, r.At.UTC()))
	return []string{"r" + hex.EncodeToString(sum[:])[:8]}
}
