// Package cloud stands in for calls to the API of Pulumi Cloud.
package cloud

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/pulumi/pulumi/pkg/v3/backend/httpstate/client"
	"github.com/pulumi/pulumi/pkg/v3/leftout"
)

type ResolvedContext struct {
	Client   *client.Client
	OrgName  string
	LoggedIn bool
}

func ResolveContext(context.Context) (*ResolvedContext, error) {
	return nil, leftout.Error("Pulumi Cloud")
}

func NewAPICmd() *cobra.Command { return leftout.Command("api", "Call Pulumi Cloud") }

// APIError is never returned here; the CLI looks for it among its errors.
type APIError struct {
	ExitCode int
	Silent   bool
}

func (*APIError) Error() string { return "" }
