package policy

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/protobuf/types/known/structpb"

	"tenant-runtime/policy/rule"
)

// asPack makes this test binary a policy pack, so that a pack is tested as the
// process it is, without building one.
const asPack = "TENANT_RUNTIME_TEST_PACK"

func TestMain(m *testing.M) {
	if name := os.Getenv(asPack); name != "" {
		Main(name)
		return
	}
	os.Exit(m.Run())
}

// engine is as much of the engine as a pack needs to see that it is alive.
func engine(t *testing.T) (address string, die func()) {
	cancel := make(chan bool)
	handle, err := rpcutil.ServeWithOptions(rpcutil.ServeOptions{Cancel: cancel})
	require.NoError(t, err)
	return fmt.Sprintf("127.0.0.1:%d", handle.Port), func() { close(cancel); <-handle.Done }
}

// start runs a pack with the arguments an engine gives it.
func start(t *testing.T, pack string, args ...string) (pulumirpc.AnalyzerClient, *exec.Cmd) {
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), asPack+"="+pack)
	stdout, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	port, err := bufio.NewReader(stdout).ReadString('\n')
	require.NoError(t, err)
	conn, err := grpc.NewClient("127.0.0.1:"+strings.TrimSpace(port), grpc.WithTransportCredentials(insecure.NewCredentials()))
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close() })
	return pulumirpc.NewAnalyzerClient(conn), cmd
}

func TestAPackAnswersTheEngineAndEndsWithIt(t *testing.T) {
	for name, args := range map[string]func(engine string) []string{
		"analyzer on the path": func(engine string) []string { return []string{engine, "."} },
		"executable":           func(engine string) []string { return []string{engine} },
		"handshake alone":      func(string) []string { return nil },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, address, die := context.Background(), "", func() {}
			address, die = engine(t)
			pack, process := start(t, rule.Hardening, args(address)...)
			_, err := pack.Handshake(ctx, &pulumirpc.AnalyzerHandshakeRequest{EngineAddress: address})
			require.NoError(t, err)
			info, err := pack.GetAnalyzerInfo(ctx, nil)
			require.NoError(t, err)
			assert.Equal(t, rule.Hardening, info.Name)
			_, err = pack.ConfigureStack(ctx, &pulumirpc.AnalyzerStackConfigureRequest{Stack: "eu", Config: map[string]string{
				"tenant-runtime:runtime": `{"jurisdiction":"EU"}`}})
			require.NoError(t, err)

			key, _ := structpb.NewStruct(map[string]any{"enableKeyRotation": false, "deletionWindowInDays": 30})
			one, err := pack.Analyze(ctx, &pulumirpc.AnalyzeRequest{Type: "aws:kms/key:Key", Name: "key", Urn: "urn:pulumi:eu::p::aws:kms/key:Key::key", Properties: key})
			require.NoError(t, err)
			assert.Contains(t, policies(one), "ENC-07-rotation")
			all, err := pack.AnalyzeStack(ctx, &pulumirpc.AnalyzeStackRequest{Resources: []*pulumirpc.AnalyzerResource{{Type: "aws:s3/bucketV2:BucketV2", Urn: "urn:pulumi:eu::p::aws:s3/bucketV2:BucketV2::bucket"}}})
			require.NoError(t, err)
			assert.Contains(t, policies(all), "DAT-02-not-public")

			die()
			gone := make(chan error, 1)
			go func() { gone <- process.Wait() }()
			select {
			case err := <-gone:
				assert.NoError(t, err)
			case <-time.After(20 * time.Second):
				t.Fatal("the pack outlives its engine")
			}
		})
	}
}

func policies(res *pulumirpc.AnalyzeResponse) []string {
	var names []string
	for _, d := range res.Diagnostics {
		names = append(names, d.PolicyName)
	}
	return names
}

func TestPacksAreComplete(t *testing.T) {
	for _, name := range rule.Packs {
		pack, err := Pack(name)
		require.NoError(t, err)
		assert.NotEmpty(t, pack.Version)
		assert.NotEmpty(t, pack.Description)
	}
}
