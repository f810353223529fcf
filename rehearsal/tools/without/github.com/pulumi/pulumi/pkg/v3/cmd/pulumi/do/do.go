// Package do stands in for operations on single resources.
package do

import (
	"github.com/spf13/cobra"

	"github.com/pulumi/pulumi/pkg/v3/leftout"
)

func NewDoCmd(...any) *cobra.Command { return leftout.Command("do", "Operate on one resource") }

func DefaultRunStatefulUpdate() {}
