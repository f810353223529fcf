package edge

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func buildGCP(ctx *pulumi.Context, name string, args Args, e *Edge) error {
	return fmt.Errorf("the edge is not built on GCP yet: choose an AWS region as home")
}
