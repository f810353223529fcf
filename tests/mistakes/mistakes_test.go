package main

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/rehearsal/run"
	"tenant-runtime/rehearsal/sim/mock"
	"tenant-runtime/rehearsal/toolchain"
)

// TestTheCloudAcceptsTheMistakes shows why policies are needed: nothing else objects.
func TestTheCloudAcceptsTheMistakes(t *testing.T) {
	mock.Run(t, "eu", nil, declare)
}

func TestEveryMistakeIsCaught(t *testing.T) {
	tools, err := toolchain.Ensure(t.Context())
	require.NoError(t, err)
	r, err := run.Open(t.Context(), run.Options{Tools: tools, Home: t.TempDir(), Project: "tests/mistakes", Quiet: true})
	require.NoError(t, err)
	defer r.Close()
	reports, err := r.Preview(t.Context(), "eu")
	require.NoError(t, err)
	require.Len(t, reports, 1)
	assert.True(t, reports[0].Failed, "a mandatory finding stops the preview")

	caught := map[string]bool{}
	for _, f := range reports[0].Findings {
		caught[id.FindString(f.Rule)] = true
	}
	for _, mistake := range named(t) {
		assert.True(t, caught[mistake], "no rule caught %s", mistake)
	}
}

// id is the form of a requirement's.
var id = regexp.MustCompile(`[A-Z]{3}-[0-9]{2}`)

// named returns the requirements that the program's comments name, sorted.
func named(t *testing.T) []string {
	comment, found := regexp.MustCompile(`//.*`), map[string]bool{}
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	for _, file := range files {
		if file == "mistakes_test.go" {
			continue
		}
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, words := range comment.FindAllString(string(text), -1) {
			for _, requirement := range id.FindAllString(words, -1) {
				found[requirement] = true
			}
		}
	}
	require.NotEmpty(t, found)
	return slices.Sorted(maps.Keys(found))
}
