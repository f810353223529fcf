// Package run drives a rehearsal: the real Pulumi engine, the repository's own program and policy
// packs, on simulated clouds.
//
// It promises three things. A rehearsal touches nothing outside its home: no account, no live
// state, no file of the repository. A live run never finds anything a rehearsal made. And a
// rehearsal that was killed at any moment is finished by the next one, with nothing created twice.
package run

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// home is the directory that holds everything a rehearsal keeps. Deleting it forgets the rehearsal.
type home string

func (h home) path(name string) string { return filepath.Join(string(h), name) }
func (h home) world() string           { return h.path("world.db") } // the simulated clouds
func (h home) state() string           { return h.path("state") }    // Pulumi's backend
func (h home) pulumi() string          { return h.path("pulumi") }   // PULUMI_HOME
func (h home) user() string            { return h.path("user") }     // HOME of everything the engine starts
func (h home) logs() string            { return h.path("logs") }

// backend is Pulumi's own file backend. The side files it would write for metadata are not replaced
// in one step: a kill can leave an empty one, and then Pulumi cannot read the state any more
// (gocloud.dev v0.46.0, fileblob setAttrs). Nothing needs them.
func (h home) backend() string { return "file://" + filepath.ToSlash(h.state()) + "?metadata=skip" }

func (h home) create() error {
	for _, dir := range []string{h.state(), h.pulumi(), h.user(), h.logs()} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return err
		}
	}
	// The CLI writes every verbose log line of every run, encrypted, into this directory and has no
	// switch for it (v3.255.0, StartLogging); that is half of a preview's time. Without a directory
	// it goes on without the log.
	if err := os.RemoveAll(filepath.Join(h.pulumi(), "logs")); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(h.pulumi(), "logs"), nil, 0o644)
}

// patience is how long the processes of a killed rehearsal may take to end.
const patience = 20 * time.Second

// lock makes this rehearsal the only one in its home. Every engine inherits the open file, so the
// lock lasts until the last child of a killed rehearsal has ended; whoever holds it may therefore
// take any other trace of a running engine for a dead one's. No process ids are compared, which
// would mistake a recycled one.
func (h home) lock(ctx context.Context) (*os.File, error) {
	file, err := os.OpenFile(h.path("lock"), os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, err
	}
	for deadline := time.Now().Add(patience); ; {
		err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			return file, note(file)
		}
		if !errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, fmt.Errorf("lock %s: %w", file.Name(), err)
		}
		if holder := holder(file); alive(holder) || time.Now().After(deadline) {
			file.Close()
			return nil, fmt.Errorf("another rehearsal (process %d) is at work in %s: wait for it, end it, or use another --home", holder, h)
		}
		select {
		case <-ctx.Done():
			file.Close()
			return nil, context.Cause(ctx)
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// note leaves our process id in the lock file, for the message above only.
func note(file *os.File) error {
	if err := file.Truncate(0); err != nil {
		return err
	}
	_, err := file.WriteAt([]byte(strconv.Itoa(os.Getpid())), 0)
	return err
}

func holder(file *os.File) int {
	buffer := make([]byte, 20)
	n, _ := file.ReadAt(buffer, 0)
	pid, _ := strconv.Atoi(strings.TrimSpace(string(buffer[:n])))
	return pid
}

func alive(pid int) bool {
	return pid > 0 && !errors.Is(syscall.Kill(pid, 0), syscall.ESRCH)
}
