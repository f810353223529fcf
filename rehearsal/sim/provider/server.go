// Package provider lets the Pulumi engine use a simulated world as it would use
// the providers of the real clouds: it speaks the provider protocol on loopback.
//
// It promises that no live stack can come upon it: it listens on ports of its own
// choice, has no executable that could be found on a PATH, and is reached only by
// an engine that is started with Ports.Env.
package provider

import (
	"context"
	"fmt"
	"net"
	"sync"

	"google.golang.org/grpc"
	"google.golang.org/grpc/stats"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"tenant-runtime/rehearsal/sim"
)

// Packages are the Pulumi packages that are served.
var Packages = []string{"aws", "azure-native", "gcp"}

// Ports says where each package is served.
type Ports map[string]int

// Serve serves all packages of a world until the context ends. Any number of
// engines, and of provider instances in each, may attach at the same time.
func Serve(ctx context.Context, world *sim.World) (Ports, error) {
	ports := Ports{}
	for _, pkg := range Packages {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return nil, fmt.Errorf("serve simulated %s: %w", pkg, err)
		}
		server := grpc.NewServer(grpc.StatsHandler(&instances{}), grpc.MaxRecvMsgSize(400<<20))
		pulumirpc.RegisterResourceProviderServer(server, &adapter{world: world, pkg: pkg})
		context.AfterFunc(ctx, server.Stop)
		go func() { _ = server.Serve(listener) }() // ends with Stop
		ports[pkg] = listener.Addr().(*net.TCPAddr).Port
	}
	return ports, nil
}

// instance is one configured provider. The engine opens a connection for each
// provider resource, also when it attaches (NewProvider in its
// resource/plugin/provider_plugin.go, v3.276.0), and calls Configure on it. Create
// and its like do not say which provider they are for, so the connection is what
// tells home from recovery region and one stack from the other.
type instance struct {
	mu     sync.Mutex
	config *sim.Config
}

func (i *instance) configure(c sim.Config) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.config = &c
}

type instanceKey struct{}

// configured returns the configuration of the provider that a call is for.
func configured(ctx context.Context) (sim.Config, error) {
	i := ctx.Value(instanceKey{}).(*instance)
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.config == nil {
		return sim.Config{}, fmt.Errorf("this provider was not configured on this connection: run again")
	}
	return *i.config, nil
}

// instances gives each connection an instance of its own.
type instances struct{}

func (*instances) TagConn(ctx context.Context, _ *stats.ConnTagInfo) context.Context {
	return context.WithValue(ctx, instanceKey{}, &instance{})
}
func (*instances) HandleConn(context.Context, stats.ConnStats)                     {}
func (*instances) TagRPC(ctx context.Context, _ *stats.RPCTagInfo) context.Context { return ctx }
func (*instances) HandleRPC(context.Context, stats.RPCStats)                       {}
