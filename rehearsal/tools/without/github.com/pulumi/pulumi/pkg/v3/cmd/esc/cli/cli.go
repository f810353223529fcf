// Package cli stands in for `pulumi env` and for the environments of Pulumi Cloud, which a stack on
// the file backend cannot have.
package cli

import (
	"github.com/spf13/cobra"

	"github.com/pulumi/pulumi/pkg/v3/auth/credentialhelper"
	"github.com/pulumi/pulumi/pkg/v3/backend/httpstate"
	"github.com/pulumi/pulumi/pkg/v3/leftout"
	"github.com/pulumi/pulumi/sdk/v3/go/common/diag/colors"
	"github.com/pulumi/pulumi/sdk/v3/go/common/esc"
)

type Options struct {
	ParentPath, UserAgent string
	Colors                colors.Colorization
	Login                 httpstate.LoginManager
	CredentialHelpers     *credentialhelper.Session
}

func New(*Options) *cobra.Command {
	root := &cobra.Command{}
	root.AddCommand(leftout.Command("env", "Manage environments"))
	return root
}

type PrepareOptions struct{ Quote, Pretend, Redact bool }

func PrepareEnvironment(*esc.Environment, *PrepareOptions) (files, environ, secrets []string, filesByKey map[string]string, err error) {
	return nil, nil, nil, nil, leftout.Error("environments")
}
