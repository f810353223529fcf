// Package toolchain turns this repository into the executables a rehearsal runs: the command, the
// stack programs, the policy packs, the small processes around the engine, and the pinned Pulumi CLI.
//
// It imports the standard library only, so that `go run ./rehearsal` shows progress within a second
// on a machine that has compiled nothing yet. `go build` is the only cache: it is called every time,
// and an interrupted build goes on where it stopped.
package toolchain

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// Tools are the executables of one repository, all below Dir.
type Tools struct {
	Root string // the repository
	Dir  string // where the executables are
}

func (t Tools) Pulumi() string  { return filepath.Join(t.Dir, "pulumi") }
func (t Tools) Command() string { return filepath.Join(t.Dir, "rehearsal") }
func (t Tools) Leash() string   { return filepath.Join(t.Dir, "leash") }

// Program is the compiled form of a stack program or policy pack, named by its directory in the repository.
func (t Tools) Program(dir string) string {
	return filepath.Join(t.Dir, "programs", filepath.FromSlash(dir))
}

// HomeVariable moves a rehearsal's home, which is .rehearsal in the repository otherwise.
const HomeVariable = "REHEARSAL_HOME"

// Home is where the rehearsal of a repository keeps everything it makes, the executables in bin.
func Home(root string) string {
	if home := os.Getenv(HomeVariable); home != "" {
		return home
	}
	return filepath.Join(root, ".rehearsal")
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

// Ensure builds what is missing or out of date for the repository of the working directory, in the
// shared home, and reports progress on standard error. Tests call it; they then share one build.
func Ensure(ctx context.Context) (Tools, error) {
	wd, err := os.Getwd()
	if err != nil {
		return Tools{}, err
	}
	root, err := Root(wd)
	if err != nil {
		return Tools{}, err
	}
	tools := In(root, Home(root))
	return tools, tools.Build(ctx, os.Stderr)
}

// Build builds what is missing or out of date, one process at a time, and reports progress to out.
func (t Tools) Build(ctx context.Context, out io.Writer) error {
	if err := os.MkdirAll(t.staging(), 0o755); err != nil {
		return err
	}
	lock, err := acquire(ctx, filepath.Join(t.Dir, "lock"), out)
	if err != nil {
		return err
	}
	defer lock.Close()

	b := &builder{tools: t, lock: lock, progress: newProgress(out)}
	defer b.progress.finish()
	if !exists(t.Command()) || !exists(t.Pulumi()) {
		b.progress.say("The first build compiles the SDKs of three clouds and the Pulumi CLI: " +
			"about 10 minutes on 4 cores, up to 5 GB of memory per compiler. Later builds take seconds; " +
			"an interrupted one goes on where it stopped.")
	}
	start := time.Now()
	if err := b.ours(ctx); err != nil {
		return err
	}
	if err := b.pulumi(ctx); err != nil {
		return err
	}
	if took := time.Since(start); took > 5*time.Second {
		b.progress.say(fmt.Sprintf("Tools built in %s.", took.Round(time.Second)))
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
