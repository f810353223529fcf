package lifecycle

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/rehearsal/report"
	"tenant-runtime/rehearsal/run"
	"tenant-runtime/rehearsal/sim"
	"tenant-runtime/rehearsal/sim/clouds"
	"tenant-runtime/rehearsal/toolchain"
	"tenant-runtime/stacks/deploy"
	"tenant-runtime/tests/plans"
	"tenant-runtime/tests/ready"
)

// A cloud refuses something now and then. Whatever was done by then stays, and the same command
// goes on from there.
func TestARefusedRunIsFinishedByTheNext(t *testing.T) {
	t.Parallel()
	r := open(t, t.TempDir(), nil)
	defer r.Close()
	for _, nth := range []int{1, 150, 100} {
		require.NoError(t, r.World().Inject(sim.Fault{Verb: sim.Create, Nth: nth, Do: sim.Fail, Error: "ServiceUnavailable"}))
		reports, err := r.Up(t.Context(), stack)
		require.NoError(t, err)
		var errs []string
		for _, refused := range reports {
			errs = append(errs, refused.Errors...)
		}
		require.NotEmpty(t, errs)
		assert.Contains(t, strings.Join(errs, "\n"), "ServiceUnavailable")
		require.NoError(t, r.World().ClearFaults())
	}
	finished(t, r, up(t, r, stack))
}

// finished insists that stacks stand as if nothing had happened.
func finished(t *testing.T, r *run.Rehearsal, reports []report.Report) {
	t.Helper()
	assert.Equal(t, of(names(reports)), standing(r.World(), names(reports)...))
	createdOnce(t, r.World())
}

// The rehearsal dies in the middle of a call that takes effect: the hardest moment, since nobody
// has heard of the result. Every stack goes through it, with those that hang on it. Those of one
// jurisdiction, which are on all clouds, die three times on the way up and twice on the way down; the
// others, which are alike, once each, and with -short not at all.
func TestAKilledRunIsFinishedByTheNext(t *testing.T) {
	for _, root := range roots(t) {
		third := len(of(family(t, root))) / 3
		ups, downs := []int{1, third, third}, []int{1, third}
		if !strings.HasPrefix(root, stack) {
			if testing.Short() {
				continue
			}
			ups, downs = []int{2 * third}, []int{third}
		}
		t.Run(root, func(t *testing.T) {
			t.Parallel()
			home := t.TempDir()
			for _, nth := range ups {
				killed(t, home, root, "up", sim.Fault{Verb: sim.Create, Nth: nth, Do: sim.Crash})
			}
			r := open(t, home, nil)
			finished(t, r, up(t, r, root))
			nothing(t, up(t, r, root))
			require.NoError(t, r.Close())

			for _, nth := range downs {
				killed(t, home, root, "destroy", sim.Fault{Verb: sim.Delete, Nth: nth, Do: sim.Crash})
			}
			r = open(t, home, nil)
			defer r.Close()
			gone(t, r, root)
		})
	}
}

// roots are the stacks that hang on no other.
func roots(t *testing.T) (roots []string) {
	t.Helper()
	for _, stack := range all {
		if len(plans.Parsed(t, stack).References()) == 0 {
			roots = append(roots, stack)
		}
	}
	return roots
}

// family is what comes up with a stack.
func family(t *testing.T, root string) []string {
	t.Helper()
	configs := map[string]deploy.Config{}
	for _, stack := range all {
		configs[stack] = plans.Parsed(t, stack)
	}
	return deploy.With(configs, []string{root}, func(stack string) bool { return !configs[stack].IsDrill() })
}

// A live run writes checkpoints, so a kill leaves a state with a create that was begun.
func TestAKilledRunWithCheckpointsIsFinishedByTheNext(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), victim+"="+home)
	dies(t, home, cmd, sim.Fault{Verb: sim.Create, Stack: stack, Nth: 60, Do: sim.Crash})
	state, err := os.ReadFile(filepath.Join(home, "state", ".pulumi", "stacks", "tenant-runtime", stack+".json"))
	require.NoError(t, err)
	require.True(t, strings.Contains(string(state), `"type":"creating"`), "%s has no begun create", stack)

	r := open(t, home, nil)
	defer r.Close()
	finished(t, r, up(t, r, stack))
}

// victim names the home in which this executable, started again, is to die.
const victim = "LIFECYCLE_VICTIM"

func upWithCheckpoints(home string) error {
	ctx := context.Background()
	tools, err := ready.Tools()
	if err != nil {
		return err
	}
	r, err := run.Open(ctx, run.Options{Tools: tools, Home: home, Quiet: true, Checkpoints: true})
	if err != nil {
		return err
	}
	_, err = r.Up(ctx, stack)
	return errors.Join(err, errors.New("the fault did not strike"))
}

// killed runs the command as its user does, in a process that dies of the fault.
func killed(t *testing.T, home, stack, verb string, fault sim.Fault) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), tools.Path(toolchain.Command), verb, "--home", home, stack)
	cmd.Dir = tools.Root
	dies(t, home, cmd, fault)
}

func dies(t *testing.T, home string, cmd *exec.Cmd, fault sim.Fault) {
	t.Helper()
	world, err := clouds.Open(filepath.Join(home, "world.db"))
	require.NoError(t, err)
	require.NoError(t, world.Inject(fault))
	require.NoError(t, world.Close())

	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	require.ErrorAs(t, err, &exit, "%s", out)
	require.Equal(t, syscall.SIGKILL, exit.Sys().(syscall.WaitStatus).Signal(), "%s", out)

	world, err = clouds.Open(filepath.Join(home, "world.db"))
	require.NoError(t, err)
	require.NoError(t, world.ClearFaults())
	require.NoError(t, world.Close())
}
