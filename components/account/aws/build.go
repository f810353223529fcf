// Package aws declares the settings that an AWS account has once, or once per region.
package aws

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ebs"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/s3"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/account"
	"tenant-runtime/components/component"
	"tenant-runtime/components/scope"
)

type builder struct {
	*component.Builder[account.Args]
}

// New declares the settings of the account.
func New(ctx *pulumi.Context, name string, args account.Args, opts ...pulumi.ResourceOption) (account.Ref, error) {
	return component.New(ctx, account.Type, name, args, opts, func(b *component.Builder[account.Args]) (account.Ref, error) {
		return builder{b}.build()
	})
}

func (b builder) build() (account.Ref, error) {
	made := account.Ref{ID: b.Scope.Account, Of: b.Scope.Cell}
	for _, step := range []func() error{b.publicAccessBlock, b.passwordPolicy} {
		if err := step(); err != nil {
			return made, err
		}
	}
	for _, place := range b.Args.Places() {
		for _, step := range []func(scope.Place) error{b.vpcBlockPublicAccess, b.encryptionByDefault} {
			if err := step(place); err != nil {
				return made, err
			}
		}
		made.Regions = append(made.Regions, place.Region.ID)
	}
	return made, nil
}

// kept makes a setting outlive its stack: removed, it would open the account for
// everything else that is in it.
func (b builder) kept(place scope.Place) []pulumi.ResourceOption {
	return b.ChildAt(place, pulumi.RetainOnDelete(true))
}

// publicAccessBlock: no bucket of the account can be public, whoever made it.
func (b builder) publicAccessBlock() error {
	_, err := s3.NewAccountPublicAccessBlock(b.Ctx, b.Name, &s3.AccountPublicAccessBlockArgs{
		AccountId:             pulumi.String(b.Scope.Account),
		BlockPublicAcls:       pulumi.Bool(true),
		BlockPublicPolicy:     pulumi.Bool(true),
		IgnorePublicAcls:      pulumi.Bool(true),
		RestrictPublicBuckets: pulumi.Bool(true),
	}, b.kept(b.Scope.Place)...)
	return err
}

// passwordPolicy is for the account's own users. There are none: people and
// pipelines come by federation (ACC-01), so this is for the one that somebody makes
// by hand all the same. The values are those of the CIS AWS Foundations Benchmark
// v3.0, 1.8 and 1.9, and stricter.
func (b builder) passwordPolicy() error {
	_, err := iam.NewAccountPasswordPolicy(b.Ctx, b.Name, &iam.AccountPasswordPolicyArgs{
		MinimumPasswordLength:      pulumi.Int(16),
		RequireLowercaseCharacters: pulumi.Bool(true),
		RequireUppercaseCharacters: pulumi.Bool(true),
		RequireNumbers:             pulumi.Bool(true),
		RequireSymbols:             pulumi.Bool(true),
		PasswordReusePrevention:    pulumi.Int(24),
		MaxPasswordAge:             pulumi.Int(90),
		AllowUsersToChangePassword: pulumi.Bool(true),
	}, b.kept(b.Scope.Place)...)
	return err
}

// vpcBlockPublicAccess closes the Internet to every VPC of the account in this
// region that is not excepted. Ours is excepted as a whole: the block stops all
// traffic of a Network Firewall even where its subnets are exempt (Amazon VPC
// guide, "VPC BPA basics", read November 2026), so there routes and firewalls do
// the work.
func (b builder) vpcBlockPublicAccess(place scope.Place) error {
	_, err := ec2.NewVpcBlockPublicAccessOptions(b.Ctx, b.Named(string(place.Region.ID)), &ec2.VpcBlockPublicAccessOptionsArgs{
		InternetGatewayBlockMode: pulumi.String("block-bidirectional"),
	}, b.kept(place)...)
	return err
}

// encryptionByDefault encrypts volumes that nobody asked to encrypt. The key is the
// account's default for EBS; what we declare names its own (ENC-03).
func (b builder) encryptionByDefault(place scope.Place) error {
	_, err := ebs.NewEncryptionByDefault(b.Ctx, b.Named(string(place.Region.ID)), &ebs.EncryptionByDefaultArgs{
		Enabled: pulumi.Bool(true),
	}, b.kept(place)...)
	return err
}
