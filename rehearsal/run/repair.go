package run

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"tenant-runtime/rehearsal/sim"
)

// The engine writes a stack's state when it ends, not after each step: rewriting it twice for each
// of 570 resources takes four fifths of an `up` (pulumi v3.255.0, measured 2026-11). So a killed
// engine leaves a state that knows nothing of what it did. The simulated clouds do, their store
// survives; on a real cloud nothing would, and no live run skips its checkpoints.
//
// A mark beside the state says that an engine is at work. It outlives a killed one, and then the
// next run sets state and clouds right before it goes on.

func (h home) mark(project, stack string) string {
	return filepath.Join(h.path("unfinished"), project, stack)
}

func (h home) begin(project, stack string) error {
	file := h.mark(project, stack)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, nil, 0o644)
}

// finish removes the mark once state and clouds agree: the engine wrote its state when it ended, or
// there was nothing to write, and all that an earlier, killed engine left has been taken over. Its
// exit status says nothing; a panic has that of an ordinary failure.
func (r *Rehearsal) finish(stack string) error {
	mark, file := r.home.mark(r.project.name, stack), r.home.stackFile(r.project.name, stack)
	if len(r.world.Left(stack)) > 0 {
		return nil
	}
	if !newer(file, mark) {
		state, _, err := r.home.readState(r.project.name, stack)
		if err != nil {
			return err
		}
		if recorded := state.recorded(); slices.ContainsFunc(r.world.Residue(stack), func(s sim.Resource) bool {
			return s.Fate == "" && !recorded[recordOf(string(s.URN), s.ID)]
		}) {
			return nil
		}
	}
	return os.RemoveAll(mark)
}

func newer(file, than string) bool {
	f, err := os.Stat(file)
	if err != nil {
		return false
	}
	t, err := os.Stat(than)
	return err == nil && f.ModTime().After(t.ModTime())
}

// prepare makes a stack fit for the engine: it exists, no dead engine holds it, and after a kill its
// state and its clouds agree. It returns what it had to do.
func (r *Rehearsal) prepare(ctx context.Context, stack string) (notes []string, err error) {
	state, found, err := r.home.readState(r.project.name, stack)
	if err != nil {
		return nil, err
	}
	if !found {
		if _, err := r.output(ctx, "stack", "init", stack, "--no-select"); err != nil {
			return nil, err
		}
	}
	if err := r.home.forgetDead(r.project.name, stack); err != nil {
		return nil, err
	}
	if exists(r.home.mark(r.project.name, stack)) || state.unfinished() {
		if notes, err = r.reconcile(ctx, stack, state); err != nil {
			return nil, fmt.Errorf("repair after a killed run: %w", err)
		}
	}
	return notes, r.home.begin(r.project.name, stack)
}

// reconcile handles both ways in which a state can be wrong: what the clouds have and it does not
// know is handed to the next creates; what it knows and the clouds no longer have the engine finds
// out itself. Updates need nothing: they have the same effect twice as once.
func (r *Rehearsal) reconcile(ctx context.Context, stack string, state checkpoint) (notes []string, err error) {
	recorded := state.recorded()
	if n := r.world.Adopt(stack, func(urn resource.URN, id string) bool { return recorded[recordOf(string(urn), id)] }); n > 0 {
		notes = append(notes, fmt.Sprintf("the last run was killed: %d resources it had created are taken over", n))
	}
	if state.unfinished() {
		if err := r.dropCreates(ctx, stack); err != nil {
			return nil, err
		}
	}
	for _, s := range r.world.Residue(stack) {
		if s.Fate == "" {
			delete(recorded, recordOf(string(s.URN), s.ID))
		}
	}
	if len(recorded) > 0 {
		notes = append(notes, fmt.Sprintf("the last run was killed: %d resources it had deleted are dropped from the state", len(recorded)))
		_, err = r.output(ctx, "refresh", "--stack", stack, "--yes", "--skip-preview")
	}
	return notes, err
}

// dropCreates removes begun creates from a state. The engine would ask somebody what became of
// them; the clouds know.
func (r *Rehearsal) dropCreates(ctx context.Context, stack string) error {
	export, err := r.output(ctx, "stack", "export", "--stack", stack)
	if err != nil {
		return err
	}
	edited, err := withoutCreates(export)
	if err != nil {
		return err
	}
	file := r.home.path(stack + ".repaired.json")
	if err := os.WriteFile(file, edited, 0o600); err != nil {
		return err
	}
	defer os.Remove(file)
	_, err = r.output(ctx, "stack", "import", "--stack", stack, "--file", file)
	return err
}

// withoutCreates edits an exported deployment. It touches nothing else, so the rest is kept as it
// came, known to us or not.
func withoutCreates(export []byte) ([]byte, error) {
	var file map[string]any
	if err := json.Unmarshal(export, &file); err != nil {
		return nil, err
	}
	deployment, _ := file["deployment"].(map[string]any)
	pending, _ := deployment["pending_operations"].([]any)
	rest := []any{}
	for _, item := range pending {
		if op, _ := item.(map[string]any); op["type"] != creating {
			rest = append(rest, item)
		}
	}
	if deployment != nil {
		deployment["pending_operations"] = rest
	}
	return json.Marshal(file)
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
