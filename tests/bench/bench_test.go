// Package bench measures what people wait for: rules, programs, and whole updates.
// There are no tests here, because none may depend on the speed of a machine:
//
//	go test -bench . ./tests/bench
package bench

import (
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/require"

	"tenant-runtime/rehearsal/report"
	"tenant-runtime/rehearsal/run"
	"tenant-runtime/rehearsal/sim/clouds"
	"tenant-runtime/rehearsal/sim/mock"
	"tenant-runtime/tests/plans"
	"tenant-runtime/tests/ready"
)

// BenchmarkAnalyze is one operation per resource of a plan, as the engine asks for
// it before the resource is created. All rules together are to stay below 100 µs.
func BenchmarkAnalyze(b *testing.B) {
	plan, packs := plans.Wire(b, plans.Of(b, "eu")), plans.Review(b, "eu")
	var requests []*pulumirpc.AnalyzeRequest
	for _, p := range plan {
		requests = append(requests, p.Alone())
	}
	for i := 0; b.Loop(); i++ {
		packs.Alone(requests[i%len(requests)])
	}
}

// BenchmarkAnalyzeStack is what the packs take at the end of an update.
func BenchmarkAnalyzeStack(b *testing.B) {
	plan, packs := plans.Wire(b, plans.Of(b, "eu")), plans.Review(b, "eu")
	for b.Loop() {
		packs.Together(plans.Together(plan))
	}
}

// BenchmarkProgram declares a whole stack against the simulated cloud, without an
// engine.
func BenchmarkProgram(b *testing.B) {
	config := plans.Config(b, "eu")
	for b.Loop() {
		world, err := clouds.Open(filepath.Join(b.TempDir(), "world"))
		require.NoError(b, err)
		_, err = mock.In(world, "eu", config, pulumi.RunFunc(plans.Program))
		require.NoError(b, err)
		require.NoError(b, world.Close())
	}
}

// BenchmarkStart starts the compiled program, which ends at once because there is
// no engine: what it takes until then is taken again by every command.
func BenchmarkStart(b *testing.B) {
	tools, err := ready.Tools()
	require.NoError(b, err)
	var memory int64
	for b.Loop() {
		cmd := exec.CommandContext(b.Context(), tools.Path("stacks/aws"))
		require.Error(b, cmd.Run(), "there is no engine")
		memory = max(memory, cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss) // in KiB on Linux
	}
	b.ReportMetric(float64(memory)/1024, "MiB")
}

// BenchmarkEngine is an update that creates everything, without checkpoints and with
// them, one that changes nothing, and a preview of that, on the real engine under all
// packs.
func BenchmarkEngine(b *testing.B) {
	tools, err := ready.Tools()
	require.NoError(b, err)
	open := func(b *testing.B, checkpoints bool) *run.Rehearsal {
		r, err := run.Open(b.Context(), run.Options{Tools: tools, Home: b.TempDir(), Quiet: true, Checkpoints: checkpoints})
		require.NoError(b, err)
		b.Cleanup(func() { require.NoError(b, r.Close()) })
		return r
	}
	must := func(b *testing.B, reports []report.Report, err error) {
		require.NoError(b, err)
		require.False(b, reports[0].Failed, "%v", reports[0].Errors)
	}
	b.Run("create", func(b *testing.B) {
		for b.Loop() {
			reports, err := open(b, false).Up(b.Context(), "ch")
			must(b, reports, err)
		}
	})
	b.Run("create/checkpoints", func(b *testing.B) {
		for b.Loop() {
			reports, err := open(b, true).Up(b.Context(), "ch")
			must(b, reports, err)
		}
	})
	standing := open(b, false)
	reports, err := standing.Up(b.Context(), "ch")
	must(b, reports, err)
	b.Run("again", func(b *testing.B) {
		for b.Loop() {
			reports, err := standing.Up(b.Context(), "ch")
			must(b, reports, err)
		}
	})
	b.Run("preview", func(b *testing.B) {
		for b.Loop() {
			reports, err := standing.Preview(b.Context(), "ch")
			must(b, reports, err)
		}
	})
}
