// Package markdown stands in for the generator of the CLI's own documentation.
package markdown

import (
	"github.com/spf13/cobra"

	"github.com/pulumi/pulumi/pkg/v3/leftout"
)

func NewGenMarkdownCmd(*cobra.Command) *cobra.Command {
	return leftout.Command("gen-markdown", "Document the CLI")
}
