// Package home is the directory that holds everything a rehearsal keeps: the simulated clouds,
// Pulumi's state, a copy of the project's files. Deleting it forgets the rehearsal.
package home

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

	"tenant-runtime/rehearsal/filelock"
)

// Dir is a home.
type Dir string

func (d Dir) Path(name string) string { return filepath.Join(string(d), name) }
func (d Dir) World() string           { return d.Path("world.db") } // the simulated clouds
func (d Dir) State() string           { return d.Path("state") }    // Pulumi's backend
func (d Dir) Pulumi() string          { return d.Path("pulumi") }   // PULUMI_HOME
func (d Dir) User() string            { return d.Path("user") }     // HOME of everything the engine starts
func (d Dir) Logs() string            { return d.Path("logs") }
func (d Dir) Project() string         { return d.Path("project") } // where the engine runs

// Backend is Pulumi's own file backend. The side files it would write for metadata are not replaced
// in one step: a kill can leave an empty one, and then Pulumi cannot read the state any more
// (gocloud.dev v0.46.1, fileblob setAttrs). Nothing needs them.
func (d Dir) Backend() string { return "file://" + filepath.ToSlash(d.State()) + "?metadata=skip" }

// Create makes what is missing of the directory.
func (d Dir) Create() error {
	for _, dir := range []string{d.State(), d.Pulumi(), d.User(), d.Logs()} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return err
		}
	}
	// The CLI writes every verbose log line of every run, compressed, into this directory and has no
	// switch for it (v3.276.0, StartLogging); that is half of a preview's time. Without a directory
	// it goes on without the log.
	if err := os.RemoveAll(filepath.Join(d.Pulumi(), "logs")); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(d.Pulumi(), "logs"), nil, 0o644)
}

// patience is how long the processes of a killed rehearsal may take to end.
const patience = 20 * time.Second

// Lock makes this rehearsal the only one in its home. Every engine inherits the open file, so the
// lock lasts until the last child of a killed rehearsal has ended; whoever holds it may therefore
// take any other trace of a running engine for a dead one's. No process ids are compared, which
// would mistake a recycled one.
func (d Dir) Lock(ctx context.Context) (*os.File, error) {
	deadline := time.Now().Add(patience)
	file, err := filelock.Acquire(ctx, d.Path("lock"), func(file *os.File) error {
		if holder := holder(file); isAlive(holder) || time.Now().After(deadline) {
			return fmt.Errorf("another rehearsal (process %d) is at work in %s: wait for it, end it, or use another --home", holder, d)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return file, note(file)
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

func isAlive(pid int) bool {
	return pid > 0 && !errors.Is(syscall.Kill(pid, 0), syscall.ESRCH)
}
