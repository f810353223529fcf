package deploy

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	azurenative "github.com/pulumi/pulumi-azure-native-sdk/v2"
	"github.com/pulumi/pulumi-gcp/sdk/v7/go/gcp"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/regions"
)

// deployRole is the role that a stack assumes in the account of a silo tenant.
// The README says how to create it.
const deployRole = "tenant-runtime-deploy"

// target is where a provider reaches.
type target struct {
	Config
	region  regions.Region
	account string
	assume  bool // the account is another than that of the caller's credentials
}

var newProvider = regions.Each[func(*pulumi.Context, string, target) (pulumi.ProviderResource, error)]{
	AWS: func(ctx *pulumi.Context, name string, t target) (pulumi.ProviderResource, error) {
		args := &aws.ProviderArgs{
			Region: pulumi.String(string(t.region.ID)),
			// Credentials of another account stop here instead of building there.
			AllowedAccountIds: pulumi.ToStringArray([]string{t.account}),
			DefaultTags: aws.ProviderDefaultTagsArgs{Tags: pulumi.ToStringMap(map[string]string{
				"jurisdiction": string(t.Jurisdiction),
				"environment":  string(t.Environment),
				"owner":        string(t.Owner),
				"stack":        ctx.Stack(),
			})},
		}
		if t.assume {
			args.AssumeRole = aws.ProviderAssumeRoleArgs{
				RoleArn:     pulumi.Sprintf("arn:aws:iam::%s:role/%s", t.account, deployRole),
				SessionName: pulumi.String("tenant-runtime-" + ctx.Stack()),
			}
		}
		return aws.NewProvider(ctx, name, args)
	},
	GCP: func(ctx *pulumi.Context, name string, t target) (pulumi.ProviderResource, error) {
		return gcp.NewProvider(ctx, name, &gcp.ProviderArgs{
			Project: pulumi.String(t.account),
			Region:  pulumi.String(string(t.region.ID)),
		})
	},
	Azure: func(ctx *pulumi.Context, name string, t target) (pulumi.ProviderResource, error) {
		return azurenative.NewProvider(ctx, name, &azurenative.ProviderArgs{
			SubscriptionId: pulumi.String(t.account),
			Location:       pulumi.String(string(t.region.ID)),
		})
	},
}

// provider declares the provider of a target. Its name says the place, so that a
// stack's providers can be told apart in a plan.
func provider(ctx *pulumi.Context, name string, t target) (pulumi.ProviderResource, error) {
	p, err := newProvider.Of(t.region.Cloud)(ctx, fmt.Sprintf("%s-%s", name, t.region.ID), t)
	if err != nil {
		return nil, fmt.Errorf("provider for %s: %w", t.region.ID, err)
	}
	return p, nil
}
