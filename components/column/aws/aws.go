// Package aws is the column of AWS.
package aws

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	account "tenant-runtime/components/account/aws"
	backup "tenant-runtime/components/backup/aws"
	"tenant-runtime/components/column"
	database "tenant-runtime/components/database/aws"
	edge "tenant-runtime/components/edge/aws"
	keys "tenant-runtime/components/keys/aws"
	logging "tenant-runtime/components/logging/aws"
	monitoring "tenant-runtime/components/monitoring/aws"
	network "tenant-runtime/components/network/aws"
	"tenant-runtime/components/scope"
	storage "tenant-runtime/components/storage/aws"
	tenant "tenant-runtime/components/tenant/aws"
)

// Column is what is built on AWS.
var Column = column.Column{
	Provider:   provider,
	Account:    account.New,
	Keys:       keys.New,
	Monitoring: monitoring.New,
	Storage:    storage.New,
	Logging:    logging.New,
	Network:    network.New,
	Edge:       edge.New,
	Database:   database.New,
	Backup:     backup.New,
	Tenant:     tenant.New,
}

func provider(ctx *pulumi.Context, name string, s scope.Scope) (pulumi.ProviderResource, error) {
	p, err := aws.NewProvider(ctx, name, &aws.ProviderArgs{
		Region: pulumi.String(s.Place.Region.ID),
		// Credentials of another account stop here instead of building there.
		AllowedAccountIds: pulumi.ToStringArray([]string{string(s.Account)}),
		DefaultTags: aws.ProviderDefaultTagsArgs{Tags: pulumi.StringMap{
			"jurisdiction": pulumi.String(s.Jurisdiction),
			"environment":  pulumi.String(s.Environment),
			"owner":        pulumi.String(s.Owner),
			"stack":        pulumi.String(s.Stack),
		}},
	})
	if err != nil {
		return nil, fmt.Errorf("provider for %s: %w", s.Place.Region.ID, err)
	}
	return p, nil
}
