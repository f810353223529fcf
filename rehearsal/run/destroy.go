package run

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"tenant-runtime/rehearsal/repair"
	"tenant-runtime/rehearsal/report"
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
			names = append(names, report.Label(string(resource.URN)))
		}
	}
	if len(names) == 0 {
		return nil, nil
	}
	return []string{fmt.Sprintf("switched deletion protection off by hand, as an operator must: %s", report.Some(names))}, nil
}

// residue sorts out what the clouds still have of a stack after a destroy. Nothing failed if all
// that is left in the state are stores that hold data: those no cloud deletes, and the program has
// no switch to make it.
func residue(recorded map[repair.Resource]bool, left []sim.Resource) (kept []report.Residue, clean bool) {
	for _, r := range left {
		entry := report.Residue{Kind: r.Kind, Name: r.URN.Name(), Fate: string(r.Fate)}
		id := repair.Resource{URN: string(r.URN), ID: r.ID}
		switch {
		case !recorded[id] && r.Fate == "":
			entry.Fate = "kept by the program"
		case recorded[id] && r.HoldsData:
			entry.Fate = "holds data"
		case recorded[id]:
			continue // not residue: it was not deleted
		}
		delete(recorded, id)
		if r.FateEnds > 0 {
			entry.Fate += " until " + sim.Epoch.Add(r.FateEnds).Format("2006-01-02")
		}
		kept = append(kept, entry)
	}
	return kept, len(recorded) == 0
}
