package run

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func write(t *testing.T, path, text string) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
	require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(text)
}

const liveStack = `secretsprovider: awskms://alias/pulumi
encryptedkey: AAAA
config:
  tenant-runtime:runtime:
    home: eu-central-2
    account: "012345678901"
    number: 123456789012
    tenants:
      - name: alpine
        token:
          secure: v1:sealed
`

func TestCopyProject(t *testing.T) {
	root, to := t.TempDir(), filepath.Join(t.TempDir(), "project")
	write(t, filepath.Join(root, "Pulumi.yaml"), "name: tenant-runtime\nruntime: go\nmain: stacks\nstackConfigDir: stacks/config\nbackend:\n  url: s3://live\n")
	write(t, filepath.Join(root, "stacks/config/Pulumi.ch.yaml"), liveStack)
	write(t, filepath.Join(root, "stacks/config/Pulumi.eu-gcp.yaml"), "config: {}\n")

	p, err := copyProject(root, root, to, nil)
	require.NoError(t, err)
	assert.Equal(t, []string{"ch", "eu-gcp"}, p.stacks)
	assert.Equal(t, "eu-central-2", p.homeRegion("ch"))
	assert.Empty(t, p.homeRegion("eu-gcp"))

	assert.YAMLEq(t, `
name: tenant-runtime
runtime: go
main: `+filepath.Join(root, "stacks")+`
stackConfigDir: config
plugins: {providers: [{name: aws, path: `+to+`}, {name: azure-native, path: `+to+`}, {name: gcp, path: `+to+`}]}
`, read(t, filepath.Join(to, "Pulumi.yaml")))
	assert.YAMLEq(t, `
encryptionsalt: `+salt+`
config:
  tenant-runtime:runtime:
    home: eu-central-2
    account: "012345678901"
    number: 123456789012
    tenants: [{name: alpine, token: rehearsal}]
`, read(t, filepath.Join(to, "config", "Pulumi.ch.yaml")))

	assert.Equal(t, liveStack, read(t, filepath.Join(root, "stacks/config/Pulumi.ch.yaml")), "the committed file stays as it is")
}

func TestCopyProjectForgetsWhatPulumiWroteIntoTheLastCopy(t *testing.T) {
	root, to := t.TempDir(), filepath.Join(t.TempDir(), "project")
	write(t, filepath.Join(root, "Pulumi.yaml"), "name: x\nruntime: go\n")
	write(t, filepath.Join(to, "config", "Pulumi.gone.yaml"), "config: {}\n")
	_, err := copyProject(root, root, to, nil)
	require.NoError(t, err)
	assert.NoFileExists(t, filepath.Join(to, "config", "Pulumi.gone.yaml"))
}

func TestCheckNamesTheStacksThereAre(t *testing.T) {
	p := &project{stacks: []string{"ch", "eu"}}
	assert.NoError(t, p.check([]string{"eu"}))
	assert.EqualError(t, p.check([]string{"eu", "uk"}), `stack "uk" has no stack file; there are: ch, eu`)
	assert.EqualError(t, p.check([]string{"eu", "eu"}), `stack "eu" is named twice: name it once`)
}

func TestCopyProjectEditsOnlyTheCopy(t *testing.T) {
	root, to := t.TempDir(), filepath.Join(t.TempDir(), "project")
	write(t, filepath.Join(root, "Pulumi.yaml"), "name: x\nruntime: go\n")
	write(t, filepath.Join(root, "Pulumi.ch.yaml"), "config: {a: 1}\n")
	_, err := copyProject(root, root, to, func(stack string, content map[string]any) {
		content["config"] = map[string]any{"stack": stack}
	})
	require.NoError(t, err)
	assert.Contains(t, read(t, filepath.Join(to, "config/Pulumi.ch.yaml")), "stack: ch")
	assert.Equal(t, "config: {a: 1}\n", read(t, filepath.Join(root, "Pulumi.ch.yaml")))
}
