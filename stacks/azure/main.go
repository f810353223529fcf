// Command azure is the program of the stacks on Azure: a rehearsal of one cloud compiles the SDK of one.
package main

import (
	"tenant-runtime/components/column/azure"
	"tenant-runtime/stacks/deploy"
)

func main() { deploy.Run(deploy.Columns{Azure: azure.Column}) }
