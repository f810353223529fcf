package lifecycle

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/rehearsal/run"
	"tenant-runtime/rehearsal/sim"
	"tenant-runtime/rehearsal/sim/clouds"
	"tenant-runtime/rehearsal/toolchain"
)

// A cloud refuses something now and then. Whatever was done by then stays, and the same command
// goes on from there.
func TestARefusedRunIsFinishedByTheNext(t *testing.T) {
	t.Parallel()
	r := open(t, t.TempDir(), nil)
	defer r.Close()
	for _, nth := range []int{1, 150, 100} {
		require.NoError(t, r.World().Inject(sim.Fault{Verb: sim.Create, Nth: nth, Do: sim.Fail, Error: "ServiceUnavailable"}))
		report := up(t, r)
		require.True(t, report.Failed)
		assert.Contains(t, report.Errors[0], "ServiceUnavailable")
		require.NoError(t, r.World().ClearFaults())
	}
	well(t, up(t, r))
	assert.Equal(t, original, standing(r.World()))
	createdOnce(t, r.World())
}

// The rehearsal dies in the middle of a call that takes effect: the hardest moment, since nobody
// has heard of the result.
func TestAKilledRunIsFinishedByTheNext(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	for _, nth := range []int{1, 200, 150} {
		killed(t, home, "up", sim.Fault{Verb: sim.Create, Nth: nth, Do: sim.Crash})
	}
	r := open(t, home, nil)
	well(t, up(t, r))
	assert.Equal(t, original, standing(r.World()))
	createdOnce(t, r.World())
	again := up(t, r)
	assert.Equal(t, map[string]int{"same": again.Count("same")}, again.Changes)
	require.NoError(t, r.Close())

	for _, nth := range []int{1, 200} {
		killed(t, home, "destroy", sim.Fault{Verb: sim.Delete, Nth: nth, Do: sim.Crash})
	}
	r = open(t, home, nil)
	defer r.Close()
	gone(t, r)
}

// A live run writes checkpoints, so a kill leaves a state with a create that was begun.
func TestAKilledRunWithCheckpointsIsFinishedByTheNext(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), victim+"="+home)
	dies(t, home, cmd, sim.Fault{Verb: sim.Create, Nth: 60, Do: sim.Crash})
	state, err := os.ReadFile(filepath.Join(home, "state", ".pulumi", "stacks", "tenant-runtime", stack+".json"))
	require.NoError(t, err)
	require.Contains(t, string(state), `"type":"creating"`)

	r := open(t, home, nil)
	defer r.Close()
	well(t, up(t, r))
	assert.Equal(t, original, standing(r.World()))
	createdOnce(t, r.World())
}

// victim names the home in which this executable, started again, is to die.
const victim = "LIFECYCLE_VICTIM"

func upWithCheckpoints(home string) error {
	ctx := context.Background()
	tools, err := toolchain.Ensure(ctx)
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
func killed(t *testing.T, home, verb string, fault sim.Fault) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), tools.Command(), verb, "--home", home, stack)
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
