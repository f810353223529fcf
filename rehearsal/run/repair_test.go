package run

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// state builds a checkpoint from its JSON parts.
func state(t *testing.T, resources, pending string) checkpoint {
	t.Helper()
	var c checkpoint
	require.NoError(t, json.Unmarshal([]byte(`{"checkpoint":{"latest":{"resources":`+resources+`,"pending_operations":`+pending+`}}}`), &c))
	return c
}

func TestWhatAStateRecords(t *testing.T) {
	c := state(t, `[
		{"urn": "stack", "type": "pulumi:pulumi:Stack"},
		{"urn": "provider", "type": "pulumi:providers:aws", "id": "0"},
		{"urn": "component", "type": "tenant-runtime:keys:Keys"},
		{"urn": "key", "type": "aws:kms/key:Key", "id": "1"},
		{"urn": "reminder", "type": "aws:kms/key:Key", "id": "2", "pendingReplacement": true}
	]`, `[{"type": "deleting", "resource": {"urn": "key"}}]`)
	assert.Equal(t, map[string]bool{recordOf("key", "1"): true}, c.recorded())
	assert.False(t, c.unfinished(), "a delete is begun again by itself")

	c.Checkpoint.Latest.Pending = append(c.Checkpoint.Latest.Pending, operation{Type: creating})
	assert.True(t, c.unfinished())
}

func TestWithoutCreates(t *testing.T) {
	edited, err := withoutCreates([]byte(`{
		"version": 3,
		"deployment": {
			"manifest": {"magic": "kept"},
			"resources": [{"urn": "other", "id": "9"}],
			"pending_operations": [
				{"type": "creating", "resource": {"urn": "new", "inputs": {"a": 1}}},
				{"type": "deleting", "resource": {"urn": "other"}}
			]
		}
	}`))
	require.NoError(t, err)
	assert.JSONEq(t, `{
		"version": 3,
		"deployment": {
			"manifest": {"magic": "kept"},
			"resources": [{"urn": "other", "id": "9"}],
			"pending_operations": [{"type": "deleting", "resource": {"urn": "other"}}]
		}
	}`, string(edited))
}
