package repair

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/rehearsal/home"
)

func TestWhatAStateRecords(t *testing.T) {
	var s State
	require.NoError(t, json.Unmarshal([]byte(`{"checkpoint": {"latest": {"resources": [
		{"urn": "stack", "type": "pulumi:pulumi:Stack"},
		{"urn": "provider", "type": "pulumi:providers:aws", "id": "0"},
		{"urn": "component", "type": "tenant-runtime:keys:Keys"},
		{"urn": "key", "type": "aws:kms/key:Key", "id": "1"},
		{"urn": "reminder", "type": "aws:kms/key:Key", "id": "2", "pendingReplacement": true}
	], "pending_operations": [{"type": "deleting", "resource": {"urn": "key"}}]}}}`), &s))
	assert.Equal(t, map[Resource]bool{{"key", "1"}: true}, s.Recorded())
	assert.False(t, s.isUnfinished(), "a delete is begun again by itself")

	s.Checkpoint.Latest.Pending = append(s.Checkpoint.Latest.Pending, operation{Type: creating})
	assert.True(t, s.isUnfinished())
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

func TestForgetDeadLeavesOtherStacksAlone(t *testing.T) {
	s := Stack{Home: home.Dir(t.TempDir()), Project: "tenant-runtime", Name: "eu"}
	const locks = ".pulumi/locks/organization/tenant-runtime/"
	for _, name := range []string{locks + "eu/1.json", locks + "eu-gcp/2.json", ".pulumi/stacks/tenant-runtime/eu.json", ".pulumi/stacks/tenant-runtime/eu.json.18ea.tmp"} {
		file := filepath.Join(s.Home.State(), name)
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
		require.NoError(t, os.WriteFile(file, nil, 0o644))
	}
	require.NoError(t, s.forgetDead())
	assert.NoFileExists(t, filepath.Join(s.Home.State(), locks, "eu/1.json"))
	assert.FileExists(t, filepath.Join(s.Home.State(), locks, "eu-gcp/2.json"))
	assert.FileExists(t, s.file())
	assert.NoFileExists(t, s.file()+".18ea.tmp")
}
