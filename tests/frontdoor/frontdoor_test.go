// Package frontdoor does what the README tells a user to do.
package frontdoor

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/rehearsal/toolchain"
	"tenant-runtime/tests/plans"
	"tenant-runtime/tests/ready"
)

var tools toolchain.Tools

func TestMain(m *testing.M) { ready.Main(m, &tools) }

// TestFirstCommand runs the README's first command in a new home, with credentials
// in the environment that nothing may touch, and then once more.
func TestFirstCommand(t *testing.T) {
	home := t.TempDir()
	require.NoError(t, os.Symlink(tools.Dir, filepath.Join(home, "bin"))) // compiled once for all tests

	before := stackFiles(t)
	first := user(t, home)
	assert.Regexp(t, row("ch", `[1-9]\d\d`, "·"), first)
	assert.Regexp(t, row("eu", `[1-9]\d\d`, "·"), first)
	assert.Regexp(t, row("us", `[1-9]\d\d`, "·"), first)

	again := user(t, home)
	assert.Regexp(t, row("ch", "·", `[1-9]\d\d`), again)
	assert.Regexp(t, row("eu", "·", `[1-9]\d\d`), again)
	assert.Regexp(t, row("us", "·", `[1-9]\d\d`), again)
	assert.Contains(t, again, "Not simulated")

	assert.Equal(t, before, stackFiles(t), "a rehearsal writes into no stack file")
	require.NoError(t, filepath.WalkDir(home, func(path string, entry fs.DirEntry, err error) error {
		if err == nil {
			assert.NotContains(t, entry.Name(), "pulumi-resource-", "a live run could take %s for a provider", path)
		}
		return err
	}))
}

func stackFiles(t *testing.T) map[string]string {
	t.Helper()
	content := map[string]string{}
	for _, stack := range plans.Stacks(t) {
		text, err := os.ReadFile(filepath.Join(plans.Root(), "stacks", "config", "Pulumi."+stack+".yaml"))
		require.NoError(t, err)
		content[stack] = string(text)
	}
	return content
}

// row matches a stack's line of the table: created, updated, replaced, same, deleted.
func row(stack, created, same string) *regexp.Regexp {
	cells := []string{stack, `[a-z]{2}-[a-z]+-\d`, created, "·", "·", same, "·", "none", ".*", "well"}
	return regexp.MustCompile(`│ *` + strings.Join(cells, ` *│ *`) + ` *│`)
}

var command = regexp.MustCompile(`(?m)^(go run \./rehearsal up)\b`)

// user runs the command in the repository and returns all that it prints.
func user(t *testing.T, home string) string {
	t.Helper()
	readme, err := os.ReadFile(filepath.Join(plans.Root(), "README.md"))
	require.NoError(t, err)
	match := command.FindSubmatch(readme)
	require.NotNil(t, match, "the README's first command is not where it was")
	words := strings.Fields(string(match[1]))

	cmd := exec.CommandContext(t.Context(), words[0], words[1:]...)
	cmd.Dir = plans.Root()
	cmd.Env = append(os.Environ(), toolchain.HomeVariable+"="+home,
		"AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE", "AWS_SECRET_ACCESS_KEY=example", "AWS_REGION=us-west-1",
		"PULUMI_ACCESS_TOKEN=pul-example", "PULUMI_BACKEND_URL=https://example.invalid")
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
	return string(out)
}

// A command that the compiled CLI leaves out must say so, and where it is to be had.
func TestWhatIsLeftOutSaysSo(t *testing.T) {
	pulumi := func(args ...string) string {
		cmd := exec.CommandContext(t.Context(), tools.Path(toolchain.Pulumi), args...)
		cmd.Env = []string{"HOME=" + t.TempDir(), "PATH=" + os.Getenv("PATH"), "PULUMI_SKIP_UPDATE_CHECK=true"}
		out, _ := cmd.CombinedOutput()
		return string(out)
	}
	if path, err := exec.LookPath("pulumi"); err == nil && sameSize(t, path, tools.Path(toolchain.Pulumi)) {
		return // the pinned Pulumi is installed, the rehearsal copied it, and nothing is left out of it
	}
	assert.Contains(t, pulumi("--help"), "left out of the rehearsal's CLI")
	for _, command := range []string{"neo", "env ls", "package info aws", "login s3://state", "login gs://state", "login azblob://state", "login postgres://state"} {
		assert.Contains(t, pulumi(strings.Fields(command)...), "an installed Pulumi has it", "pulumi %s", command)
	}
}

func sameSize(t *testing.T, a, b string) bool {
	t.Helper()
	one, err := os.Stat(a)
	require.NoError(t, err)
	other, err := os.Stat(b)
	require.NoError(t, err)
	return one.Size() == other.Size()
}
