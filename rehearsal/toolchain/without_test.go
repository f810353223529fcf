package toolchain

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestAStandInIsInTheModuleWithTheLongestPath(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "example.com/sdk/service/s3/s3.go"), "package s3")
	write(t, filepath.Join(dir, "example.com/cli/cmd/assistant/assistant.go"), "package assistant")
	s, err := findStandins(dir)
	require.NoError(t, err)
	assert.Equal(t, []string{"example.com/cli", "example.com/sdk/service/s3"}, s.modules([]byte(`module tools

require example.com/cli v3.0.0

require (
	example.com/sdk v1.0.0 // indirect
	example.com/sdk/service/s3 v1.0.0 // indirect
	example.com/sdk/service/s33 v1.0.0 // indirect
)
`)))
}

func TestACopiedModuleHasStandInsInPlaceOfItsPackages(t *testing.T) {
	dir, module, to := t.TempDir(), t.TempDir(), t.TempDir()
	write(t, filepath.Join(dir, "example.com/cli/cmd/assistant/assistant.go"), "a stand-in")
	for _, name := range []string{"go.mod", "main.go", "main_test.go", "testdata/x.go", "cmd/assistant/chat.go", "cmd/assistant/client/client.go"} {
		write(t, filepath.Join(module, name), "published")
	}
	s, err := findStandins(dir)
	require.NoError(t, err)
	require.NoError(t, s.copyModule("example.com/cli", module, to))

	text := func(name string) string {
		text, err := os.ReadFile(filepath.Join(to, name))
		require.NoError(t, err)
		return string(text)
	}
	assert.Equal(t, "a stand-in", text("cmd/assistant/assistant.go"))
	assert.Equal(t, "published", text("cmd/assistant/client/client.go"), "only the package itself is replaced")
	assert.Equal(t, "published", text("main.go"))
	assert.Equal(t, "published", text("go.mod"))
	for _, name := range []string{"main_test.go", "testdata", "cmd/assistant/chat.go"} {
		assert.NoFileExists(t, filepath.Join(to, name))
	}
}

func TestAModuleCanBeReplacedWhole(t *testing.T) {
	dir, module, to := t.TempDir(), t.TempDir(), t.TempDir()
	write(t, filepath.Join(dir, "example.com/sdk/sdk.go"), "a stand-in")
	write(t, filepath.Join(module, "go.mod"), "published")
	write(t, filepath.Join(module, "sdk.go"), "published")
	s, err := findStandins(dir)
	require.NoError(t, err)
	require.NoError(t, s.copyModule("example.com/sdk", module, to))
	text, err := os.ReadFile(filepath.Join(to, "sdk.go"))
	require.NoError(t, err)
	assert.Equal(t, "a stand-in", string(text))
	assert.FileExists(t, filepath.Join(to, "go.mod"))
}
