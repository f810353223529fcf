// Package clouds puts the three simulated clouds into one world.
package clouds

import (
	"tenant-runtime/rehearsal/sim"
	"tenant-runtime/rehearsal/sim/aws"
	"tenant-runtime/rehearsal/sim/azure"
	"tenant-runtime/rehearsal/sim/gcp"
)

// Tables returns the tables of all clouds.
func Tables() []sim.Table { return []sim.Table{aws.Table(), gcp.Table(), azure.Table()} }

// Open opens the world kept in a file, with all clouds.
func Open(path string) (*sim.World, error) { return sim.Open(path, Tables()...) }
