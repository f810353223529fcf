package bench

import (
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"tenant-runtime/rehearsal/run"
	"tenant-runtime/stacks/deploy"
	"tenant-runtime/tests/ready"
)

// BenchmarkTenants is an update that creates tenants in bridge, split over stacks
// beside a cell that stands, with checkpoints as live runs have them. It is here to
// say how many tenants a stack carries: besides the time it reports the memory of
// the largest process and the size of the largest state. A thousand tenants take
// the better part of an hour on two cores:
//
//	go test -timeout 3h -bench 'Tenants/1000/by25' -benchtime 1x ./tests/bench
func BenchmarkTenants(b *testing.B) {
	tools, err := ready.Tools()
	require.NoError(b, err)
	for _, total := range []int{1, 10, 100, 1000} {
		for _, each := range []int{10, 25, 50} {
			if total < 10 && each > 10 {
				continue // one stack with one tenant, whatever it could carry
			}
			b.Run(fmt.Sprintf("%d/by%d", total, each), func(b *testing.B) {
				stacks, files := tenantStacks(total, each)
				for b.Loop() {
					b.StopTimer()
					home := b.TempDir()
					up(b, run.Options{Tools: tools, Home: home, Quiet: true, Edit: alone}, "eu")
					b.StartTimer()
					up(b, run.Options{Tools: tools, Home: home, Quiet: true, Edit: alone, More: files, Checkpoints: true}, stacks...)
					b.StopTimer()
					b.ReportMetric(float64(largestProcess())/1024, "MiB")
					b.ReportMetric(float64(largestState(b, home))/1e6, "MB-state")
					b.StartTimer()
				}
			})
		}
	}
}

func up(b *testing.B, o run.Options, stacks ...string) {
	r, err := run.Open(b.Context(), o)
	require.NoError(b, err)
	defer func() { require.NoError(b, r.Close()) }()
	reports, err := r.Up(b.Context(), stacks...)
	require.NoError(b, err)
	for _, report := range reports {
		require.False(b, report.Failed, "%s: %v", report.Stack, report.Errors)
	}
}

// alone leaves stack eu to itself: no stack hangs on it but those of the benchmark.
func alone(stack string, content map[string]any) {
	runtime := content["config"].(map[string]any)[deploy.Key].(map[string]any)
	if stack == "eu" {
		delete(runtime, "tenants")
		return
	}
	delete(runtime, "partOf")
	if cell, ok := runtime["cell"].(map[string]any); ok && cell["stack"] != nil {
		cell["stack"] = "eu-nowhere"
	}
}

// tenantStacks describes stacks of tenants in the cell of eu.
func tenantStacks(total, each int) (names []string, files map[string]map[string]any) {
	files = map[string]map[string]any{}
	for first := 0; first < total; first += each {
		var tenants []any
		for i := first; i < min(first+each, total); i++ {
			tenants = append(tenants, map[string]any{"name": fmt.Sprintf("t%04d", i), "isolation": "bridge"})
		}
		name := fmt.Sprintf("eu-tenants-%d", first/each)
		names = append(names, name)
		files[name] = map[string]any{"config": map[string]any{deploy.Key: map[string]any{
			"jurisdiction": "EU", "environment": "prod", "owner": "platform", "accountId": "777788889999",
			"home": "eu-central-1", "recovery": "eu-west-1",
			"cell": map[string]any{"stack": "eu"}, "tenants": tenants,
		}}}
	}
	return names, files
}

// largestProcess is the memory of the largest process that has ended, in KiB on Linux.
func largestProcess() int64 {
	var usage syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_CHILDREN, &usage)
	return usage.Maxrss
}

func largestState(b *testing.B, home string) (most int64) {
	files, err := filepath.Glob(filepath.Join(home, "state", ".pulumi", "stacks", "*", "*.json"))
	require.NoError(b, err)
	require.NotEmpty(b, files)
	for _, file := range files {
		info, err := os.Stat(file)
		require.NoError(b, err)
		most = max(most, info.Size())
	}
	return most
}
