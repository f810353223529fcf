// Command gcp is the program of the stacks on GCP: a rehearsal of one cloud compiles the SDK of one.
package main

import (
	"tenant-runtime/components/column/gcp"
	"tenant-runtime/stacks/deploy"
)

func main() { deploy.Run(deploy.Columns{GCP: gcp.Column}) }
