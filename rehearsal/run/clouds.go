package run

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

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

func (r *Rehearsal) createdFor(urn string) (id string, ok bool) {
	return r.world.CreatedFor(resource.URN(urn))
}

// WriteResidue prints what the clouds still hold of a stack that was destroyed, by kind.
func WriteResidue(out io.Writer, stack string, residue []sim.Resource) {
	if len(residue) == 0 {
		return
	}
	fmt.Fprintf(out, "\n%s leaves behind, as the real clouds would\n", stack)
	names := map[string][]string{}
	for _, r := range residue {
		kind := fmt.Sprintf("%-36s %s", fate(r), r.Kind)
		names[kind] = append(names[kind], r.URN.Name())
	}
	for _, kind := range slices.Sorted(maps.Keys(names)) {
		fmt.Fprintf(out, "  %s: %s\n", kind, some(names[kind]))
	}
}

// some lists the first of many names.
func some(names []string) string {
	names = slices.Compact(slices.Sorted(slices.Values(names)))
	if rest := len(names) - few; rest > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:few], ", "), rest)
	}
	return strings.Join(names, ", ")
}

// fate says in what way something is still there.
func fate(r sim.Resource) string {
	text := string(r.Fate)
	if text == "" {
		text = "standing"
	}
	if r.Until > 0 {
		text += " until " + sim.Epoch.Add(r.Until).Format("2006-01-02")
	}
	return text
}

// WriteGaps names what the simulation does not know, so that nobody takes it for more than it is.
func WriteGaps(out io.Writer) {
	var topics []string
	for _, gap := range sim.Gaps {
		topic, _, _ := strings.Cut(gap, ":")
		topics = append(topics, topic)
	}
	fmt.Fprintf(out, "\nNot simulated (`go run ./rehearsal gaps` says more): %s.\n", strings.Join(topics, "; "))
}
