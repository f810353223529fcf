package rule

import (
	"context"
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
)

// Serve runs the pack until the engine is gone. The engine starts it in one of
// three ways and speaks the same protocol in all: through a language host, as
// `pulumi-analyzer-policy-go ENGINE_ADDRESS .`, or as an executable named by
// --policy-pack with ENGINE_ADDRESS alone.
func Serve(pack *Pack) error {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	var once sync.Once
	watch := func(engine string) {
		if engine == "" {
			return
		}
		once.Do(func() {
			if err := rpcutil.Healthcheck(ctx, engine, 5*time.Second, stop); err != nil {
				stop()
			}
		})
	}
	if len(os.Args) > 1 {
		watch(os.Args[1])
	}
	cancel := make(chan bool)
	handle, err := rpcutil.ServeWithOptions(rpcutil.ServeOptions{Cancel: cancel, Init: func(srv *grpc.Server) error {
		pulumirpc.RegisterAnalyzerServer(srv, NewServer(pack, watch, os.Stderr))
		return nil
	}})
	if err != nil {
		return fmt.Errorf("serving pack %s: %w", pack.Name, err)
	}
	fmt.Println(handle.Port) // the engine reads the port from the first line
	select {
	case err = <-handle.Done:
	case <-ctx.Done():
		close(cancel)
	}
	return err
}
