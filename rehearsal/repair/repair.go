// Package repair makes a stack whole again after an engine was killed.
//
// The engine writes a stack's state when it ends, not after each step. Pulumi's file backend has no
// journal, which is Pulumi Cloud's alone; it rewrites the whole state twice per resource, and an `up`
// of 529 takes 58 seconds with that and 18 without (pulumi v3.276.0 on 2 busy cores, 2026-11). So a
// killed engine leaves a state that knows nothing of what it did. The simulated clouds do, their store
// survives; on a real cloud nothing would, and no live run skips its checkpoints.
//
// A mark beside the state says that an engine is at work. It outlives a killed one, and then the next
// run sets state and clouds right before it goes on.
package repair

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"tenant-runtime/rehearsal/home"
	"tenant-runtime/rehearsal/sim"
)

// Stack is one stack, its state and its clouds.
type Stack struct {
	Home          home.Dir
	Project, Name string
	World         *sim.World
	Pulumi        Pulumi
}

// Pulumi runs the CLI and returns what it prints.
type Pulumi interface {
	Output(ctx context.Context, args ...string) ([]byte, error)
}

func (s Stack) file() string {
	return filepath.Join(s.Home.State(), ".pulumi", "stacks", s.Project, s.Name+".json")
}

func (s Stack) mark() string { return filepath.Join(s.Home.Path("unfinished"), s.Project, s.Name) }

// Begin makes the stack fit for the engine: it exists, no dead engine holds it, and after a kill its
// state and its clouds agree. It returns what it had to do.
func (s Stack) Begin(ctx context.Context) (notes []string, err error) {
	state, found, err := s.State()
	if err != nil {
		return nil, err
	}
	if !found {
		if _, err := s.Pulumi.Output(ctx, "stack", "init", s.Name, "--no-select"); err != nil {
			return nil, err
		}
	}
	if err := s.forgetDead(); err != nil {
		return nil, err
	}
	if s.isMarked() || state.isUnfinished() {
		if notes, err = s.reconcile(ctx, state); err != nil {
			return nil, fmt.Errorf("repair after a killed run: %w", err)
		}
	}
	if err := os.MkdirAll(filepath.Dir(s.mark()), 0o755); err != nil {
		return notes, err
	}
	return notes, os.WriteFile(s.mark(), nil, 0o644)
}

func (s Stack) isMarked() bool {
	_, err := os.Stat(s.mark())
	return !errors.Is(err, fs.ErrNotExist)
}

// Finish removes the mark once state and clouds agree: the engine wrote its state when it ended, or
// there was nothing to write, and all that an earlier, killed engine left has been taken over. Its
// exit status says nothing; a panic has that of an ordinary failure.
func (s Stack) Finish() error {
	if len(s.World.Left(s.Name)) > 0 {
		return nil
	}
	if !isNewer(s.file(), s.mark()) {
		state, _, err := s.State()
		if err != nil {
			return err
		}
		recorded := state.Recorded()
		if slices.ContainsFunc(s.standing(), func(r Resource) bool { return !recorded[r] }) {
			return nil
		}
	}
	return os.RemoveAll(s.mark())
}

func isNewer(file, than string) bool {
	f, err := os.Stat(file)
	if err != nil {
		return false
	}
	t, err := os.Stat(than)
	return err == nil && f.ModTime().After(t.ModTime())
}

// standing is what the clouds have of the stack and have not deleted.
func (s Stack) standing() (list []Resource) {
	for _, r := range s.World.Residue(s.Name) {
		if r.Fate == "" {
			list = append(list, Resource{string(r.URN), r.ID})
		}
	}
	return list
}

// forgetDead removes what a killed engine left beside the stack's state: its lock, and a half-written
// file. Only the holder of the home's lock may call it, since nobody else can tell dead from alive.
func (s Stack) forgetDead() error {
	half, err := filepath.Glob(s.file() + ".*.tmp")
	if err != nil {
		return err
	}
	for _, file := range half {
		if err := os.Remove(file); err != nil {
			return err
		}
	}
	return os.RemoveAll(filepath.Join(s.Home.State(), ".pulumi", "locks", "organization", s.Project, s.Name))
}

// reconcile handles both ways in which a state can be wrong: what the clouds have and it does not
// know is handed to the next creates; what it knows and the clouds no longer have the engine finds
// out itself. Updates need nothing: they have the same effect twice as once.
func (s Stack) reconcile(ctx context.Context, state State) (notes []string, err error) {
	recorded := state.Recorded()
	known := func(urn resource.URN, id string) bool { return recorded[Resource{string(urn), id}] }
	if n := s.World.Adopt(s.Name, known); n > 0 {
		notes = append(notes, fmt.Sprintf("the last run was killed: %d resources it had created are taken over", n))
	}
	if state.isUnfinished() {
		if err := s.dropCreates(ctx); err != nil {
			return nil, err
		}
	}
	for _, r := range s.standing() {
		delete(recorded, r)
	}
	if len(recorded) > 0 {
		notes = append(notes, fmt.Sprintf("the last run was killed: %d resources it had deleted are dropped from the state", len(recorded)))
		_, err = s.Pulumi.Output(ctx, "refresh", "--stack", s.Name, "--yes", "--skip-preview")
	}
	return notes, err
}

// dropCreates removes begun creates from the state. The engine would ask somebody what became of
// them; the clouds know.
func (s Stack) dropCreates(ctx context.Context) error {
	export, err := s.Pulumi.Output(ctx, "stack", "export", "--stack", s.Name)
	if err != nil {
		return err
	}
	edited, err := withoutCreates(export)
	if err != nil {
		return err
	}
	file := s.Home.Path(s.Name + ".repaired.json")
	if err := os.WriteFile(file, edited, 0o600); err != nil {
		return err
	}
	defer os.Remove(file)
	_, err = s.Pulumi.Output(ctx, "stack", "import", "--stack", s.Name, "--file", file)
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
