package policy

import (
	"context"
	"fmt"
	"strings"
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"

	"tenant-runtime/policy/rule"
	"tenant-runtime/policy/rules"
)

// BenchmarkStack measures all packs on stacks of different sizes. The figure to
// watch is the time per resource: it is to be the same for all of them, and below
// 100 µs.
func BenchmarkStack(b *testing.B) {
	for _, size := range []int{500, 5_000, 50_000} {
		stack := synthetic(size)
		b.Run(fmt.Sprintf("resources=%d", len(stack.Resources)), func(b *testing.B) {
			servers := serving(b)
			for b.Loop() {
				for _, server := range servers {
					for _, r := range stack.Resources {
						_, err := server.Analyze(context.Background(), &pulumirpc.AnalyzeRequest{
							Urn: r.Urn, Type: r.Type, Name: r.Name, Properties: r.Properties, Options: r.Options, Provider: r.Provider})
						require.NoError(b, err)
					}
					_, err := server.AnalyzeStack(context.Background(), stack)
					require.NoError(b, err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(stack.Resources)), "ns/resource")
		})
	}
}

// synthetic is a stack of at least so many resources: everything that good examples
// declare, over and over, each time with names of its own.
func synthetic(size int) *pulumirpc.AnalyzeStackRequest {
	stack := &pulumirpc.AnalyzeStackRequest{}
	for n := 0; len(stack.Resources) < size; n++ {
		for i, r := range rules.All {
			for j, e := range r.Accepted() {
				again := func(urn string) string { return fmt.Sprintf("%s-%d-%d-%d", urn, n, i, j) }
				for _, res := range e.StackRequest().Resources {
					if strings.HasPrefix(res.Type, "pulumi:") {
						continue
					}
					res = proto.Clone(res).(*pulumirpc.AnalyzerResource)
					res.Urn, res.Name = again(res.Urn), again(res.Name)
					for _, on := range res.PropertyDependencies {
						for k, urn := range on.Urns {
							on.Urns[k] = again(urn)
						}
					}
					stack.Resources = append(stack.Resources, res)
				}
			}
		}
	}
	stack.Resources = stack.Resources[:size]
	return stack
}

func serving(b *testing.B) []*rule.Server {
	var servers []*rule.Server
	for _, name := range rule.Packs {
		pack, err := Pack(name)
		require.NoError(b, err)
		server := rule.NewServer(pack, func(string) {}, b.Output())
		_, err = server.ConfigureStack(context.Background(), &pulumirpc.AnalyzerStackConfigureRequest{DryRun: true, Config: map[string]string{
			"tenant-runtime:runtime": `{"jurisdiction":"EU","home":"eu-central-1"}`}})
		require.NoError(b, err)
		servers = append(servers, server)
	}
	return servers
}
