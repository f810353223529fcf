package aws

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/rds"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/database"
)

// onlyAtCreation names the properties that say what an instance was restored from,
// and the key that came with it: a later change would replace the database.
var onlyAtCreation = pulumi.IgnoreChanges([]string{"snapshotIdentifier", "restoreToPointInTime", "kmsKeyId"})

// restoreFrom lets the instance start from the source, with the source's key.
func restoreFrom(r *database.Source, instance *rds.InstanceArgs) {
	if r == nil {
		return
	}
	instance.KmsKeyId = pulumi.String(r.Key)
	if r.Snapshot != "" {
		instance.SnapshotIdentifier = pulumi.String(r.Snapshot)
		return
	}
	from := rds.InstanceRestoreToPointInTimeArgs{SourceDbInstanceAutomatedBackupsArn: pulumi.String(r.Backups)}
	if r.At.IsZero() {
		from.UseLatestRestorableTime = pulumi.Bool(true)
	} else {
		from.RestoreTime = pulumi.String(r.At.UTC().Format(time.RFC3339))
	}
	instance.RestoreToPointInTime = from
}

// final names the last snapshot. A fixed name works once, and a restored database
// would fail to leave one where its predecessor has: so the restore is part of it.
func final(r *database.Source) []string {
	if r == nil {
		return []string{"final"}
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %s %s", r.Snapshot, r.Backups, r.At.UTC()))
	return []string{"final", "r" + hex.EncodeToString(sum[:])[:8]}
}
