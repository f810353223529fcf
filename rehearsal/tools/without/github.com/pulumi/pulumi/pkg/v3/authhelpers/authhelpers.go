// Package authhelpers stands in for the login to Google Cloud that state in gs:// needs.
package authhelpers

import (
	"context"

	"gocloud.dev/blob"

	"github.com/pulumi/pulumi/pkg/v3/leftout"
)

func GoogleCredentialsMux(ctx context.Context) (*blob.URLMux, error) {
	_, err := leftout.State("gs").OpenBucketURL(ctx, nil)
	return nil, err
}
