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

func TestPlanRepair(t *testing.T) {
	const unfinished = `[{"type":"creating","resource":{"urn":"a"}}]`
	none := map[string]string{}
	cases := []struct {
		name               string
		resources, pending string
		world              map[string]string // URN → newest id
		adopt              map[string]string
		clear              []string
	}{
		{"nothing pending", `[{"urn":"a","id":"1"}]`, `[]`, map[string]string{"a": "1"}, none, nil},
		{"created, reply lost", `[]`, unfinished, map[string]string{"a": "1"}, map[string]string{"a": "1"}, nil},
		{"never created", `[]`, unfinished, nil, none, []string{"a"}},
		{"replacement not yet created: the cloud has the old one", `[{"urn":"a","id":"1"}]`, unfinished, map[string]string{"a": "1"}, none, []string{"a"}},
		{"replacement created", `[{"urn":"a","id":"1"}]`, unfinished, map[string]string{"a": "2"}, map[string]string{"a": "2"}, nil},
		{"replacement under the old name, after its deletion", `[{"urn":"a","id":"1","pendingReplacement":true}]`, unfinished, map[string]string{"a": "1"}, map[string]string{"a": "1"}, nil},
		{"unfinished update and delete", `[{"urn":"a","id":"1"}]`, `[{"type":"updating","resource":{"urn":"a"}},{"type":"deleting","resource":{"urn":"a"}}]`, map[string]string{"a": "1"}, none, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			plan := planRepair(state(t, c.resources, c.pending), func(urn string) (string, bool) {
				id, ok := c.world[urn]
				return id, ok
			})
			assert.Equal(t, c.adopt, plan.Adopt)
			assert.Equal(t, c.clear, plan.Clear)
		})
	}
}

func TestEditAdoptsAndClears(t *testing.T) {
	plan := repair{Adopt: map[string]string{"new": "2", "again": "4", "late": "5"}, Clear: []string{"never"}}
	edited, err := plan.edit([]byte(`{
		"version": 3,
		"deployment": {
			"manifest": {"magic": "kept"},
			"resources": [
				{"urn": "other", "id": "9"},
				{"urn": "again", "id": "3"},
				{"urn": "late", "id": "1", "pendingReplacement": true}
			],
			"pending_operations": [
				{"type": "creating", "resource": {"urn": "new", "inputs": {"a": 1}}},
				{"type": "creating", "resource": {"urn": "never"}},
				{"type": "creating", "resource": {"urn": "again"}},
				{"type": "creating", "resource": {"urn": "late"}},
				{"type": "deleting", "resource": {"urn": "other"}}
			]
		}
	}`))
	require.NoError(t, err)
	assert.JSONEq(t, `{
		"version": 3,
		"deployment": {
			"manifest": {"magic": "kept"},
			"resources": [
				{"urn": "other", "id": "9"},
				{"urn": "again", "id": "3", "delete": true},
				{"urn": "new", "id": "2", "inputs": {"a": 1}},
				{"urn": "again", "id": "4"},
				{"urn": "late", "id": "5"}
			],
			"pending_operations": [{"type": "deleting", "resource": {"urn": "other"}}]
		}
	}`, string(edited))
}
