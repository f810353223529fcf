package laws

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"

	"tenant-runtime/policy/review"
	"tenant-runtime/tests/plans"
)

// distortions are what may stand where a property was expected. Each gets what stood
// there, and a text.
var distortions = []func(was any, text string) any{
	func(any, string) any { return nil },
	func(any, string) any { return plugin.UnknownStringValue },
	func(any, string) any { return []any{} },
	func(any, string) any { return object{} },
	func(any, string) any { return float64(-1) },
	func(any, string) any { return true },
	func(_ any, text string) any { return text },
	func(_ any, text string) any {
		var parsed any
		_ = json.Unmarshal([]byte(text), &parsed)
		return parsed
	},
	func(was any, _ string) any { return []any{was, nil, was} },
	func(was any, _ string) any { return object{resource.SigKey: resource.SecretSig, "value": was} },
	func(was any, text string) any { return object{text: was} },
}

// FuzzPropertiesThroughThePacks distorts one property of a resource that we declare.
// Whatever stands in a property, every rule decides: a rule that panics is a finding
// about itself, and then nobody has looked. The seeds run with every `go test`; for
// more:
//
//	go test ./tests/laws -run '^$' -fuzz FuzzPropertiesThroughThePacks
func FuzzPropertiesThroughThePacks(f *testing.F) {
	type planned struct {
		packs    *review.Review
		together *pulumirpc.AnalyzeStackRequest
		at       int
		alone    *pulumirpc.AnalyzeRequest
	}
	var all []planned
	seeded := map[string]bool{}
	for _, stack := range []string{"eu", "eu-gcp", "eu-azure"} {
		plan, packs := plans.Wire(f, plans.Of(f, stack)), plans.Review(f, stack)
		for i, p := range plan {
			if !seeded[p.Type] {
				seeded[p.Type] = true
				for _, text := range []string{"", `{"Statement":[null,{"Principal":1}]}`} {
					f.Add(uint(len(all)), uint(len(all)), uint(len(seeded)+len(text)), text)
				}
			}
			all = append(all, planned{packs, plans.Together(plan), i, p.Alone()})
		}
	}
	f.Fuzz(func(t *testing.T, which, where, how uint, text string) {
		p := all[which%uint(len(all))]
		alone := proto.Clone(p.alone).(*pulumirpc.AnalyzeRequest)
		alone.Properties = distorted(t, alone.Properties, where, distortions[how%uint(len(distortions))], text)
		together := &pulumirpc.AnalyzeStackRequest{Resources: slices.Clone(p.together.Resources)}
		together.Resources[p.at] = proto.Clone(together.Resources[p.at]).(*pulumirpc.AnalyzerResource)
		together.Resources[p.at].Properties = distorted(t, together.Resources[p.at].Properties, where, distortions[how%uint(len(distortions))], text)

		said := p.packs.Alone(alone).Findings
		assert.Equal(t, fmt.Sprint(said), fmt.Sprint(p.packs.Alone(alone).Findings), "the same question has the same answer")
		for _, finding := range append(said, p.packs.Together(together).Findings...) {
			assert.NotContains(t, finding.String(), "a defect of the rule", "%s on %s", finding.Rule, finding.URN)
		}
	})
}

// distorted changes the property at one of the places in a map.
func distorted(t *testing.T, s *structpb.Struct, where uint, how func(was any, text string) any, text string) *structpb.Struct {
	text = strings.ToValidUTF8(text, "\uFFFD") // the protocol takes nothing else
	properties := s.AsMap()
	var at []func()
	walk(properties, func(was any, set func(any)) { at = append(at, func() { set(how(was, text)) }) })
	if len(at) == 0 {
		return s
	}
	at[where%uint(len(at))]()
	changed, err := structpb.NewStruct(properties)
	require.NoError(t, err)
	return changed
}

// walk visits every place in a value, always in the same order.
func walk(value any, visit func(was any, set func(any))) {
	switch v := value.(type) {
	case object:
		for _, k := range slices.Sorted(maps.Keys(v)) {
			visit(v[k], func(to any) { v[k] = to })
			walk(v[k], visit)
		}
	case []any:
		for i := range v {
			visit(v[i], func(to any) { v[i] = to })
			walk(v[i], visit)
		}
	}
}
