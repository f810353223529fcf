// Package lifecycle takes a runtime through its life on the real engine: created, repeated, changed,
// broken, killed, destroyed.
package lifecycle

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/rehearsal/run"
	"tenant-runtime/rehearsal/sim"
	"tenant-runtime/rehearsal/toolchain"

	// Ensure compiles the program. Its SDKs come first here, so that `go test` compiles
	// them once and outside of the time that a test has.
	_ "tenant-runtime/stacks/deploy"
)

// stack has everything a stack can have: two regions, and a tenant of each isolation.
const stack = "eu"

var (
	tools    toolchain.Tools
	template string   // a home in which the stack is up; each test works on a copy
	original []string // what stands there
)

func TestMain(m *testing.M) {
	work := func() (int, error) { return prepare(m.Run) }
	if home := os.Getenv(victim); home != "" {
		work = func() (int, error) { return 0, upWithCheckpoints(home) }
	}
	code, err := work()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

func prepare(tests func() int) (code int, err error) {
	ctx := context.Background()
	if tools, err = toolchain.Ensure(ctx); err != nil {
		return 1, err
	}
	if template, err = os.MkdirTemp("", "lifecycle"); err != nil {
		return 1, err
	}
	defer os.RemoveAll(template)
	r, err := run.Open(ctx, run.Options{Tools: tools, Home: template, Quiet: true})
	if err != nil {
		return 1, err
	}
	reports, err := r.Up(ctx, stack)
	if err == nil && (reports[0].Failed || len(reports[0].Findings) > 0) {
		run.WriteProblems(os.Stderr, reports[0])
		err = errors.New("the stack does not come up")
	}
	original = standing(r.World())
	if err = errors.Join(err, r.Close()); err != nil {
		return 1, err
	}
	return tests(), nil
}

// deployed returns a home of the test's own in which the stack is up.
func deployed(t *testing.T) (home string) {
	t.Helper()
	home = t.TempDir()
	require.NoError(t, os.CopyFS(filepath.Join(home, "state"), os.DirFS(filepath.Join(template, "state"))))
	world, err := os.ReadFile(filepath.Join(template, "world.db"))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(home, "world.db"), world, 0o600))
	return home
}

// open opens a rehearsal whose copy of the stack file is edited first.
func open(t *testing.T, home string, edit func(runtime map[string]any)) *run.Rehearsal {
	t.Helper()
	r, err := run.Open(t.Context(), run.Options{Tools: tools, Home: home, Quiet: true, Edit: func(name string, content map[string]any) {
		if edit != nil && name == stack {
			edit(content["config"].(map[string]any)["tenant-runtime:runtime"].(map[string]any))
		}
	}})
	require.NoError(t, err)
	return r
}

func up(t *testing.T, r *run.Rehearsal) run.Report {
	t.Helper()
	reports, err := r.Up(t.Context(), stack)
	require.NoError(t, err)
	return reports[0]
}

// well insists that a stack ended well and no rule fired.
func well(t *testing.T, report run.Report) {
	t.Helper()
	var problems strings.Builder
	run.WriteProblems(&problems, report)
	require.False(t, report.Failed, "%s", &problems)
	require.Empty(t, report.Findings, "%s", &problems)
}

// standing lists what stands, without ids: two ways to the same end give the same list.
func standing(world *sim.World) []string {
	var urns []string
	for _, r := range world.Resources(nil) {
		urns = append(urns, string(r.URN))
	}
	slices.Sort(urns)
	return urns
}

// createdOnce insists that nothing was created a second time.
func createdOnce(t *testing.T, world *sim.World) {
	t.Helper()
	created := map[string]int{}
	journal, err := world.Journal(func(e sim.Entry) bool { return e.Verb == sim.Create && e.Error == "" })
	require.NoError(t, err)
	for _, e := range journal {
		created[string(e.URN)]++
	}
	for urn, times := range created {
		assert.Equal(t, 1, times, "created: %s", urn)
	}
}
