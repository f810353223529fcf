package main

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/stacks/deploy"
)

// repository makes a directory that looks like one, with a program at stacks whose executable is script.
func repository(t *testing.T, script string) (root string, h *host) {
	t.Helper()
	root, bin := t.TempDir(), t.TempDir()
	for path, text := range map[string]string{
		filepath.Join(bin, "programs/tests-mistakes"): script,
		filepath.Join(root, "go.mod"):                 "",
		filepath.Join(root, "Pulumi.yaml"):            "",
		filepath.Join(root, "stacks/main.go"):         "",
		filepath.Join(root, "tests/mistakes/main.go"): "",
		filepath.Join(bin, "programs/stacks-aws"):     script,
		filepath.Join(bin, "programs/stacks-azure"):   script,
		filepath.Join(root, "regions/aws.go"):         "",
		filepath.Join(root, "policy/rules.go"):        "",
	} {
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o755))
	}
	return root, &host{engine: "127.0.0.1:1", bin: bin}
}

func request(dir string) *pulumirpc.RunRequest {
	return &pulumirpc.RunRequest{
		Project: "tenant-runtime", Stack: "ch", Organization: "organization", Pwd: dir,
		Config: map[string]string{"tenant-runtime:runtime": "{}"}, DryRun: true, Parallel: 16, MonitorAddress: "127.0.0.1:2",
		Info: &pulumirpc.ProgramInfo{RootDirectory: "/project", ProgramDirectory: dir, EntryPoint: "."},
	}
}

func TestProgramIsFoundThroughLinksToo(t *testing.T) {
	root, h := repository(t, "")
	link := filepath.Join(t.TempDir(), "linked")
	require.NoError(t, os.Symlink(filepath.Join(root, "stacks"), link))
	for _, dir := range []string{filepath.Join(root, "stacks"), link} {
		path, err := h.program(dir, nil)
		require.NoError(t, err)
		assert.Equal(t, filepath.Join(h.bin, "programs/stacks-aws"), path)
	}
	_, err := h.program(filepath.Join(root, "regions"), nil)
	assert.ErrorContains(t, err, "regions is not among the programs")
}

func TestTheProgramOfTheStacksIsThatOfTheHomesCloud(t *testing.T) {
	root, h := repository(t, "")
	for runtime, want := range map[string]string{
		`{"home":"eu-central-1"}`:       "stacks-aws",
		`{"home":"germanywestcentral"}`: "stacks-azure",
		`{"home":"atlantis"}`:           "stacks-aws", // which says what is wrong
	} {
		path, err := h.program(filepath.Join(root, "stacks"), map[string]string{deploy.Key: runtime})
		require.NoError(t, err)
		assert.Equal(t, filepath.Join(h.bin, "programs", want), path, runtime)
	}
	path, err := h.program(filepath.Join(root, "tests/mistakes"), map[string]string{deploy.Key: `{"home":"germanywestcentral"}`})
	require.NoError(t, err)
	assert.Equal(t, filepath.Join(h.bin, "programs/tests-mistakes"), path)
}

func TestRunGivesTheProgramWhatTheSDKReads(t *testing.T) {
	seen := filepath.Join(t.TempDir(), "seen")
	root, h := repository(t, "#!/bin/sh\nenv > "+seen+"; pwd >> "+seen+"\n")
	dir := filepath.Join(root, "stacks")
	response, err := h.Run(context.Background(), request(dir))
	require.NoError(t, err)
	assert.Empty(t, response.Error)
	text, err := os.ReadFile(seen)
	require.NoError(t, err)
	for _, line := range []string{
		"PULUMI_PROJECT=tenant-runtime", "PULUMI_STACK=ch", "PULUMI_ORGANIZATION=organization", "PULUMI_ROOT_DIRECTORY=/project",
		`PULUMI_CONFIG={"tenant-runtime:runtime":"{}"}`, "PULUMI_CONFIG_SECRET_KEYS=null", "PULUMI_DRY_RUN=true", "PULUMI_PARALLEL=16",
		"PULUMI_MONITOR=127.0.0.1:2", "PULUMI_ENGINE=127.0.0.1:1", dir,
	} {
		assert.Contains(t, string(text), line+"\n")
	}
}

func TestRunTellsALoggedFailureFromACrash(t *testing.T) {
	root, h := repository(t, "#!/bin/sh\nexit 32\n")
	response, err := h.Run(context.Background(), request(filepath.Join(root, "stacks")))
	require.NoError(t, err)
	assert.True(t, response.Bail)
	assert.Empty(t, response.Error)

	root, h = repository(t, "#!/bin/sh\nexit 2\n")
	response, err = h.Run(context.Background(), request(filepath.Join(root, "stacks")))
	require.NoError(t, err)
	assert.False(t, response.Bail)
	assert.Contains(t, response.Error, "exit status 2")
}
