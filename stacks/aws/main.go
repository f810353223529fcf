// Command aws is the program of the stacks on AWS: a rehearsal of one cloud compiles the SDK of one.
package main

import (
	"tenant-runtime/components/column/aws"
	"tenant-runtime/stacks/deploy"
)

func main() { deploy.Run(deploy.Columns{AWS: aws.Column}) }
