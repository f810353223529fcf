// Package review lets all policy packs of the tree look at a stack the way they do
// beside the engine, but without one: in a test, in a report, in a benchmark.
package review

import (
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"tenant-runtime/policy"
	"tenant-runtime/policy/rule"
)

// Review is all packs before one stack.
type Review struct {
	packs   []*rule.Pack
	runtime *rule.Runtime
}

// Open prepares the packs for a stack with its configuration.
func Open(stack string, config map[string]string) (*Review, error) {
	r := &Review{runtime: rule.Configured(stack, config)}
	for _, name := range rule.Packs {
		pack, err := policy.Pack(name)
		if err != nil {
			return nil, err
		}
		r.packs = append(r.packs, pack)
	}
	return r, nil
}

// Alone judges a resource by itself, as before it is created or changed.
func (r *Review) Alone(req *pulumirpc.AnalyzeRequest) (out rule.Outcome) {
	for _, pack := range r.packs {
		out.Add(pack.Alone(req, r.runtime))
	}
	return out
}

// Together judges how resources hang together, as when all are planned or created.
func (r *Review) Together(req *pulumirpc.AnalyzeStackRequest) (out rule.Outcome) {
	for _, pack := range r.packs {
		out.Add(pack.Together(req, r.runtime))
	}
	return out
}
