// Package toolchain turns this repository into the executables a rehearsal runs: the command, the
// stack programs, the policy packs, the small processes around the engine, and the pinned Pulumi CLI.
//
// It imports the standard library only, so that `go run ./rehearsal` shows progress within a second
// on a machine that has compiled nothing yet. `go build` is the only cache: it is called every time,
// and an interrupted build goes on where it stopped.
package toolchain

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"tenant-runtime/rehearsal/filelock"
)

// Tools are the executables of one repository, all below Dir.
type Tools struct {
	Root string // the repository
	Dir  string // where the executables are
}

// Path is where an executable is, or will be.
func (t Tools) Path(p Part) string { return filepath.Join(t.Dir, filepath.FromSlash(p.name())) }

// HomeVariable moves a rehearsal's home, which is .rehearsal in the repository otherwise.
const HomeVariable = "REHEARSAL_HOME"

// Home is where the rehearsal of a repository keeps everything it makes, the executables in bin.
func Home(root string) string {
	if home := os.Getenv(HomeVariable); home != "" {
		return home
	}
	return filepath.Join(root, ".rehearsal")
}

// CheckHome refuses a directory that may be somebody's: a rehearsal replaces and deletes what is in
// its home. One that is new, empty, or has been a home already will do.
func CheckHome(home string) error {
	entries, err := os.ReadDir(home)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("--home %s: %w: name a directory, new or empty", home, err)
	case len(entries) == 0, exists(filepath.Join(home, "bin", "staging")), exists(filepath.Join(home, "world.db")):
		return nil
	}
	return fmt.Errorf("--home %s holds files, and none of a rehearsal, which would delete some: name a new or an empty directory", home)
}

// In names the tools below a home, whether or not they have been built.
func In(root, home string) Tools {
	return Tools{Root: root, Dir: filepath.Join(home, "bin")}
}

// Root finds the repository that contains dir.
func Root(dir string) (string, error) {
	for at := dir; ; at = filepath.Dir(at) {
		if exists(filepath.Join(at, "go.mod")) && exists(filepath.Join(at, "Pulumi.yaml")) {
			return at, nil
		}
		if at == filepath.Dir(at) {
			return "", fmt.Errorf("no go.mod with a Pulumi.yaml beside it in %s or above: run this inside the repository", dir)
		}
	}
}

// Build builds what is missing or out of date of the parts, one process at a time, and reports progress
// to out.
func (t Tools) Build(ctx context.Context, out io.Writer, parts ...Part) error {
	if err := os.MkdirAll(t.staging(), 0o755); err != nil {
		return err
	}
	said := false
	lock, err := filelock.Acquire(ctx, filepath.Join(t.Dir, "lock"), func(*os.File) error {
		if !said {
			fmt.Fprintln(out, "Another rehearsal is building the tools; waiting for it.")
		}
		said = true
		return nil
	})
	if err != nil {
		return err
	}
	defer lock.Close()

	b := &builder{tools: t, lock: lock, progress: newProgress(out)}
	defer b.progress.finish()
	if slices.Contains(parts, Command) && !exists(t.Path(Command)) { // it builds the rest, and has been introduced then
		b.progress.say("The first build takes minutes: it compiles the SDKs of clouds and the Pulumi CLI, with up to 5 GB of memory " +
			"per compiler. Later ones take seconds; an interrupted one goes on where it stopped. Estimates go by the size of the source.")
	}
	var jobs []job
	if ours := slices.DeleteFunc(slices.Clone(parts), func(p Part) bool { return p == Pulumi }); len(ours) > 0 {
		jobs = append(jobs, b.ours(ours))
	}
	if slices.Contains(parts, Pulumi) {
		cli, err := b.pulumi(ctx)
		if err != nil {
			return err
		}
		jobs = append(jobs, cli...)
	}
	if err := b.build(ctx, jobs); err != nil {
		return err
	}
	if took := time.Since(b.progress.started); took > 5*time.Second {
		b.progress.say(fmt.Sprintf("Built in %s.", took.Round(time.Second)))
	}
	return nil
}

func (t Tools) staging() string { return filepath.Join(t.Dir, "staging") }

// publish gives a built file its name in one step: whoever starts the tool at that moment finds
// either the old one or the new one. The two names share one file, and `go build` sees from its
// own that there is nothing to link.
func publish(staged, name string) error {
	built, err := os.Stat(staged)
	if err != nil {
		return err
	}
	if current, err := os.Stat(name); err == nil && os.SameFile(built, current) {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	fresh := name + ".new"
	os.Remove(fresh)
	if err := os.Link(staged, fresh); err != nil {
		return fmt.Errorf("publish %s: %w", name, err)
	}
	return os.Rename(fresh, name)
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
