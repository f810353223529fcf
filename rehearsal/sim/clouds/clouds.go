// Package clouds puts the three simulated clouds into one world.
package clouds

import (
	"slices"

	"tenant-runtime/rehearsal/sim"
	"tenant-runtime/rehearsal/sim/aws"
	"tenant-runtime/rehearsal/sim/azure"
	"tenant-runtime/rehearsal/sim/gcp"
)

// Tables returns the tables of all clouds.
func Tables() []sim.Table { return []sim.Table{aws.Table(), gcp.Table(), azure.Table()} }

// Switches are the kinds of which an account, or a region of it, has one for all that
// is in it, sorted.
func Switches() []string {
	var all []string
	for _, t := range Tables() {
		for _, k := range t.Kinds {
			if k.Switch != "" {
				all = append(all, k.Type)
			}
		}
	}
	slices.Sort(all)
	return all
}

// Open opens the world kept in a file, with all clouds.
func Open(path string) (*sim.World, error) { return sim.Open(path, Tables()...) }
