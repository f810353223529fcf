// Command pulumi-language-go is the Go language host of a rehearsal: Pulumi asks it to run the
// stack program and the policy packs, and it starts executables the toolchain has already built.
//
// Pulumi's own host compiles first and comes with Pulumi's installer only; the Go module proxy does
// not have it (2026-11). This one needs no compiler, adds nothing to a run's time, and lives beside
// the rehearsal's private CLI, where that CLI looks for its bundled hosts. A live run never sees it.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
)

func main() {
	if err := serve(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "pulumi-language-go (rehearsal):", err)
		os.Exit(1)
	}
}

// serve prints its port and serves until the engine closes our standard input, which it does by
// ending in whatever way.
func serve(args []string) error {
	if len(args) == 0 {
		return fmt.Errorf("the engine's address is missing: Pulumi starts this program, not you")
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	host := &host{engine: args[len(args)-1], bin: filepath.Dir(self)}
	server, err := rpcutil.ServeWithOptions(rpcutil.ServeOptions{
		Cancel: engineGone(),
		Init: func(s *grpc.Server) error {
			pulumirpc.RegisterLanguageRuntimeServer(s, host)
			return nil
		},
	})
	if err != nil {
		return err
	}
	fmt.Println(server.Port)
	return <-server.Done
}

func engineGone() chan bool {
	gone := make(chan bool)
	go func() {
		buffer := make([]byte, 1)
		for {
			if _, err := os.Stdin.Read(buffer); err != nil {
				close(gone)
				return
			}
		}
	}()
	return gone
}
