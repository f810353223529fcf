package filelock

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTwoTakeTurns(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	first, err := Acquire(t.Context(), path, nil)
	require.NoError(t, err)
	released := make(chan time.Time, 1)
	time.AfterFunc(300*time.Millisecond, func() {
		released <- time.Now()
		first.Close()
	})
	asked := 0
	second, err := Acquire(t.Context(), path, func(*os.File) error { asked++; return nil })
	require.NoError(t, err)
	defer second.Close()
	assert.True(t, time.Now().After(<-released))
	assert.Positive(t, asked)
}

func TestWaitingEnds(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	first, err := Acquire(t.Context(), path, nil)
	require.NoError(t, err)
	defer first.Close()

	enough := errors.New("enough")
	_, err = Acquire(t.Context(), path, func(*os.File) error { return enough })
	assert.ErrorIs(t, err, enough)

	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err = Acquire(ctx, path, nil)
	assert.ErrorIs(t, err, context.DeadlineExceeded)
}
