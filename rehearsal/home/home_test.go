package home

import (
	"context"
	"os/exec"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestOneRehearsalPerHome(t *testing.T) {
	h := Dir(t.TempDir())
	first, err := h.Lock(context.Background())
	require.NoError(t, err)
	_, err = h.Lock(context.Background())
	assert.ErrorContains(t, err, "another rehearsal")
	require.NoError(t, first.Close())
	again, err := h.Lock(context.Background())
	require.NoError(t, err)
	again.Close()
}

// The lock file names a process that is dead, yet a child of it still runs: the home is taken until
// that child ends.
func TestLockWaitsForTheChildrenOfADeadRehearsal(t *testing.T) {
	h := Dir(t.TempDir())
	first, err := h.Lock(context.Background())
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
	second, err := h.Lock(context.Background())
	require.NoError(t, err)
	defer second.Close()
	assert.True(t, time.Now().After(<-ended))
}

func TestLockGivesUpWhenInterrupted(t *testing.T) {
	h := Dir(t.TempDir())
	first, err := h.Lock(context.Background())
	require.NoError(t, err)
	defer first.Close()
	_, err = first.WriteAt([]byte("                "), 0) // no living holder
	require.NoError(t, err)
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	_, err = h.Lock(ctx)
	assert.ErrorIs(t, err, context.DeadlineExceeded)
}
