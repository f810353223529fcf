package deploy

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/database"
	"tenant-runtime/components/storage"
)

// source returns what a database starts from; nil is nothing.
func (r *Restore) source() *database.Source {
	if r == nil {
		return nil
	}
	return r.Database
}

// exportRestore names what the operator's restore jobs need. A job is not a
// resource, so the stack cannot run it.
func (s *stack) exportRestore(name string, r *Restore, c cell) {
	if r == nil || len(r.Stores) == 0 {
		return
	}
	jobs := pulumi.Array{}
	for _, from := range r.Stores {
		jobs = append(jobs, pulumi.StringMap{
			"recoveryPoint": pulumi.String(from.Copy),
			"into":          c.storage.Of(storage.Purpose(from.Store)).Name,
			"role":          c.backup.Restore,
		})
	}
	s.ctx.Export(name, jobs)
}
