package review

import (
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/types/known/structpb"

	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
)

const urn = "urn:pulumi:eu::tenant-runtime::" + aws.S3BucketV2 + "::files"

func TestAReviewHearsEveryPack(t *testing.T) {
	r, err := Open("eu", map[string]string{"tenant-runtime:runtime": `{"jurisdiction":"EU"}`})
	require.NoError(t, err)
	config, err := structpb.NewStruct(map[string]any{"region": "eu-west-2"})
	require.NoError(t, err)
	alone := r.Alone(&pulumirpc.AnalyzeRequest{Type: "pulumi:providers:aws", Name: "home", Urn: "urn:pulumi:eu::tenant-runtime::pulumi:providers:aws::home", Properties: config})
	require.Len(t, alone.Findings, 1)
	assert.Equal(t, "region: found eu-west-2, wanted a place in EU", alone.Findings[0].String())
	assert.Equal(t, rule.Residency, alone.Findings[0].Pack)

	together := r.Together(&pulumirpc.AnalyzeStackRequest{Resources: []*pulumirpc.AnalyzerResource{{Type: aws.S3BucketV2, Name: "files", Urn: urn}}})
	packs := map[string]bool{}
	for _, f := range together.Findings {
		packs[f.Pack] = true
		assert.Equal(t, urn, f.URN)
		assert.Equal(t, rule.Mandatory, f.Level)
	}
	assert.Equal(t, map[string]bool{rule.Hardening: true, rule.Continuity: true}, packs)
}

func TestWithoutConfigurationThereIsNoLaw(t *testing.T) {
	r, err := Open("eu", nil)
	require.NoError(t, err)
	out := r.Alone(&pulumirpc.AnalyzeRequest{Type: "pulumi:pulumi:Stack", Name: "eu", Urn: "urn:pulumi:eu::tenant-runtime::pulumi:pulumi:Stack::tenant-runtime-eu"})
	require.Len(t, out.Findings, 1)
	assert.Equal(t, "RES-01", out.Findings[0].Rule)
}
