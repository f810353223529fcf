package toolchain

import (
	"context"
	"os"
	"os/exec"
	"slices"
	"time"
)

// enough is what a test binary may take on a busy machine with two cores; the longest takes four
// minutes on a quiet one.
const enough = "60m"

// Test runs `go test` in the repository, in the foreground. What the tests start has to be built.
func (t Tools) Test(ctx context.Context, args []string) error {
	cmd := exec.CommandContext(ctx, "go", slices.Concat([]string{"test", "-timeout", enough}, compilers(), args)...)
	cmd.Dir = t.Root
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 10 * time.Second
	return cmd.Run()
}
