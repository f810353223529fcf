package run

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// checkpoint is what we read of a stack's state file. The engine alone writes it.
type checkpoint struct {
	Checkpoint struct {
		Latest struct {
			Resources []record    `json:"resources"`
			Pending   []operation `json:"pending_operations"`
		} `json:"latest"`
	} `json:"checkpoint"`
}

type record struct {
	URN     string         `json:"urn"`
	ID      string         `json:"id"`
	Type    string         `json:"type"`
	Protect bool           `json:"protect"`
	Outputs map[string]any `json:"outputs"`

	PendingReplacement bool `json:"pendingReplacement"`
}

// operation is a step the engine had begun and not finished when it last wrote.
type operation struct {
	Resource record `json:"resource"`
	Type     string `json:"type"`
}

const creating = "creating"

func (h home) stackFile(project, stack string) string {
	return filepath.Join(h.state(), ".pulumi", "stacks", project, stack+".json")
}

// forgetDead removes what a killed engine left beside a stack's state: its lock, and a half-written
// file. Only the holder of the home's lock may call it, since nobody else can tell dead from alive.
func (h home) forgetDead(project, stack string) error {
	half, err := filepath.Glob(h.stackFile(project, stack) + ".*.tmp")
	if err != nil {
		return err
	}
	for _, file := range half {
		if err := os.Remove(file); err != nil {
			return err
		}
	}
	return os.RemoveAll(filepath.Join(h.state(), ".pulumi", "locks", "organization", project, stack))
}

// readState returns a stack's state and whether the stack exists at all.
func (h home) readState(project, stack string) (checkpoint, bool, error) {
	var c checkpoint
	data, err := os.ReadFile(h.stackFile(project, stack))
	if errors.Is(err, fs.ErrNotExist) {
		return c, false, nil
	}
	if err != nil {
		return c, false, err
	}
	return c, true, json.Unmarshal(data, &c)
}

// recordOf names one resource: a replacement has the URN of the one it replaces.
func recordOf(urn, id string) string { return urn + " " + id }

// recorded is what the state says stands in the clouds.
func (c checkpoint) recorded() map[string]bool {
	standing := map[string]bool{}
	for _, r := range c.Checkpoint.Latest.Resources {
		reminder := r.PendingReplacement // deleted, and kept in the state until its successor stands
		if r.ID != "" && !strings.HasPrefix(r.Type, "pulumi:") && !reminder {
			standing[recordOf(r.URN, r.ID)] = true
		}
	}
	return standing
}

// unfinished reports creates that an engine had begun and never ended.
func (c checkpoint) unfinished() bool {
	return slices.ContainsFunc(c.Checkpoint.Latest.Pending, func(op operation) bool { return op.Type == creating })
}

// outputs are what the stack exports; secrets stay sealed.
func (c checkpoint) outputs() map[string]any {
	for _, r := range c.Checkpoint.Latest.Resources {
		if r.Type == "pulumi:pulumi:Stack" {
			return r.Outputs
		}
	}
	return nil
}
