package run

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"tenant-runtime/rehearsal/sim"
)

// protections are the switches by which a resource refuses to be deleted.
var protections = []resource.PropertyKey{"deletionProtection", "enableDeletionProtection", "deleteProtection"}

// unprotect does what an operator must do by hand before a runtime can be given up: it switches off
// deletion protection. The program cannot, on purpose: no argument of it weakens a guarantee.
func (r *Rehearsal) unprotect(stack string) (notes []string, err error) {
	var names []string
	for _, resource := range r.world.Resources(func(s sim.Resource) bool { return s.Stack() == stack }) {
		for _, key := range protections {
			if value := resource.Inputs[key]; !value.IsBool() || !value.BoolValue() {
				continue
			}
			if err := r.world.Drift(resource.URN, string(key), false); err != nil {
				return nil, err
			}
			names = append(names, label(string(resource.URN)))
		}
	}
	if len(names) == 0 {
		return nil, nil
	}
	return []string{fmt.Sprintf("switched deletion protection off by hand, as an operator must: %s", some(names))}, nil
}

// residue sorts out what the clouds still have of a stack after a destroy. Nothing failed if all
// that is left in the state are stores that hold data: those no cloud deletes, and the program has
// no switch to make it.
func residue(c checkpoint, left []sim.Resource) (kept []Residue, clean bool) {
	deployed := c.recorded()
	for _, r := range left {
		entry := Residue{Kind: r.Kind, Name: r.URN.Name(), Fate: string(r.Fate)}
		id := recordOf(string(r.URN), r.ID)
		switch {
		case !deployed[id] && r.Fate == "":
			entry.Fate = "kept by the program"
		case deployed[id] && r.Full:
			entry.Fate = "holds data"
		case deployed[id]:
			continue // not residue: it was not deleted
		}
		delete(deployed, id)
		if r.Until > 0 {
			entry.Fate += " until " + sim.Epoch.Add(r.Until).Format("2006-01-02")
		}
		kept = append(kept, entry)
	}
	return kept, len(deployed) == 0
}

// Residue is something that a destroyed stack leaves in a cloud.
type Residue struct{ Fate, Kind, Name string }

// WriteResidue prints what a destroyed stack leaves behind, by fate and kind.
func WriteResidue(out io.Writer, r Report) {
	if len(r.Residue) == 0 {
		return
	}
	fmt.Fprintf(out, "\n%s leaves behind, as on the real clouds\n", r.Stack)
	names := map[string][]string{}
	for _, left := range r.Residue {
		kind := left.Fate + ": " + left.Kind
		names[kind] = append(names[kind], left.Name)
	}
	for _, kind := range slices.Sorted(maps.Keys(names)) {
		fmt.Fprintf(out, "  %s %s\n", kind, some(names[kind]))
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
