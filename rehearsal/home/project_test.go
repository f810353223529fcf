package home

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
          secure: v1:encrypted
`

func TestCopyProject(t *testing.T) {
	root, home := t.TempDir(), Dir(t.TempDir())
	write(t, filepath.Join(root, "Pulumi.yaml"), "name: tenant-runtime\nruntime: go\nmain: stacks\nstackConfigDir: stacks/config\nbackend:\n  url: s3://live\n")
	write(t, filepath.Join(root, "stacks/config/Pulumi.ch.yaml"), liveStack)
	write(t, filepath.Join(root, "stacks/config/Pulumi.eu-gcp.yaml"), "config: {}\n")

	p, err := home.CopyProject(root, root, nil, nil)
	require.NoError(t, err)
	assert.Equal(t, []string{"ch", "eu-gcp"}, p.Stacks)
	assert.Equal(t, "eu-central-2", p.Region("ch"))
	assert.Empty(t, p.Region("eu-gcp"))

	assert.YAMLEq(t, `
name: tenant-runtime
runtime: go
main: `+filepath.Join(root, "stacks")+`
stackConfigDir: config
plugins: {providers: [{name: aws, path: `+home.Project()+`}, {name: azure-native, path: `+home.Project()+`}, {name: gcp, path: `+home.Project()+`}]}
`, read(t, filepath.Join(home.Project(), "Pulumi.yaml")))
	assert.YAMLEq(t, `
encryptionsalt: `+salt+`
config:
  tenant-runtime:runtime:
    home: eu-central-2
    account: "012345678901"
    number: 123456789012
    tenants: [{name: alpine, token: rehearsal}]
`, read(t, filepath.Join(home.Project(), "config", "Pulumi.ch.yaml")))

	assert.Equal(t, liveStack, read(t, filepath.Join(root, "stacks/config/Pulumi.ch.yaml")), "the committed file stays as it is")
}

func TestCopyProjectForgetsWhatPulumiWroteIntoTheLastCopy(t *testing.T) {
	root, home := t.TempDir(), Dir(t.TempDir())
	write(t, filepath.Join(root, "Pulumi.yaml"), "name: x\nruntime: go\n")
	write(t, filepath.Join(home.Project(), "config", "Pulumi.gone.yaml"), "config: {}\n")
	_, err := home.CopyProject(root, root, nil, nil)
	require.NoError(t, err)
	assert.NoFileExists(t, filepath.Join(home.Project(), "config", "Pulumi.gone.yaml"))
}

func TestCheckNamesTheStacksThereAre(t *testing.T) {
	p := &Project{Stacks: []string{"ch", "eu"}}
	assert.NoError(t, p.Check([]string{"eu"}))
	assert.EqualError(t, p.Check([]string{"eu", "uk"}), `stack "uk" has no stack file; there are: ch, eu`)
	assert.EqualError(t, p.Check([]string{"eu", "eu"}), `stack "eu" is named twice: name it once`)
}

func TestCopyProjectEditsOnlyTheCopy(t *testing.T) {
	root, home := t.TempDir(), Dir(t.TempDir())
	write(t, filepath.Join(root, "Pulumi.yaml"), "name: x\nruntime: go\n")
	write(t, filepath.Join(root, "Pulumi.ch.yaml"), "config: {a: 1}\n")
	_, err := home.CopyProject(root, root, func(stack string, content map[string]any) {
		content["config"] = map[string]any{"stack": stack}
	}, nil)
	require.NoError(t, err)
	assert.Contains(t, read(t, filepath.Join(home.Project(), "config/Pulumi.ch.yaml")), "stack: ch")
	assert.Equal(t, "config: {a: 1}\n", read(t, filepath.Join(root, "Pulumi.ch.yaml")))
}
