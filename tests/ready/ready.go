// Package ready gives tests the executables that they start.
//
// `go run ./rehearsal test` compiles them first, and shows how far it is. Plain `go test` has compiled
// the SDKs by the time a test starts, but not the Pulumi CLI: then this package does, before the first
// test, since the time that a test has begins with testing.M.Run.
package ready

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"testing"
	"time"

	"tenant-runtime/rehearsal/toolchain"

	// The program's SDKs: a test that imports this package has them compiled before it starts.
	_ "tenant-runtime/components/column/aws"
	_ "tenant-runtime/components/column/azure"
	_ "tenant-runtime/components/column/gcp"
)

// Main is the TestMain of a package whose tests start tools.
func Main(m *testing.M, tools *toolchain.Tools) {
	var err error
	if *tools, err = Tools(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// Tools builds what is missing or out of date of everything, for the repository of the working
// directory. It is to be called before testing.M.Run.
//
// The go command kills a test binary a minute after its -timeout, whatever it does. Before that, Tools
// gives up and says what to do.
func Tools() (toolchain.Tools, error) {
	var tools toolchain.Tools
	wd, err := os.Getwd()
	if err != nil {
		return tools, err
	}
	root, err := toolchain.Root(wd)
	if err != nil {
		return tools, err
	}
	tools = toolchain.In(root, toolchain.Home(root))
	parts, err := tools.Everything()
	if err != nil {
		return tools, err
	}
	ctx, cancel := patience()
	defer cancel()
	err = tools.Build(ctx, os.Stderr, parts...)
	if errors.Is(err, context.DeadlineExceeded) {
		return tools, fmt.Errorf("compiling what the tests start takes longer than -timeout: "+
			"say `go run ./rehearsal test`, which compiles first (and goes on from here): %w", err)
	}
	return tools, err
}

// patience ends with the -timeout of this test binary.
func patience() (context.Context, context.CancelFunc) {
	if !flag.Parsed() {
		flag.Parse()
	}
	if timeout, ok := flag.Lookup("test.timeout").Value.(flag.Getter).Get().(time.Duration); ok && timeout > 0 {
		return context.WithTimeout(context.Background(), timeout)
	}
	return context.WithCancel(context.Background())
}
