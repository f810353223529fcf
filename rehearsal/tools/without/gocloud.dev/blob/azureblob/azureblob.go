// Package azureblob stands in for state in a container of Azure Storage.
package azureblob

import (
	"context"
	"net/url"

	"gocloud.dev/blob"

	"github.com/pulumi/pulumi/pkg/v3/leftout"
)

const Scheme = "azblob"

func init() { leftout.State(Scheme).Register() }

type URLOpener struct {
	MakeClient        func()
	ServiceURLOptions struct{}
}

func NewDefaultClient() {}

func NewDefaultServiceURLOptions() *struct{} { return &struct{}{} }

func (*URLOpener) OpenBucketURL(ctx context.Context, u *url.URL) (*blob.Bucket, error) {
	return leftout.State(Scheme).OpenBucketURL(ctx, u)
}
