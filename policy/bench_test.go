package policy

import (
	"context"
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/require"

	"tenant-runtime/policy/rule"
	"tenant-runtime/policy/rules"
)

// BenchmarkAnalyze measures all packs on every resource of every example; the
// figure to watch is the time per resource, which is to stay below 100 µs.
func BenchmarkAnalyze(b *testing.B) {
	var requests []*pulumirpc.AnalyzeRequest
	for _, r := range rules.All {
		for _, e := range append(append([]rule.Example{}, r.Good...), r.Bad...) {
			requests = append(requests, e.Requests()...)
		}
	}
	var servers []*rule.Server
	for _, name := range packs {
		pack, err := Pack(name, project(name))
		require.NoError(b, err)
		server := rule.NewServer(pack, func(string) {}, b.Output())
		_, err = server.ConfigureStack(context.Background(), &pulumirpc.AnalyzerStackConfigureRequest{Config: map[string]string{
			"tenant-runtime:runtime": `{"jurisdiction":"EU","home":"eu-central-1"}`}})
		require.NoError(b, err)
		servers = append(servers, server)
	}
	for i := 0; b.Loop(); i++ {
		for _, server := range servers {
			if _, err := server.Analyze(context.Background(), requests[i%len(requests)]); err != nil {
				b.Fatal(err)
			}
		}
	}
}
