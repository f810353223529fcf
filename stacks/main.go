// Command stacks is the program of every stack: it reads what the stack's file asks
// for, and declares it.
package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/stacks/deploy"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		config, err := deploy.Load(ctx)
		if err != nil {
			return err
		}
		for _, note := range config.Notes() {
			if err := ctx.Log.Info(note, nil); err != nil {
				return err
			}
		}
		return deploy.Build(ctx, config)
	})
}
