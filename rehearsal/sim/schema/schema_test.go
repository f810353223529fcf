package schema_test

import (
	"bytes"
	"flag"
	"maps"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/rehearsal/sim"
	"tenant-runtime/rehearsal/sim/clouds"
	"tenant-runtime/rehearsal/sim/schema"
	"tenant-runtime/rehearsal/sim/schema/extract"
)

var update = flag.Bool("update", false, "write the schemas anew from the SDK's source")

// TestSchemaMatchesSDK extracts the schema of every kind that has a row, and
// compares it with the file.
func TestSchemaMatchesSDK(t *testing.T) {
	for _, table := range clouds.Tables() {
		t.Run(string(table.Cloud), func(t *testing.T) {
			t.Parallel()
			kinds := []string{sim.ProviderKind(table.Package)}
			for _, k := range table.Kinds {
				kinds = append(kinds, k.Type)
			}
			extracted, err := extract.Kinds(kinds...)
			require.NoError(t, err)
			want, err := extract.Text(extracted)
			require.NoError(t, err)
			file := string(table.Cloud) + ".json"
			got, err := os.ReadFile(file)
			require.NoError(t, err)
			if bytes.Equal(got, want) {
				return
			}
			if !*update {
				t.Fatalf("%s differs from the SDK or lacks a kind; run `go test ./rehearsal/sim/schema -update` and look at the diff", file)
			}
			require.NoError(t, os.WriteFile(file, want, 0o644))
			t.Fatalf("%s was written anew; look at the diff and run the test again", file)
		})
	}
}

func TestCheckSaysEverything(t *testing.T) {
	s := &schema.Schema{
		Kinds: map[string]schema.Kind{"k": {In: schema.Object{
			"name": {Type: "string", Required: true}, "count": {Type: "int"}, "rules": {Type: "[#p.Rule]"}, "labels": {Type: "{string}"}, "on": {Type: "bool"},
			"free": {Type: "any"}, "file": {Type: "asset"},
		}}},
		Types: map[string]schema.Object{"p.Rule": {"action": {Type: "string(allow|deny)", Required: true}}},
	}
	good := map[string]any{"name": "n", "count": 2.0, "rules": []any{map[string]any{"action": "deny"}}, "labels": map[string]any{"a": "b"}, "on": schema.Unknown{},
		"free": []any{1.0}, "file": schema.Asset{}, "__defaults": []any{}}
	assert.Empty(t, s.Check("k", good))
	for name, c := range map[string]struct {
		set  map[string]any
		want string
	}{
		"unknown property": {map[string]any{"nmae": "n"}, "nmae: no such property; there is count, file, free, labels, name, on, rules"},
		"missing":          {map[string]any{"name": nil}, "name: is required"},
		"wrong type":       {map[string]any{"on": "true"}, `on: is "true", not bool`},
		"not whole":        {map[string]any{"count": 1.5}, "count: is 1.5, not int"},
		"not a list":       {map[string]any{"rules": "x"}, `rules: is "x", not [#p.Rule]`},
		"nested missing":   {map[string]any{"rules": []any{map[string]any{}}}, "rules[0].action: is required"},
		"nested unknown":   {map[string]any{"rules": []any{map[string]any{"action": "deny", "x": 1.0}}}, "rules[0].x: no such property; there is action"},
		"enum":             {map[string]any{"rules": []any{map[string]any{"action": "drop"}}}, "rules[0].action: is drop, not one of allow, deny"},
		"map value":        {map[string]any{"labels": map[string]any{"a": 1.0}}, `labels["a"]: is 1, not string`},
		"not a map":        {map[string]any{"labels": []any{}}, "labels: is a list, not {string}"},
		"not an asset":     {map[string]any{"file": "text"}, `file: is "text", not asset`},
	} {
		t.Run(name, func(t *testing.T) {
			inputs := maps.Clone(good)
			maps.Copy(inputs, c.set)
			got := s.Check("k", inputs)
			require.Len(t, got, 1)
			assert.Equal(t, c.want, got[0].String())
		})
	}
}
