// Package gcsblob stands in for state in a bucket of Google Cloud Storage.
package gcsblob

import "github.com/pulumi/pulumi/pkg/v3/leftout"

const Scheme = "gs"

func init() { leftout.State(Scheme).Register() }
