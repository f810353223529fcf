// Package lifecycle takes a runtime through its life on the real engine: created, repeated, changed,
// broken, killed, destroyed.
package lifecycle

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/regions"
	"tenant-runtime/rehearsal/report"
	"tenant-runtime/rehearsal/run"
	"tenant-runtime/rehearsal/sim"
	"tenant-runtime/rehearsal/toolchain"
	"tenant-runtime/stacks/deploy"
	"tenant-runtime/tests/ready"
)

// stack is the one to change and break: with those that hang on it, it has everything a stack can
// have: two regions, tenants of each isolation, a stack of its own for some of them.
const stack = "eu"

var (
	tools    toolchain.Tools
	template string   // a home in which all stacks are up; each test works on a copy
	all      []string // the committed stacks but drills, which come and go by name
	original []string // what stands there
)

// enough is how long all of these tests may take on a busy machine with 2 cores.
const enough = 30 * time.Minute

func TestMain(m *testing.M) {
	flag.Parse()
	if limit, ok := flag.Lookup("test.timeout").Value.(flag.Getter).Get().(time.Duration); ok && limit > 0 && limit < enough {
		fmt.Fprintf(os.Stderr, "the time is limited to %s, so only eu and the stacks on GCP and Azure are killed: `go run ./rehearsal test` has time for all\n", limit)
		if err := flag.Set("test.short", "true"); err != nil {
			panic(err)
		}
	}
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
	if tools, err = ready.Tools(); err != nil {
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
	for _, cloud := range regions.Clouds {
		all = append(all, r.Everything(string(cloud))...)
	}
	reports, err := r.Up(ctx, all...)
	all = names(reports) // with those that hang on them
	for _, stack := range reports {
		if stack.Ended() != report.Well || len(stack.Findings) > 0 {
			report.WriteProblems(os.Stderr, stack)
			err = fmt.Errorf("%s does not come up: %s %s", stack.Stack, stack.Ended(), stack.Skipped)
		}
	}
	original = standing(r.World())
	if err = errors.Join(err, r.Close()); err != nil {
		return 1, err
	}
	return tests(), nil
}

// deployed returns a home of the test's own in which all stacks are up.
func deployed(t *testing.T) (home string) {
	t.Helper()
	home = t.TempDir()
	require.NoError(t, os.CopyFS(filepath.Join(home, "state"), os.DirFS(filepath.Join(template, "state"))))
	world, err := os.ReadFile(filepath.Join(template, "world.db"))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(home, "world.db"), world, 0o600))
	return home
}

// open opens a rehearsal whose copy of the stack's file is edited first.
func open(t *testing.T, home string, edit func(runtime map[string]any)) *run.Rehearsal {
	t.Helper()
	return openStack(t, home, stack, edit)
}

// openStack is open for another stack's file.
func openStack(t *testing.T, home, stack string, edit func(runtime map[string]any)) *run.Rehearsal {
	t.Helper()
	r, err := run.Open(t.Context(), run.Options{Tools: tools, Home: home, Quiet: true, Edit: func(name string, content map[string]any) {
		if edit != nil && name == stack {
			edit(content["config"].(map[string]any)[deploy.Key].(map[string]any))
		}
	}})
	require.NoError(t, err)
	return r
}

// up brings up stacks and those that hang on them, and insists that they ended well and no rule fired.
func up(t *testing.T, r *run.Rehearsal, stacks ...string) []report.Report {
	t.Helper()
	reports, err := r.Up(t.Context(), stacks...)
	require.NoError(t, err)
	well(t, reports)
	return reports
}

func well(t *testing.T, reports []report.Report) {
	t.Helper()
	for _, r := range reports {
		var problems strings.Builder
		report.WriteProblems(&problems, r)
		require.Equal(t, report.Well, r.Ended(), "%s: %s%s", r.Stack, r.Skipped, &problems)
		require.Empty(t, r.Findings, "%s: %s", r.Stack, &problems)
	}
}

// nothing insists that an update found everything as it should be.
func nothing(t *testing.T, reports []report.Report) {
	t.Helper()
	for _, r := range reports {
		assert.Equal(t, report.Changes{"same": r.Changes["same"]}, r.Changes, r.Stack)
	}
}

// names lists the stacks that are reported on.
func names(reports []report.Report) (stacks []string) {
	for _, r := range reports {
		stacks = append(stacks, r.Stack)
	}
	return stacks
}

// standing lists what stands of some stacks or of all, without ids: two ways to the same end give the
// same list.
func standing(world *sim.World, stacks ...string) []string {
	var urns []string
	for _, r := range world.Resources(func(r sim.Resource) bool { return stacks == nil || slices.Contains(stacks, r.Stack()) }) {
		urns = append(urns, string(r.URN))
	}
	slices.Sort(urns)
	return urns
}

// of lists what stands of some stacks when all are up.
func of(stacks []string) []string {
	return slices.DeleteFunc(slices.Clone(original), func(urn string) bool {
		return !slices.Contains(stacks, string(resource.URN(urn).Stack()))
	})
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
