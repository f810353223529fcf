// Package plans gives tests what the committed stacks declare, without an engine.
package plans

import (
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"sigs.k8s.io/yaml"

	"tenant-runtime/rehearsal/sim/mock"
	"tenant-runtime/stacks/deploy"
)

// Root is the repository.
func Root() string {
	_, file, _, _ := runtime.Caller(0)
	return filepath.Join(filepath.Dir(file), "..", "..")
}

// Stacks lists the committed stacks, sorted.
func Stacks(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(Root(), "stacks", "config", "Pulumi.*.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no stack files: %v", err)
	}
	var names []string
	for _, f := range files {
		names = append(names, strings.TrimSuffix(strings.TrimPrefix(filepath.Base(f), "Pulumi."), ".yaml"))
	}
	return names
}

// Config returns the configuration of a committed stack as the engine hands it to
// the program.
func Config(t testing.TB, stack string) map[string]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(Root(), "stacks", "config", "Pulumi."+stack+".yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Config map[string]json.RawMessage }
	if err := yaml.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	config := map[string]string{}
	for key, value := range file.Config {
		config[key] = string(value)
	}
	return config
}

// Program is what stacks/main.go runs.
func Program(ctx *pulumi.Context) error {
	cfg, err := deploy.Load(ctx)
	if err != nil {
		return err
	}
	return deploy.Build(ctx, cfg)
}

var (
	mu   sync.Mutex
	made = map[string]*mock.Plan{}
)

// Of returns what a committed stack declares. It is computed once; do not change it.
func Of(t testing.TB, stack string) *mock.Plan {
	t.Helper()
	mu.Lock()
	defer mu.Unlock()
	if made[stack] == nil {
		made[stack] = mock.Run(t, stack, Config(t, stack), Program)
	}
	return made[stack]
}
