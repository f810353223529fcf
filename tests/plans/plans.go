// Package plans gives tests what the committed stacks declare, without an engine.
package plans

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"sigs.k8s.io/yaml"

	"tenant-runtime/components/column/aws"
	"tenant-runtime/components/column/azure"
	"tenant-runtime/components/column/gcp"
	"tenant-runtime/policy/review"
	"tenant-runtime/rehearsal/sim"
	"tenant-runtime/rehearsal/sim/clouds"
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

// Columns are what stacks/main.go links.
var Columns = deploy.Columns{AWS: aws.Column, GCP: gcp.Column, Azure: azure.Column}

// Review lets the policy packs look at a committed stack.
func Review(t testing.TB, stack string) *review.Review {
	t.Helper()
	r, err := review.Open(stack, Config(t, stack))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Program is what stacks/main.go runs.
func Program(ctx *pulumi.Context) error { return deploy.Program(ctx, Columns) }

// Parsed returns the configuration of a committed stack as the program reads it.
func Parsed(t testing.TB, stack string) deploy.Config {
	t.Helper()
	config, problems := deploy.Parse([]byte(Config(t, stack)[deploy.Key]), Columns)
	if err := problems.Err(); err != nil {
		t.Fatalf("stack %s has %v", stack, err)
	}
	return config
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
		world := open(t)
		defer world.Close()
		made[stack] = in(t, world, stack, map[string]*mock.Plan{})
	}
	return made[stack]
}

// InOneWorld returns the plans of all committed stacks in one world.
func InOneWorld(t testing.TB) map[string]*mock.Plan {
	t.Helper()
	world := open(t)
	t.Cleanup(func() { _ = world.Close() })
	plans := map[string]*mock.Plan{}
	for _, stack := range Stacks(t) {
		in(t, world, stack, plans)
	}
	return plans
}

// Beside returns the plan of a stack that comes to a committed one, where that stands
// with all it builds on; or why it cannot come.
func Beside(t testing.TB, standing, stack string, config map[string]string) (*mock.Plan, error) {
	t.Helper()
	world := open(t)
	t.Cleanup(func() { _ = world.Close() })
	made := map[string]*mock.Plan{}
	in(t, world, standing, made)
	return mock.In(world, stack, config, Program, slices.Collect(maps.Values(made))...)
}

func open(t testing.TB) *sim.World {
	t.Helper()
	world, err := clouds.Open(filepath.Join(t.TempDir(), "world"))
	if err != nil {
		t.Fatal(err)
	}
	return world
}

// in runs a stack after those that it builds on, each once.
func in(t testing.TB, world *sim.World, stack string, plans map[string]*mock.Plan) *mock.Plan {
	t.Helper()
	if plans[stack] == nil {
		var others []*mock.Plan
		for _, on := range Parsed(t, stack).Reads() {
			others = append(others, in(t, world, string(on), plans))
		}
		plan, err := mock.In(world, stack, Config(t, stack), Program, others...)
		if err != nil {
			t.Fatal(err)
		}
		plans[stack] = plan
	}
	return plans[stack]
}
