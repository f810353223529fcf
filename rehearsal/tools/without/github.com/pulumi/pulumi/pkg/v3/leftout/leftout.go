// Package leftout is what the stand-ins beside it say when they are called. Pulumi has no such
// package.
package leftout

import (
	"context"
	"fmt"
	"net/url"

	"github.com/spf13/cobra"
	"gocloud.dev/blob"
)

// Error says that the Pulumi of a rehearsal cannot do something, and what can.
func Error(what string) error {
	return fmt.Errorf("%s: left out of the Pulumi CLI that `go run ./rehearsal` compiles, "+
		"because no rehearsal needs it; an installed Pulumi has it (https://www.pulumi.com/docs/install)", what)
}

// Command stands in for a command and all below it.
func Command(name, about string) *cobra.Command {
	return &cobra.Command{
		Use:                name,
		Short:              about + " (left out of the rehearsal's CLI)",
		DisableFlagParsing: true,
		RunE:               func(*cobra.Command, []string) error { return Error("pulumi " + name) },
	}
}

// State stands in for state kept at URLs of a scheme.
type State string

// Register makes the scheme known as that of a place for state: Pulumi takes an unknown one for the
// address of a Pulumi Cloud.
func (s State) Register() { blob.DefaultURLMux().RegisterBucket(string(s), s) }

func (s State) OpenBucketURL(context.Context, *url.URL) (*blob.Bucket, error) {
	return nil, Error("state in " + string(s) + "://")
}
