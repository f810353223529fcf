package repair

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
)

// State is what we read of a stack's state file. The engine alone writes it.
type State struct {
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
	Outputs map[string]any `json:"outputs"`

	PendingReplacement bool `json:"pendingReplacement"`
}

// operation is a step the engine had begun and not finished when it last wrote.
type operation struct {
	Type string `json:"type"`
}

const creating = "creating"

// State reads the stack's state and tells whether the stack exists at all.
func (s Stack) State() (state State, found bool, err error) {
	data, err := os.ReadFile(s.file())
	if errors.Is(err, fs.ErrNotExist) {
		return state, false, nil
	}
	if err != nil {
		return state, false, err
	}
	return state, true, json.Unmarshal(data, &state)
}

// Resource names one resource: a replacement has the URN of the one it replaces.
type Resource struct{ URN, ID string }

// Recorded is what the state says stands in the clouds.
func (s State) Recorded() map[Resource]bool {
	standing := map[Resource]bool{}
	for _, r := range s.Checkpoint.Latest.Resources {
		reminder := r.PendingReplacement // deleted, and kept in the state until its successor stands
		if r.ID != "" && !strings.HasPrefix(r.Type, "pulumi:") && !reminder {
			standing[Resource{r.URN, r.ID}] = true
		}
	}
	return standing
}

// isUnfinished reports creates that an engine had begun and never ended.
func (s State) isUnfinished() bool {
	return slices.ContainsFunc(s.Checkpoint.Latest.Pending, func(op operation) bool { return op.Type == creating })
}

// Outputs are what the stack exports; secrets stay encrypted.
func (s State) Outputs() map[string]any {
	for _, r := range s.Checkpoint.Latest.Resources {
		if r.Type == "pulumi:pulumi:Stack" {
			return r.Outputs
		}
	}
	return nil
}
