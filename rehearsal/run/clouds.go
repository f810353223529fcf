package run

import (
	"context"
	"fmt"
	"io"
	"strings"

	"tenant-runtime/rehearsal/sim"
	"tenant-runtime/rehearsal/sim/clouds"
	"tenant-runtime/rehearsal/sim/provider"
)

// startClouds opens the world kept in file and serves its providers until ctx ends.
func startClouds(ctx context.Context, file string) (*sim.World, provider.Ports, error) {
	world, err := clouds.Open(file)
	if err != nil {
		return nil, nil, err
	}
	ports, err := provider.Serve(ctx, world)
	if err != nil {
		world.Close()
		return nil, nil, err
	}
	return world, ports, nil
}

// World is the simulated clouds, for those who want to look at them or break them.
func (r *Rehearsal) World() *sim.World { return r.world }

// WriteGaps names what the simulation does not know, so that nobody takes it for more than it is.
func WriteGaps(out io.Writer) {
	var topics []string
	for _, gap := range sim.Gaps {
		topic, _, _ := strings.Cut(gap, ":")
		topics = append(topics, topic)
	}
	fmt.Fprintf(out, "\nNot simulated (`go run ./rehearsal gaps` says more): %s.\n", strings.Join(topics, "; "))
}
