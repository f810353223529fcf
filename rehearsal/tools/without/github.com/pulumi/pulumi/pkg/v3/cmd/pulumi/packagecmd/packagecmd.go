// Package packagecmd stands in for work on Pulumi packages: their schemas, documentation and SDKs.
package packagecmd

import (
	"github.com/spf13/cobra"

	"github.com/pulumi/pulumi/pkg/v3/leftout"
)

func NewPackageCmd() *cobra.Command { return leftout.Command("package", "Work with Pulumi packages") }
