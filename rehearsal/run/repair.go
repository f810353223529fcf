package run

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
)

// repair is what must happen to a stack's state before the engine may go on after a kill.
type repair struct {
	Adopt map[string]string // URN of an unfinished create → id of what it did create
	Clear []string          // URNs of unfinished creates that created nothing
}

func (r repair) none() bool { return len(r.Adopt) == 0 && len(r.Clear) == 0 }

// planRepair asks the cloud about each create that the engine had begun and not recorded as done.
// An id the state already has is no answer: a replacement creates the new resource under the old
// one's URN while the old one still stands.
//
// Unfinished updates and deletes need nothing. The next run begins them again, and both have the
// same effect twice as once.
func planRepair(c checkpoint, created func(urn string) (id string, ok bool)) repair {
	known := map[string]bool{}
	for _, r := range c.Checkpoint.Latest.Resources {
		if !r.PendingReplacement { // already deleted, kept in the state as a reminder
			known[r.URN+" "+r.ID] = true
		}
	}
	plan := repair{Adopt: map[string]string{}}
	for _, op := range c.Checkpoint.Latest.Pending {
		if op.Type != creating {
			continue
		}
		urn := op.Resource.URN
		if id, ok := created(urn); ok && !known[urn+" "+id] {
			plan.Adopt[urn] = id
		} else {
			plan.Clear = append(plan.Clear, urn)
		}
	}
	return plan
}

// edit carries the plan out on an exported deployment. It touches nothing else, so the rest is
// kept as it came, known to us or not.
func (r repair) edit(export []byte) ([]byte, error) {
	var file struct {
		Version    int            `json:"version"`
		Features   []string       `json:"features,omitempty"`
		Deployment map[string]any `json:"deployment"`
	}
	if err := json.Unmarshal(export, &file); err != nil {
		return nil, err
	}
	resources, _ := file.Deployment["resources"].([]any)
	pending, _ := file.Deployment["pending_operations"].([]any)
	var rest []any
	for _, item := range pending {
		op, _ := item.(map[string]any)
		adopted, _ := op["resource"].(map[string]any)
		if op["type"] != creating || adopted == nil {
			rest = append(rest, item)
			continue
		}
		urn, _ := adopted["urn"].(string)
		id, ok := r.Adopt[urn]
		if !ok {
			continue
		}
		resources = supersede(resources, urn)
		adopted["id"] = id
		resources = append(resources, adopted)
	}
	file.Deployment["resources"], file.Deployment["pending_operations"] = resources, rest
	return json.Marshal(file)
}

// supersede does to the holder of a URN what the engine does when its replacement has been created:
// marks it for deletion, or forgets it if that came first.
func supersede(resources []any, urn string) []any {
	return slices.DeleteFunc(resources, func(item any) bool {
		old, _ := item.(map[string]any)
		if old["urn"] != urn || old["delete"] == true {
			return false
		}
		if old["pendingReplacement"] == true {
			return true
		}
		old["delete"] = true
		return false
	})
}

// prepare makes a stack fit for the engine: it exists, no dead engine holds it, and every create
// that a kill cut short is either in its state or did not happen. It returns what it had to do.
func (r *Rehearsal) prepare(ctx context.Context, stack string) (notes []string, err error) {
	state, found, err := r.home.readState(r.project.name, stack)
	if err != nil {
		return nil, err
	}
	if !found {
		_, err := r.output(ctx, "stack", "init", stack, "--no-select")
		return nil, err
	}
	if err := r.home.forgetDead(r.project.name, stack); err != nil {
		return nil, err
	}
	plan := planRepair(state, r.createdFor)
	if plan.none() {
		return nil, nil
	}
	if err := r.apply(ctx, stack, plan); err != nil {
		return nil, fmt.Errorf("repair after a killed run: %w", err)
	}
	return []string{fmt.Sprintf("the last run was killed: adopted %d resources it had created, dropped %d creates that had not happened",
		len(plan.Adopt), len(plan.Clear))}, nil
}

// apply rewrites the state through the CLI, then has the engine read what was adopted: a create
// that never returned has left no outputs.
func (r *Rehearsal) apply(ctx context.Context, stack string, plan repair) error {
	export, err := r.output(ctx, "stack", "export", "--stack", stack)
	if err != nil {
		return err
	}
	edited, err := plan.edit(export)
	if err != nil {
		return err
	}
	file := r.home.path(stack + ".repaired.json")
	if err := os.WriteFile(file, edited, 0o600); err != nil {
		return err
	}
	defer os.Remove(file)
	if _, err := r.output(ctx, "stack", "import", "--stack", stack, "--file", file); err != nil {
		return err
	}
	if len(plan.Adopt) == 0 {
		return nil
	}
	args := []string{"refresh", "--stack", stack, "--yes", "--skip-preview"}
	for _, urn := range slices.Sorted(maps.Keys(plan.Adopt)) {
		args = append(args, "--target", urn)
	}
	_, err = r.output(ctx, args...)
	return err
}
