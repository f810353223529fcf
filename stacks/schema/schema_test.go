package schema

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"sigs.k8s.io/yaml"

	"tenant-runtime/stacks/deploy"
)

const (
	committed = "../stack.schema.json"

	// naming is how the YAML language server is told the schema of a file.
	naming = "# yaml-language-server: $schema=../stack.schema.json\n"
)

var update = flag.Bool("update", false, "write the schema, and fail")

func TestTheCommittedSchemaIsThatOfTheStructs(t *testing.T) {
	got, err := Generate()
	require.NoError(t, err)
	want, err := os.ReadFile(committed)
	if !*update {
		require.NoError(t, err)
		assert.Equal(t, string(want), string(got), "if this is meant, run `go test ./stacks/schema -update` and review stacks/stack.schema.json")
		return
	}
	if !bytes.Equal(want, got) {
		require.NoError(t, os.WriteFile(committed, got, 0o644))
		t.Error("stacks/stack.schema.json is written: review it")
	}
}

func TestTheKeyIsTheProgramsOwn(t *testing.T) {
	s := compiled(t)
	assert.Contains(t, s.Ref.Properties["config"].Ref.Properties, deploy.Key)
}

// stackFiles returns the committed stack files, by stack.
func stackFiles(t *testing.T) map[string]string {
	paths, err := filepath.Glob("../config/Pulumi.*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	files := map[string]string{}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		files[strings.TrimSuffix(strings.TrimPrefix(filepath.Base(path), "Pulumi."), ".yaml")] = string(text)
	}
	return files
}

func TestStackFilesNameTheSchema(t *testing.T) {
	for stack, text := range stackFiles(t) {
		assert.True(t, strings.HasPrefix(text, naming), "the file of %s must begin with %q, so that editors complete and check it", stack, naming)
	}
}

func compiled(t *testing.T) *jsonschema.Schema {
	t.Helper()
	s, err := jsonschema.NewCompiler().Compile(committed)
	require.NoError(t, err)
	return s
}

func validate(t *testing.T, s *jsonschema.Schema, file string) error {
	t.Helper()
	text, err := yaml.YAMLToJSON([]byte(file))
	require.NoError(t, err)
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	require.NoError(t, err)
	return s.Validate(value)
}

func TestStackFilesAreValid(t *testing.T) {
	s := compiled(t)
	for stack, text := range stackFiles(t) {
		assert.NoError(t, validate(t, s, text), stack)
		assert.NoError(t, validate(t, s, "secretsprovider: awskms://alias/a\nencryptedkey: YQ==\nencryptionsalt: v1:YQ==\n"+text), stack)
	}
}

// Each edit is one mistake in the file of a stack.
func TestBrokenFilesAreRefused(t *testing.T) {
	s, files := compiled(t), stackFiles(t)
	for _, c := range []struct {
		name, stack, from, to string
		want                  string // the place, and what is said of it
	}{
		{"typing error in a key", "ch", "owner:", "onwer:", "'/config/tenant-runtime:runtime': missing property 'owner'"},
		{"another key beside", "ch", "owner:", "colour: red\n    owner:", "additional properties 'colour' not allowed"},
		{"another key of configuration", "ch", "  tenant-runtime:runtime:", "  aws:region: eu-central-2\n  tenant-runtime:runtime:", "additional properties 'aws:region' not allowed"},
		{"a key that Pulumi does not write", "ch", "config:", "environment: [a]\nconfig:", "additional properties 'environment' not allowed"},
		{"typing error in a cell", "ch", "egress:", "egres:", "additional properties 'egres' not allowed"},
		{"region that does not exist", "ch", "home: eu-central-2", "home: eu-centarl-2", "/home': value must be one of"},
		{"region that looks like the EU", "eu", "home: eu-central-1", "home: eu-west-2", "/home': value must be one of"},
		{"region of another jurisdiction", "eu", "recovery: eu-west-1", "recovery: eu-central-2", "/recovery': value must be one of"},
		{"account read as a number", "ch", `"111122223333"`, "111122223333", "/accountId': got number, want string"},
		{"account too short", "ch", `"111122223333"`, `"11112222333"`, "/accountId': '11112222333' does not match pattern"},
		{"number read as a number", "ch", `["+491713920001"]`, "[+491713920001]", "/sms/0': got number, want string"},
		{"empty list", "ch", "[oncall@example.com]", "[]", "/emails': minItems: got 0, want 1"},
		{"entry twice", "ch", "- api.ch.example.com", "- app.ch.example.com", "/hosts': items at 0 and 1 are equal"},
		{"text for a list", "ch", "[oncall@example.com]", "oncall@example.com", "/emails': got string, want array"},
		{"wildcard host", "ch", "- app.ch.example.com", `- "*.ch.example.com"`, "/hosts/0': '*.ch.example.com' does not match pattern"},
		{"public network", "ch", "10.64.0.0/16", "198.18.0.0/16", "/network': '198.18.0.0/16' does not match pattern"},
		{"section without a value", "ch", "account: {}", "account:", "/account': got null, want object"},
		{"isolation unknown", "ch", "isolation: pool", "isolation: shared", "/isolation': value must be one of 'silo', 'bridge', 'pool'"},
		{"tenant without isolation", "ch", "        isolation: pool\n", "", "/tenants/1': missing property 'isolation'"},
		{"another's cell described", "eu-tenants-a", "stack: eu\n", "stack: eu\n      network: 10.64.0.0/16\n", "additional properties 'network' not allowed"},
		{"tenants of nowhere", "eu-tenants-a", "    cell:\n      stack: eu\n", "", "properties 'cell' required, if 'tenants' exists"},
		{"nothing at all", "eu-azure", "    cell: {}\n", "", "missing property 'cell'"},
		{"restore of nothing", "eu-azure", "cell: {}", "cell: {restore: {}}", "/restore': minProperties: got 0, want 1"},
		{"restore from two sources", "eu-azure", "cell: {}", "cell: {restore: {database: {snapshot: a, backups: 'arn:aws:a:::b', key: 'arn:aws:a:::b'}}}", "/restore/database': 'oneOf' failed"},
		{"restore of a snapshot at a moment", "eu-azure", "cell: {}", "cell: {restore: {database: {snapshot: a, at: '2026-11-28T09:30:00Z', key: 'arn:aws:a:::b'}}}", "properties 'backups' required, if 'at' exists"},
	} {
		t.Run(c.name, func(t *testing.T) {
			broken := strings.Replace(files[c.stack], c.from, c.to, 1)
			require.NotEqual(t, files[c.stack], broken, "the file has no %q any more", c.from)
			assert.ErrorContains(t, validate(t, s, broken), c.want)
		})
	}
}

// What an editor shows of a key is its comment.
func TestEveryKeyIsDescribed(t *testing.T) {
	seen := map[*jsonschema.Schema]bool{}
	var walk func(path string, s *jsonschema.Schema)
	walk = func(path string, s *jsonschema.Schema) {
		if s == nil || seen[s] {
			return
		}
		seen[s] = true
		for key, property := range s.Properties {
			assert.NotEmpty(t, property.Description, "%s.%s has no comment", path, key)
			walk(path+"."+key, property)
		}
		walk(path, s.Ref)
		for _, one := range s.OneOf {
			walk(path, one)
		}
		walk(path+"[]", s.Items2020)
	}
	walk("", compiled(t))
	assert.Greater(t, len(seen), 30)
}
