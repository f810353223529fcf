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
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Part is an executable that a command needs: the directory of a main package of ours, or Pulumi.
type Part string

const (
	Command      Part = "rehearsal/command"
	Supervisor   Part = "rehearsal/supervisor"
	LanguageHost Part = "rehearsal/languagehost"
	Pulumi       Part = "" // no package of ours
)

// name is what the executable is called below Tools.Dir.
func (p Part) name() string {
	switch p {
	case Command:
		return "rehearsal"
	case LanguageHost:
		return "pulumi-language-go" // as the engine looks for it
	case Supervisor:
		return "supervisor"
	case Pulumi:
		return "pulumi"
	default:
		return "programs/" + strings.ReplaceAll(string(p), "/", "-")
	}
}

// Engine is what runs Pulumi programs, by their directories, under all policy packs.
func (t Tools) Engine(programs ...string) ([]Part, error) {
	parts, err := t.found("policy/*/PulumiPolicy.yaml")
	for _, program := range programs {
		parts = append(parts, Part(program))
	}
	return append(parts, Supervisor, LanguageHost, Pulumi), err
}

// Everything is what the tests need.
func (t Tools) Everything() ([]Part, error) {
	parts, err := t.Engine()
	for _, pattern := range []string{"stacks/*/main.go", "tests/*/Pulumi.yaml"} {
		programs, more := t.found(pattern)
		parts, err = append(parts, programs...), errors.Join(err, more)
	}
	return append(parts, Command), err
}

// found lists the directories with a file that makes them a program or a pack, so that adding a
// directory is enough.
func (t Tools) found(pattern string) ([]Part, error) {
	files, err := filepath.Glob(filepath.Join(t.Root, pattern))
	if err != nil {
		return nil, err
	}
	var parts []Part
	for _, file := range files {
		dir, err := filepath.Rel(t.Root, filepath.Dir(file))
		if err != nil {
			return nil, err
		}
		parts = append(parts, Part(filepath.ToSlash(dir)))
	}
	return parts, nil
}

// job is one run of `go build`.
type job struct {
	title    string
	dir      string
	packages []string
	modfile  string // empty is dir's own
	flags    []string
	publish  func() error
}

type builder struct {
	tools    Tools
	lock     *os.File
	progress *progress
}

// ours builds all that is of this module in one go, so that the compiler's parallelism is shared.
func (b *builder) ours(parts []Part) job {
	// VCS stamping would relink every executable after each commit.
	j := job{title: "rehearsal", dir: b.tools.Root, flags: []string{"-buildvcs=false", "-ldflags=-s -w", "-o", b.tools.staging() + "/"}}
	for _, part := range parts {
		j.packages = append(j.packages, "./"+string(part))
	}
	j.publish = func() error {
		for _, part := range parts {
			if err := publish(filepath.Join(b.tools.staging(), path.Base(string(part))), b.tools.Path(part)); err != nil {
				return err
			}
		}
		return nil
	}
	return j
}

// build runs the jobs one after the other. What they still have to do is weighed when that is worth
// knowing: most builds find everything done.
func (b *builder) build(ctx context.Context, jobs []job) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	weighing := time.AfterFunc(slow, func() {
		for _, j := range jobs {
			if work, err := b.weigh(ctx, j); err == nil { // only an estimate is lost
				b.progress.expect(work)
			}
		}
	})
	defer weighing.Stop()
	for _, j := range jobs {
		b.progress.stage(j.title)
		args := slices.Concat([]string{"build", "-v"}, j.arguments(), compilers(), j.flags, j.packages)
		if err := b.run(ctx, j.dir, io.Discard, args); err != nil {
			return err
		}
		if err := j.publish(); err != nil {
			return err
		}
	}
	return nil
}

func (j job) arguments() []string {
	if j.modfile == "" {
		return nil
	}
	return []string{"-modfile=" + j.modfile}
}

// weigh tells the size of the source of every package that a job takes, and which are to be compiled.
func (b *builder) weigh(ctx context.Context, j job) (work []weight, err error) {
	args := append([]string{"list", "-deps", "-f", `{{.ImportPath}}|{{.Stale}}|{{.Dir}}|{{join .GoFiles "|"}}`}, j.arguments()...)
	var list bytes.Buffer
	if err := b.run(ctx, j.dir, &list, append(args, j.packages...)); err != nil {
		return nil, err
	}
	for line := range strings.Lines(list.String()) {
		fields := strings.Split(strings.TrimSpace(line), "|")
		w := weight{pkg: fields[0], stale: fields[1] == "true"}
		for _, file := range fields[3:] {
			if info, err := os.Stat(filepath.Join(fields[2], file)); err == nil {
				w.bytes += info.Size()
			}
		}
		work = append(work, w)
	}
	return work, nil
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
