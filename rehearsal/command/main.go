// The second stage of `go run ./rehearsal`: the commands themselves. The launcher in the parent
// directory has built this program and everything it starts.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
)

func main() {
	err := root().ExecuteContext(interruptible())
	var status exitStatus
	switch {
	case err == nil:
	case errors.As(err, &status):
		os.Exit(int(status))
	default:
		fmt.Fprintln(os.Stderr, "rehearsal:", err)
		os.Exit(1)
	}
}

// exitStatus ends the program when the reason has been printed already.
type exitStatus int

func (s exitStatus) Error() string { return fmt.Sprintf("exit status %d", int(s)) }

// interruptible ends with the first Ctrl-C, which lets the engines finish what they are doing. The
// second ends this process, and the engines' supervisors end them; the next run repairs the state.
func interruptible() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		<-signals
		fmt.Fprintln(os.Stderr, "\nInterrupted: the engines finish what they have begun. Again to end at once.")
		cancel()
		<-signals
		os.Exit(130)
	}()
	return ctx
}

func root() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "rehearsal",
		Short: "Bring the stacks up on simulated clouds",
		Long: `Rehearsal runs this repository's stacks with the real Pulumi engine, under the three policy packs,
on simulated AWS, GCP and Azure. It needs no cloud account and reads no credentials.

Everything it makes is in .rehearsal: the simulated clouds, Pulumi's state, logs, executables.
Nothing there is known to a live Pulumi, and a rehearsal knows of no live stack. Delete the
directory to start anew; delete all of it but bin/ to keep the compiled tools.

The very same files go live with:
  pulumi up -s ch --policy-pack policy/hardening --policy-pack policy/residency --policy-pack policy/continuity`,
		Example: `  go run ./rehearsal up                      # ch, eu and us side by side
  go run ./rehearsal up eu-gcp               # one stack, with Pulumi's own progress
  go run ./rehearsal preview --example mistakes
  go run ./rehearsal pulumi -- stack export -s ch
  go run ./rehearsal destroy`,
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	cmd.CompletionOptions.DisableDefaultCmd = true
	cmd.PersistentFlags().String("home", "", "directory for state, simulated clouds and tools (default .rehearsal in the repository, or $REHEARSAL_HOME)")
	cmd.AddCommand(up(), preview(), destroy(), pulumi(), test(), gaps())
	return cmd
}
