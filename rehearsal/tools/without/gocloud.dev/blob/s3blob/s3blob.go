// Package s3blob stands in for state in an S3 bucket.
package s3blob

import "github.com/pulumi/pulumi/pkg/v3/leftout"

func init() { leftout.State("s3").Register() }
