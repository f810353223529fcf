package provider_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"tenant-runtime/rehearsal/sim"
	"tenant-runtime/rehearsal/sim/clouds"
	"tenant-runtime/rehearsal/sim/provider"
)

const (
	keyURN    = "urn:pulumi:eu::tenant-runtime::aws:kms/key:Key::k"
	bucketURN = "urn:pulumi:eu::tenant-runtime::aws:s3/bucketV2:BucketV2::b"
)

type m = map[string]any

var wire = plugin.MarshalOptions{KeepSecrets: true, KeepUnknowns: true}

func wired(t *testing.T, props m) *structpb.Struct {
	s, err := plugin.MarshalProperties(resource.NewPropertyMapFromMap(props), wire)
	require.NoError(t, err)
	return s
}

func unwired(t *testing.T, s *structpb.Struct) resource.PropertyMap {
	props, err := plugin.UnmarshalProperties(s, wire)
	require.NoError(t, err)
	return props
}

func serve(t *testing.T) (*sim.World, provider.Ports) {
	w, err := clouds.Open(filepath.Join(t.TempDir(), "world"))
	require.NoError(t, err)
	t.Cleanup(func() { _ = w.Close() })
	ports, err := provider.Serve(t.Context(), w)
	require.NoError(t, err)
	return w, ports
}

// connect does what the engine does for each provider resource.
func connect(t *testing.T, port int) pulumirpc.ResourceProviderClient {
	conn, err := grpc.NewClient(fmt.Sprintf("127.0.0.1:%d", port), grpc.WithTransportCredentials(insecure.NewCredentials()))
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close() })
	client := pulumirpc.NewResourceProviderClient(conn)
	_, err = client.Handshake(t.Context(), &pulumirpc.ProviderHandshakeRequest{})
	require.NoError(t, err)
	return client
}

func aws(t *testing.T, port int, account, region string) pulumirpc.ResourceProviderClient {
	client := connect(t, port)
	_, err := client.Configure(t.Context(), &pulumirpc.ConfigureRequest{Args: wired(t, m{"region": region, "allowedAccountIds": fmt.Sprintf(`[%q]`, account)})})
	require.NoError(t, err)
	return client
}

// TestInstancesOnOnePort: two regions and two accounts attach to the same port at
// the same time, and each works in its own.
func TestInstancesOnOnePort(t *testing.T) {
	_, ports := serve(t)
	arn := func(client pulumirpc.ResourceProviderClient, name string) string {
		r, err := client.Create(t.Context(), &pulumirpc.CreateRequest{Urn: keyURN + name, Properties: wired(t, m{})})
		require.NoError(t, err)
		return unwired(t, r.GetProperties())["arn"].StringValue()
	}
	home, recovery, other := aws(t, ports["aws"], "111111111111", "eu-central-1"), aws(t, ports["aws"], "111111111111", "eu-west-1"), aws(t, ports["aws"], "222222222222", "eu-central-1")
	assert.Contains(t, arn(home, "1"), "arn:aws:kms:eu-central-1:111111111111:key/")
	assert.Contains(t, arn(recovery, "2"), "arn:aws:kms:eu-west-1:111111111111:key/")
	assert.Contains(t, arn(other, "3"), "arn:aws:kms:eu-central-1:222222222222:key/")
	assert.Contains(t, arn(home, "4"), "arn:aws:kms:eu-central-1:111111111111:key/")
	_, err := connect(t, ports["aws"]).Create(t.Context(), &pulumirpc.CreateRequest{Urn: keyURN, Properties: wired(t, m{})})
	assert.ErrorContains(t, err, "was not configured on this connection")
}

func TestRoundTrip(t *testing.T) {
	ctx := t.Context()
	w, ports := serve(t)
	client := aws(t, ports["aws"], "111111111111", "eu-central-1")
	news := wired(t, m{"bucket": "example", "tags": m{"note": resource.MakeSecret(resource.NewProperty("s"))}})

	checked, err := client.Check(ctx, &pulumirpc.CheckRequest{Urn: bucketURN, News: news})
	require.NoError(t, err)
	require.Empty(t, checked.GetFailures())
	planned, err := client.Create(ctx, &pulumirpc.CreateRequest{Urn: bucketURN, Properties: checked.GetInputs(), Preview: true})
	require.NoError(t, err)
	assert.True(t, unwired(t, planned.GetProperties())["arn"].IsComputed())
	assert.Empty(t, planned.GetId())
	assert.Empty(t, w.Resources(nil))

	created, err := client.Create(ctx, &pulumirpc.CreateRequest{Urn: bucketURN, Properties: checked.GetInputs()})
	require.NoError(t, err)
	assert.Equal(t, "example", created.GetId())
	outputs := unwired(t, created.GetProperties())
	assert.Equal(t, "arn:aws:s3:::example", outputs["arn"].StringValue())
	assert.True(t, outputs["tags"].ObjectValue()["note"].IsSecret())

	read, err := client.Read(ctx, &pulumirpc.ReadRequest{Urn: bucketURN, Id: "example"})
	require.NoError(t, err)
	assert.Equal(t, unwired(t, checked.GetInputs()), unwired(t, read.GetInputs()))
	assert.Equal(t, outputs, unwired(t, read.GetProperties()))
	gone, err := client.Read(ctx, &pulumirpc.ReadRequest{Urn: bucketURN, Id: "another"})
	require.NoError(t, err)
	assert.Empty(t, gone.GetId())

	diff := func(news *structpb.Struct) *pulumirpc.DiffResponse {
		d, err := client.Diff(ctx, &pulumirpc.DiffRequest{Urn: bucketURN, Id: "example", OldInputs: checked.GetInputs(), Olds: created.GetProperties(), News: news})
		require.NoError(t, err)
		return d
	}
	assert.Equal(t, pulumirpc.DiffResponse_DIFF_NONE, diff(checked.GetInputs()).GetChanges())
	d := diff(wired(t, m{"bucket": "another", "forceDestroy": true}))
	assert.Equal(t, pulumirpc.DiffResponse_DIFF_SOME, d.GetChanges())
	assert.Equal(t, []string{"bucket"}, d.GetReplaces())
	assert.False(t, d.GetDeleteBeforeReplace())
	assert.Equal(t, pulumirpc.PropertyDiff_UPDATE_REPLACE, d.GetDetailedDiff()["bucket"].GetKind())
	assert.Equal(t, pulumirpc.PropertyDiff_ADD, d.GetDetailedDiff()["forceDestroy"].GetKind())

	changed := wired(t, m{"bucket": "example", "forceDestroy": true})
	for _, preview := range []bool{true, false} {
		updated, err := client.Update(ctx, &pulumirpc.UpdateRequest{Urn: bucketURN, Id: "example", Olds: created.GetProperties(), News: changed, Preview: preview})
		require.NoError(t, err)
		assert.True(t, unwired(t, updated.GetProperties())["forceDestroy"].BoolValue())
		assert.Equal(t, "arn:aws:s3:::example", unwired(t, updated.GetProperties())["arn"].StringValue())
		assert.Equal(t, !preview, w.Resources(nil)[0].Text("forceDestroy") == "true")
	}
	_, err = client.Delete(ctx, &pulumirpc.DeleteRequest{Urn: bucketURN, Id: "example"})
	require.NoError(t, err)
	assert.Empty(t, w.Residue("eu"))
}

func TestRefusals(t *testing.T) {
	ctx := t.Context()
	_, ports := serve(t)
	client := aws(t, ports["aws"], "111111111111", "eu-central-1")
	checked, err := client.Check(ctx, &pulumirpc.CheckRequest{Urn: bucketURN, News: wired(t, m{"bukcet": "b", "bucket": "B"})})
	require.NoError(t, err)
	assert.Len(t, checked.GetFailures(), 2)
	config, err := client.CheckConfig(ctx, &pulumirpc.CheckRequest{News: wired(t, m{"region": "mars", "allowedAccountIds": `["111111111111"]`})})
	require.NoError(t, err)
	require.Len(t, config.GetFailures(), 1)
	assert.Contains(t, config.GetFailures()[0].GetReason(), "not a region of aws")
	_, err = client.Configure(ctx, &pulumirpc.ConfigureRequest{Args: wired(t, m{"region": "eu-central-1"})})
	assert.ErrorContains(t, err, "must say whose account is simulated")
	_, err = client.Invoke(ctx, &pulumirpc.InvokeRequest{Tok: "aws:index/getCallerIdentity:getCallerIdentity"})
	assert.ErrorContains(t, err, "is not simulated")
}

func TestAnotherRegionIsAnotherProvider(t *testing.T) {
	_, ports := serve(t)
	client := connect(t, ports["aws"])
	diff := func(region string, tags m) *pulumirpc.DiffResponse {
		olds := m{"region": "eu-central-1", "allowedAccountIds": `["111111111111"]`}
		news := m{"region": region, "allowedAccountIds": `["111111111111"]`, "defaultTags": m{"tags": tags}}
		d, err := client.DiffConfig(t.Context(), &pulumirpc.DiffRequest{OldInputs: wired(t, olds), News: wired(t, news)})
		require.NoError(t, err)
		return d
	}
	assert.Contains(t, diff("eu-west-1", nil).GetReplaces(), "region")
	assert.Empty(t, diff("eu-central-1", m{"a": "b"}).GetReplaces())
	assert.Equal(t, []string{"defaultTags"}, diff("eu-central-1", m{"a": "b"}).GetDiffs())
}
