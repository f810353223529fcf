package toolchain

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func write(t *testing.T, path, text string) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
	require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
}

func TestRoot(t *testing.T) {
	root := t.TempDir()
	_, err := Root(root)
	assert.ErrorContains(t, err, "run this inside the repository")
	write(t, filepath.Join(root, "go.mod"), "")
	write(t, filepath.Join(root, "Pulumi.yaml"), "")
	write(t, filepath.Join(root, "rehearsal/tools/go.mod"), "") // a module of its own is not the repository
	found, err := Root(filepath.Join(root, "rehearsal/tools"))
	require.NoError(t, err)
	assert.Equal(t, root, found)
}

func TestAHomeIsNobodyElses(t *testing.T) {
	home := filepath.Join(t.TempDir(), "home")
	assert.NoError(t, CheckHome(home), "new")
	require.NoError(t, os.Mkdir(home, 0o755))
	assert.NoError(t, CheckHome(home), "empty")
	thesis := filepath.Join(home, "project/src/thesis.txt")
	write(t, thesis, "years of work")
	assert.ErrorContains(t, CheckHome(home), "name a new or an empty directory")
	assert.ErrorContains(t, CheckHome(thesis), "name a directory")
	write(t, filepath.Join(home, "world.db"), "")
	assert.NoError(t, CheckHome(home), "a home")
}

func TestProgramsAndPacksAreFoundByTheirProjectFiles(t *testing.T) {
	tools := In(t.TempDir(), "/home")
	write(t, filepath.Join(tools.Root, "policy/hardening/PulumiPolicy.yaml"), "")
	write(t, filepath.Join(tools.Root, "policy/rules/all.go"), "")
	write(t, filepath.Join(tools.Root, "tests/mistakes/Pulumi.yaml"), "")
	write(t, filepath.Join(tools.Root, "stacks/aws/main.go"), "")
	write(t, filepath.Join(tools.Root, "stacks/gcp/main.go"), "")
	write(t, filepath.Join(tools.Root, "stacks/main.go"), "")
	parts, err := tools.Engine("stacks/aws")
	require.NoError(t, err)
	assert.ElementsMatch(t, []Part{Supervisor, LanguageHost, Pulumi, "stacks/aws", "policy/hardening"}, parts)
	parts, err = tools.Everything()
	require.NoError(t, err)
	assert.ElementsMatch(t, []Part{Command, Supervisor, LanguageHost, Pulumi, "stacks/aws", "stacks/gcp", "policy/hardening", "tests/mistakes"}, parts)
	assert.Equal(t, "/home/bin/programs/policy-hardening", tools.Path("policy/hardening"))
}

// The file under the published name must stay whole while another build is at work, and `go build`
// must find its own output in place.
func TestPublish(t *testing.T) {
	dir := t.TempDir()
	staged, name := filepath.Join(dir, "staging/tool"), filepath.Join(dir, "programs/tool")
	write(t, staged, "one")
	require.NoError(t, publish(staged, name))
	running, err := os.Open(name)
	require.NoError(t, err)
	defer running.Close()

	require.NoError(t, publish(staged, name), "again, with nothing new")
	require.NoError(t, os.Remove(staged)) // as `go build` does before it writes
	write(t, staged, "two")
	require.NoError(t, publish(staged, name))

	old, err := io.ReadAll(running)
	require.NoError(t, err)
	assert.Equal(t, "one", string(old))
	fresh, err := os.ReadFile(name)
	require.NoError(t, err)
	assert.Equal(t, "two", string(fresh))
	assert.FileExists(t, staged)
}

func TestPin(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "go.sum"), "")
	write(t, filepath.Join(dir, "go.mod"), "module tools\n")
	write(t, filepath.Join(dir, "without/example.com/a.go"), "package a")
	_, _, err := pin(dir)
	assert.ErrorContains(t, err, "no line `require github.com/pulumi/pulumi/pkg/v3")

	write(t, filepath.Join(dir, "go.mod"), "module tools\n\nrequire github.com/pulumi/pulumi/pkg/v3 v3.276.0\n")
	version, key, err := pin(dir)
	require.NoError(t, err)
	assert.Equal(t, "3.276.0", version)
	for _, file := range []string{"go.sum", "without/example.com/a.go"} { // a stand-in changes the CLI too
		write(t, filepath.Join(dir, file), "changed")
		_, other, err := pin(dir)
		require.NoError(t, err)
		assert.NotEqual(t, key, other, file)
		key = other
	}
}

func TestInstalledAcceptsOnlyThePinnedVersion(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "pulumi")
	require.NoError(t, os.WriteFile(path, []byte("#!/bin/sh\necho v3.276.0\n"), 0o755))
	t.Setenv("PATH", dir)
	assert.Equal(t, path, installed(context.Background(), "3.276.0"))
	assert.Empty(t, installed(context.Background(), "3.275.0"))
	t.Setenv("PATH", t.TempDir())
	assert.Empty(t, installed(context.Background(), "3.276.0"))
}

func TestParallelism(t *testing.T) {
	const gb = 1 << 30
	for _, c := range []struct {
		available  int64
		cpus, want int
	}{
		{0, 8, 3}, {0, 2, 2}, {2 * gb, 8, 1}, {11 * gb, 8, 2}, {64 * gb, 4, 4},
	} {
		assert.Equal(t, c.want, parallelism(c.available, c.cpus), "%d bytes, %d cpus", c.available, c.cpus)
	}
}

func TestFollowTellsProgressFromProblems(t *testing.T) {
	p := newProgress(io.Discard)
	defer p.finish()
	p.stage("test")
	follow := func(text string) []string { return p.follow(bufio.NewScanner(strings.NewReader(text))) }

	assert.Empty(t, follow("go: downloading github.com/a/b v1.0.0\n"))
	assert.Contains(t, p.line(0), "downloading github.com/a/b v1.0.0")

	problems := follow("runtime\ngithub.com/a/b\n# tenant-runtime/stacks\nstacks/main.go:1:1: syntax error\n")
	assert.Equal(t, []string{"# tenant-runtime/stacks", "stacks/main.go:1:1: syntax error"}, problems)
	assert.Contains(t, p.line(0), "2 packages · github.com/a/b")
}

// The estimate goes by what was compiled of the source, not by the number of packages: a few of them
// take most of the time.
func TestEstimateGoesBySize(t *testing.T) {
	p := newProgress(io.Discard)
	defer p.finish()
	p.expect([]weight{{"small", large, true}, {"cached", 9 * large, false}, {"large", 3 * large, true}})
	p.compiled["small"] = true
	left, known := p.left(time.Minute)
	assert.True(t, known)
	assert.Equal(t, 3*time.Minute, left)
	assert.Contains(t, p.line(time.Minute), "1m0s, about 3 min left")

	_, known = p.left(time.Second)
	assert.False(t, known, "nothing is known from a second")
	p.expect([]weight{{"small", 1, true}, {"large", 3, true}})
	_, known = p.left(time.Minute)
	assert.False(t, known, "nothing is known of linking")
	assert.Equal(t, "10 s", roughly(time.Second))
	assert.Equal(t, "50 s", roughly(45*time.Second))
	assert.Equal(t, "2 min", roughly(100*time.Second))
}

func TestExplainKnowsTheCompilerThatWasKilled(t *testing.T) {
	text := explain("build", []string{"github.com/x: /usr/lib/go/compile: signal: killed"}, errors.New("exit status 1"))
	assert.Contains(t, text, "GOFLAGS=-p=1")
	assert.NotContains(t, explain("build", []string{"syntax error"}, errors.New("exit status 1")), "memory")
}
