// Package trace stands in for the viewer of recorded traces, a web application.
package trace

import (
	"github.com/spf13/cobra"

	"github.com/pulumi/pulumi/pkg/v3/leftout"
)

func NewViewTraceCmd() *cobra.Command { return leftout.Command("view-trace", "Show a trace") }

func NewConvertTraceCmd() *cobra.Command {
	return leftout.Command("convert-trace", "Convert a trace")
}
