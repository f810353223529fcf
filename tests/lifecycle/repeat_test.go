package lifecycle

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/rehearsal/report"
)

func TestASecondRunChangesNothing(t *testing.T) {
	t.Parallel()
	r := open(t, deployed(t), nil)
	defer r.Close()

	again := up(t, r, all...)
	assert.ElementsMatch(t, all, names(again))
	nothing(t, again)
	assert.Equal(t, original, standing(r.World()))

	for _, stack := range all {
		status, err := r.Pulumi(t.Context(), "refresh", "--stack", stack, "--yes", "--skip-preview", "--expect-no-changes", "--non-interactive", "--suppress-progress")
		require.NoError(t, err)
		assert.Zero(t, status, "the state of %s says what the clouds say", stack)
	}
}

// A rehearsal writes into its home only, and its providers are nothing a live Pulumi could find.
func TestARehearsalLeavesNoTrace(t *testing.T) {
	t.Parallel()
	before := committed(t)
	home := deployed(t)
	r := open(t, home, nil)
	defer r.Close()
	up(t, r, stack)

	assert.Equal(t, before, committed(t))
	assert.NoDirExists(t, filepath.Join(home, "pulumi", "plugins"))
	written, err := os.ReadDir(filepath.Join(home, "user"))
	require.NoError(t, err)
	assert.Empty(t, written, "what a program wrote into its HOME")
}

// committed reads the files that Pulumi would write to if it were let.
func committed(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(tools.Root, "stacks/config/*"))
	require.NoError(t, err)
	text := map[string]string{}
	for _, file := range append(files, filepath.Join(tools.Root, "Pulumi.yaml")) {
		content, err := os.ReadFile(file)
		require.NoError(t, err)
		text[file] = string(content)
	}
	return text
}

// What is wrong with a stack's file is told at once, though its turn comes last: those before it
// take minutes.
func TestMistakesInAFileWaitForNobody(t *testing.T) {
	t.Parallel()
	r := openStack(t, t.TempDir(), stack+"-tenants-a", func(runtime map[string]any) { runtime["hom"] = "eu-central-1" })
	defer r.Close()
	reports, err := r.Preview(t.Context(), stack)
	require.NoError(t, err)
	ends := map[string]report.Outcome{}
	var mistaken report.Report
	for _, its := range reports {
		if ends[its.Stack] = its.Ended(); its.Stack == stack+"-tenants-a" {
			mistaken = its
		}
	}
	assert.Equal(t, map[string]report.Outcome{stack: report.Well, stack + "-rhine": report.Well, stack + "-tenants-a": report.Failed}, ends)
	assert.Empty(t, mistaken.Skipped)
	assert.Contains(t, strings.Join(mistaken.Errors, "\n"), `runtime.hom`)
}
