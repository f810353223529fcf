package main

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudtrail"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/s3"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// declareRecords declares who may do what, and the record of who did.
func declareRecords(ctx *pulumi.Context, at places, exports *s3.BucketV2) error {
	// LOG-06: kept for ever. LOG-18: encrypted with the cloud's own key.
	if _, err := cloudwatch.NewLogGroup(ctx, "shop", &cloudwatch.LogGroupArgs{
		Name: pulumi.String("/shop"), Tags: tags("shop", "management", "internal"),
	}, at.home); err != nil {
		return err
	}
	if _, err := cloudtrail.NewTrail(ctx, "account", &cloudtrail.TrailArgs{
		Name:                    pulumi.String("account"),
		S3BucketName:            exports.Bucket,     // LOG-07: who exports can also rewrite the trail
		EnableLogFileValidation: pulumi.Bool(false), // LOG-02: nobody can tell whether it was changed
		IsMultiRegionTrail:      pulumi.Bool(false), // LOG-02: blind in every other region
		Tags:                    tags("account", "management", "confidential"),
	}, at.home); err != nil {
		return err
	}
	role, err := iam.NewRole(ctx, "deploy", &iam.RoleArgs{
		Name: pulumi.String("deploy"),
		AssumeRolePolicy: pulumi.JSONMarshal(map[string]any{"Version": "2012-10-17", "Statement": []any{map[string]any{
			"Effect": "Allow", "Action": "sts:AssumeRole",
			"Principal": map[string]any{"AWS": "*"}, // ACC-02: any account of any customer may become it
		}}}),
		Tags: tags("deploy", "management", "internal"),
	}, at.home)
	if err != nil {
		return err
	}
	_, err = iam.NewRolePolicyAttachment(ctx, "deploy", &iam.RolePolicyAttachmentArgs{
		Role:      role.Name,
		PolicyArn: pulumi.String("arn:aws:iam::aws:policy/AdministratorAccess"), // ACC-02: and may do everything
	}, at.home)
	return err
}
