// Package gcp is the column of Google Cloud.
package gcp

import (
	"fmt"

	"github.com/pulumi/pulumi-gcp/sdk/v7/go/gcp"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/column"
	keys "tenant-runtime/components/keys/gcp"
	"tenant-runtime/components/scope"
	storage "tenant-runtime/components/storage/gcp"
)

// Column is what is built on Google Cloud.
var Column = column.Column{
	Provider: provider,
	Keys:     keys.New,
	Storage:  storage.New,
}

func provider(ctx *pulumi.Context, name string, s scope.Scope) (pulumi.ProviderResource, error) {
	p, err := gcp.NewProvider(ctx, name, &gcp.ProviderArgs{
		Project: pulumi.String(s.Account),
		Region:  pulumi.String(s.Place.Region.ID),
	})
	if err != nil {
		return nil, fmt.Errorf("provider for %s: %w", s.Place.Region.ID, err)
	}
	return p, nil
}
