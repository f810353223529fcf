package run

import (
	"context"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestOneRehearsalPerHome(t *testing.T) {
	h := home(t.TempDir())
	first, err := h.lock(context.Background())
	require.NoError(t, err)
	_, err = h.lock(context.Background())
	assert.ErrorContains(t, err, "another rehearsal")
	require.NoError(t, first.Close())
	again, err := h.lock(context.Background())
	require.NoError(t, err)
	again.Close()
}

// The lock file names a process that is dead, yet a child of it still runs: the home is taken until
// that child ends.
func TestLockWaitsForTheChildrenOfADeadRehearsal(t *testing.T) {
	h := home(t.TempDir())
	first, err := h.lock(context.Background())
	require.NoError(t, err)
	child := exec.Command("sleep", "60")
	child.ExtraFiles = append(child.ExtraFiles, first)
	require.NoError(t, child.Start())
	dead := exec.Command("true")
	require.NoError(t, dead.Run())
	_, err = first.WriteAt([]byte("               "), 0)
	require.NoError(t, err)
	require.NoError(t, first.Close()) // as the kernel does for a killed process; the child has it open still

	ended := make(chan time.Time, 1)
	time.AfterFunc(300*time.Millisecond, func() {
		ended <- time.Now()
		child.Process.Kill()
		child.Wait()
	})
	second, err := h.lock(context.Background())
	require.NoError(t, err)
	defer second.Close()
	assert.True(t, time.Now().After(<-ended))
}

func TestLockGivesUpWhenInterrupted(t *testing.T) {
	h := home(t.TempDir())
	first, err := h.lock(context.Background())
	require.NoError(t, err)
	defer first.Close()
	_, err = first.WriteAt([]byte("                "), 0) // no living holder
	require.NoError(t, err)
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	_, err = h.lock(ctx)
	assert.ErrorIs(t, err, context.DeadlineExceeded)
}

func TestForgetDeadLeavesOtherStacksAlone(t *testing.T) {
	h := home(t.TempDir())
	const locks = ".pulumi/locks/organization/tenant-runtime/"
	for _, file := range []string{locks + "eu/1.json", locks + "eu-gcp/2.json", ".pulumi/stacks/tenant-runtime/eu.json", ".pulumi/stacks/tenant-runtime/eu.json.18ea.tmp"} {
		write(t, filepath.Join(h.state(), file), "{}")
	}
	require.NoError(t, h.forgetDead("tenant-runtime", "eu"))
	assert.NoFileExists(t, filepath.Join(h.state(), locks, "eu/1.json"))
	assert.FileExists(t, filepath.Join(h.state(), locks, "eu-gcp/2.json"))
	assert.FileExists(t, h.stackFile("tenant-runtime", "eu"))
	assert.NoFileExists(t, h.stackFile("tenant-runtime", "eu")+".18ea.tmp")
}
