// Command stacks is the program of every stack: it reads what the stack's file asks
// for, and declares it on the cloud of its home region. The programs below it are the
// same for one cloud each.
package main

import (
	"tenant-runtime/components/column/aws"
	"tenant-runtime/components/column/azure"
	"tenant-runtime/components/column/gcp"
	"tenant-runtime/stacks/deploy"
)

func main() {
	deploy.Run(deploy.Columns{AWS: aws.Column, GCP: gcp.Column, Azure: azure.Column})
}
