// Package filelock keeps processes apart with a lock on a file, which the kernel drops when the last
// process that has the file open ends, however it ends.
//
// It imports the standard library only, like everything that `go run ./rehearsal` compiles before it
// can show progress.
package filelock

import (
	"context"
	"errors"
	"fmt"
	"os"
	"syscall"
	"time"
)

const again = 100 * time.Millisecond

// Acquire takes the lock, and waits as long as another process has it. Each time it finds the lock
// taken it asks busy, if that is set, whether to go on waiting: an error of busy's ends it.
func Acquire(ctx context.Context, path string, busy func(*os.File) error) (*os.File, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, err
	}
	if err := wait(ctx, file, busy); err != nil {
		file.Close()
		return nil, err
	}
	return file, nil
}

func wait(ctx context.Context, file *os.File, busy func(*os.File) error) error {
	for {
		err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			return nil
		}
		if !errors.Is(err, syscall.EWOULDBLOCK) {
			return fmt.Errorf("lock %s: %w", file.Name(), err)
		}
		if busy != nil {
			if err := busy(file); err != nil {
				return err
			}
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(again):
		}
	}
}
