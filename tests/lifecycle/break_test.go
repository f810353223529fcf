package lifecycle

import (
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/rehearsal/sim"
	"tenant-runtime/rehearsal/sim/clouds"
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

// killed runs the command as its user does, in a process that dies of the fault.
func killed(t *testing.T, home, verb string, fault sim.Fault) {
	t.Helper()
	world, err := clouds.Open(filepath.Join(home, "world.db"))
	require.NoError(t, err)
	require.NoError(t, world.Inject(fault))
	require.NoError(t, world.Close())

	cmd := exec.CommandContext(t.Context(), tools.Command(), verb, "--home", home, stack)
	cmd.Dir = tools.Root
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	require.ErrorAs(t, err, &exit, "%s", out)
	require.Equal(t, syscall.SIGKILL, exit.Sys().(syscall.WaitStatus).Signal(), "%s", out)

	world, err = clouds.Open(filepath.Join(home, "world.db"))
	require.NoError(t, err)
	require.NoError(t, world.ClearFaults())
	require.NoError(t, world.Close())
}
