package main

import (
	"bytes"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/rehearsal/report"
	"tenant-runtime/rehearsal/run"
	"tenant-runtime/rehearsal/sim/mock"
	"tenant-runtime/rehearsal/toolchain"
	"tenant-runtime/tests/ready"
)

var tools toolchain.Tools

func TestMain(m *testing.M) { ready.Main(m, &tools) }

// TestTheCloudAcceptsTheMistakes shows why policies are needed: nothing else objects.
func TestTheCloudAcceptsTheMistakes(t *testing.T) {
	mock.Run(t, "eu", nil, declare)
}

var update = flag.Bool("update", false, "write what a reviewer reads, here and into the README, and fail")

// TestEveryMistakeIsCaught previews the program and keeps what a reviewer reads.
func TestEveryMistakeIsCaught(t *testing.T) {
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
		assert.Equal(t, !slices.Contains(withoutRule, mistake), caught[mistake], "%s is caught", mistake)
	}

	var review bytes.Buffer
	report.WriteProblems(&review, reports[0])
	keep(t, "review.txt", func(string) string { return review.String() })
	keep(t, "../../README.md", func(readme string) string {
		return between.ReplaceAllLiteralString(readme, "<!-- violation:begin -->\n```\n"+excerpt(t, review.String())+"```\n<!-- violation:end -->")
	})
}

// keep compares a file with what it is to be.
func keep(t *testing.T, file string, made func(old string) string) {
	old, err := os.ReadFile(file)
	if !*update {
		require.NoError(t, err)
	}
	switch got := made(string(old)); {
	case got == string(old):
	case *update:
		require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
		t.Errorf("%s is written: review it", file)
	default:
		assert.Equal(t, string(old), got, "if this is meant, run `go test ./tests/mistakes -update` and review %s", file)
	}
}

var (
	between = regexp.MustCompile(`(?s)<!-- violation:begin -->.*<!-- violation:end -->`)
	heading = regexp.MustCompile(`(?m)^  [A-Z]{3}-[0-9]{2}-`)
)

// excerpt is one rule's part of the review.
func excerpt(t *testing.T, review string) string {
	_, rest, found := strings.Cut(review, "\n  DAT-02-")
	require.True(t, found, "the review has no part on DAT-02")
	if next := heading.FindStringIndex(rest); next != nil {
		rest = rest[:next[0]]
	}
	return "  DAT-02-" + rest
}

// withoutRule lists the requirements named here that no rule checks yet. One that
// gets a rule has to leave the list.
var withoutRule = []string{"ACC-02", "ENC-12"}

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
