package toolchain

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// target is a main package and the name it gets below Tools.Dir.
type target struct{ pkg, name string }

// targets lists our own executables. A pack or a faulty example is found by the file that makes it
// one, so adding a directory is enough.
func targets(root string) ([]target, error) {
	list := []target{
		{"rehearsal/command", "rehearsal"},
		{"rehearsal/leash", "leash"},
		{"rehearsal/host", "pulumi-language-go"},
		{"stacks", "programs/stacks"},
	}
	for _, pattern := range []string{"policy/*/PulumiPolicy.yaml", "tests/*/Pulumi.yaml"} {
		found, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil {
			return nil, err
		}
		for _, file := range found {
			dir, err := filepath.Rel(root, filepath.Dir(file))
			if err != nil {
				return nil, err
			}
			list = append(list, target{filepath.ToSlash(dir), "programs/" + filepath.ToSlash(dir)})
		}
	}
	return list, nil
}

type builder struct {
	tools    Tools
	lock     *os.File
	progress *progress
}

// ours builds everything of this module in one go, so that the compiler's parallelism is shared.
func (b *builder) ours(ctx context.Context) error {
	list, err := targets(b.tools.Root)
	if err != nil {
		return err
	}
	var packages []string
	for _, t := range list {
		packages = append(packages, "./"+t.pkg)
	}
	// VCS stamping would relink every executable after each commit.
	args := append([]string{"-buildvcs=false", "-ldflags=-s -w", "-o", b.tools.staging() + "/"}, packages...)
	if err := b.build(ctx, b.tools.Root, "program, policy packs, rehearsal", args, packages); err != nil {
		return err
	}
	for _, t := range list {
		staged := filepath.Join(b.tools.staging(), filepath.Base(t.pkg))
		if err := publish(staged, filepath.Join(b.tools.Dir, filepath.FromSlash(t.name))); err != nil {
			return err
		}
	}
	return nil
}

// build runs `go build` in dir and turns its output into progress.
func (b *builder) build(ctx context.Context, dir, title string, args, packages []string) error {
	b.progress.stage(title)
	var deps bytes.Buffer
	if err := b.run(ctx, dir, &deps, append([]string{"list", "-deps"}, packages...)); err != nil {
		return err
	}
	b.progress.total(strings.Count(deps.String(), "\n"))

	flags := []string{"build", "-v"}
	if n := parallelism(availableMemory(), runtime.NumCPU()); n < runtime.NumCPU() {
		flags = append(flags, "-p", strconv.Itoa(n))
	}
	return b.run(ctx, dir, io.Discard, append(flags, args...))
}

// run starts the go command. The lock goes with it: a go command that outlives a killed launcher
// still holds it, so that two can never write the same file.
func (b *builder) run(ctx context.Context, dir string, stdout io.Writer, args []string) error {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir, cmd.Stdout = dir, stdout
	cmd.ExtraFiles = []*os.File{b.lock}
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 10 * time.Second
	stderr, err := cmd.StderrPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("start the go command: %w; install Go (https://go.dev/dl) and put it on PATH", err)
	}
	problems := b.progress.follow(bufio.NewScanner(stderr))
	if err := cmd.Wait(); err != nil {
		if ctx.Err() != nil {
			return fmt.Errorf("build interrupted; the next one goes on from here: %w", context.Cause(ctx))
		}
		return errors.New(explain(args[0], problems, err))
	}
	return nil
}

// explain renders a failed go command. A compiler killed by the kernel says no more than "signal:
// killed", and that has one usual reason.
func explain(verb string, problems []string, err error) string {
	text := fmt.Sprintf("go %s: %v\n%s", verb, err, strings.Join(problems, "\n"))
	if strings.Contains(text, "signal: killed") {
		text += "\nThe compiler ran out of memory (one package of the SDKs needs 5 GB). " +
			"Close other programs or set GOFLAGS=-p=1, then run the same command again: it goes on from here."
	}
	return text
}
