// Package azure is the column of Azure.
package azure

import (
	"fmt"

	azurenative "github.com/pulumi/pulumi-azure-native-sdk/v2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/column"
	keys "tenant-runtime/components/keys/azure"
	"tenant-runtime/components/scope"
	storage "tenant-runtime/components/storage/azure"
)

// Column is what is built on Azure.
var Column = column.Column{
	Provider: provider,
	Keys:     keys.New,
	Storage:  storage.New,
}

func provider(ctx *pulumi.Context, name string, s scope.Scope) (pulumi.ProviderResource, error) {
	p, err := azurenative.NewProvider(ctx, name, &azurenative.ProviderArgs{
		SubscriptionId: pulumi.String(s.Account),
		Location:       pulumi.String(s.Place.Region.ID),
	})
	if err != nil {
		return nil, fmt.Errorf("provider for %s: %w", s.Place.Region.ID, err)
	}
	return p, nil
}
