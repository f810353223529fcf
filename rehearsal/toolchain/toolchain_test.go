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

func TestTargetsAreFoundByTheirProjectFiles(t *testing.T) {
	root := t.TempDir()
	write(t, filepath.Join(root, "policy/hardening/PulumiPolicy.yaml"), "")
	write(t, filepath.Join(root, "policy/rules/all.go"), "")
	write(t, filepath.Join(root, "tests/mistakes/Pulumi.yaml"), "")
	list, err := targets(root)
	require.NoError(t, err)
	assert.Subset(t, list, []target{
		{"stacks", "programs/stacks"},
		{"policy/hardening", "programs/policy/hardening"},
		{"tests/mistakes", "programs/tests/mistakes"},
	})
	assert.NotContains(t, list, target{"policy/rules", "programs/policy/rules"})
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
	_, _, err := pin(dir)
	assert.ErrorContains(t, err, "no line `require github.com/pulumi/pulumi/pkg/v3")

	write(t, filepath.Join(dir, "go.mod"), "module tools\n\nrequire github.com/pulumi/pulumi/pkg/v3 v3.255.0\n")
	version, key, err := pin(dir)
	require.NoError(t, err)
	assert.Equal(t, "3.255.0", version)
	write(t, filepath.Join(dir, "go.sum"), "changed")
	_, other, err := pin(dir)
	require.NoError(t, err)
	assert.NotEqual(t, key, other)
}

func TestInstalledAcceptsOnlyThePinnedVersion(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "pulumi")
	require.NoError(t, os.WriteFile(path, []byte("#!/bin/sh\necho v3.255.0\n"), 0o755))
	t.Setenv("PATH", dir)
	assert.Equal(t, path, installed(context.Background(), "3.255.0"))
	assert.Empty(t, installed(context.Background(), "3.254.0"))
	t.Setenv("PATH", t.TempDir())
	assert.Empty(t, installed(context.Background(), "3.255.0"))
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
	assert.Contains(t, p.line(), "downloading github.com/a/b v1.0.0")

	p.total(10)
	problems := follow("runtime\ngithub.com/a/b\n# tenant-runtime/stacks\nstacks/main.go:1:1: syntax error\n")
	assert.Equal(t, []string{"# tenant-runtime/stacks", "stacks/main.go:1:1: syntax error"}, problems)
	assert.Contains(t, p.line(), "2 compiled of at most 10 · github.com/a/b")
}

func TestExplainKnowsTheCompilerThatWasKilled(t *testing.T) {
	text := explain("build", []string{"github.com/x: /usr/lib/go/compile: signal: killed"}, errors.New("exit status 1"))
	assert.Contains(t, text, "GOFLAGS=-p=1")
	assert.NotContains(t, explain("build", []string{"syntax error"}, errors.New("exit status 1")), "memory")
}

func TestTwoBuildersTakeTurns(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	first, err := acquire(context.Background(), path, io.Discard)
	require.NoError(t, err)
	released := make(chan time.Time, 1)
	time.AfterFunc(300*time.Millisecond, func() {
		released <- time.Now()
		first.Close()
	})
	var said strings.Builder
	second, err := acquire(context.Background(), path, &said)
	require.NoError(t, err)
	defer second.Close()
	assert.True(t, time.Now().After(<-released))
	assert.Equal(t, 1, strings.Count(said.String(), "waiting for it"))
}
