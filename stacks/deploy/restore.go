package deploy

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/backup"
	"tenant-runtime/components/database"
	"tenant-runtime/components/storage"
)

// database returns what a database starts from; nil is nothing.
func (r *Restore) database() *database.Restore {
	if r == nil || r.Database == nil {
		return nil
	}
	d := r.Database
	return &database.Restore{Snapshot: string(d.Snapshot), Backups: string(d.Backups), At: d.At.Time, Key: string(d.Key)}
}

// exportRestore names what the operator's restore jobs need. A job is not a
// resource, so the stack cannot run it.
func (s *stack) exportRestore(name string, r *Restore, stores storage.Ref, saved backup.Ref) {
	if r == nil || len(r.Stores) == 0 {
		return
	}
	jobs := pulumi.Array{}
	for _, from := range r.Stores {
		jobs = append(jobs, pulumi.StringMap{
			"recoveryPoint": pulumi.String(from.Copy),
			"into":          stores.Of(storage.Purpose(from.Store)).Name,
			"role":          saved.Restore,
		})
	}
	s.ctx.Export(name, jobs)
}
