package main

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/backup"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/kms"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/rds"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/s3"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// declareData declares a key, a database and two buckets, and returns the first.
func declareData(ctx *pulumi.Context, at places) (*s3.BucketV2, error) {
	if _, err := kms.NewKey(ctx, "orders", &kms.KeyArgs{
		EnableKeyRotation:    pulumi.Bool(false), // ENC-07: one key for ever
		DeletionWindowInDays: pulumi.Int(7),      // ENC-08: gone before anyone notices
		Policy: pulumi.JSONMarshal(map[string]any{"Version": "2012-10-17", "Statement": []any{map[string]any{
			"Effect": "Allow", "Action": "kms:*", "Resource": "*",
			"Principal": "*", // ENC-09: everyone may use and administer it
		}}}),
		Tags: tags("orders", "management", "confidential"),
	}, at.home); err != nil {
		return nil, err
	}
	if _, err := rds.NewInstance(ctx, "orders", &rds.InstanceArgs{
		Identifier: pulumi.String("orders"), Engine: pulumi.String("postgres"), EngineVersion: pulumi.String("16.4"),
		InstanceClass: pulumi.String("db.t4g.medium"), AllocatedStorage: pulumi.Int(20), Username: pulumi.String("shop"),
		Password:              pulumi.String("correct-horse-battery"), // ENC-12: in the program, for everyone who reads it
		PubliclyAccessible:    pulumi.Bool(true),                      // DAT-02: reachable from the Internet
		StorageEncrypted:      pulumi.Bool(false),                     // ENC-01: readable on the disk
		MultiAz:               pulumi.Bool(false),                     // HAD-02: no standby
		BackupRetentionPeriod: pulumi.Int(1),                          // BAK-02: one day to notice a mistake
		DeletionProtection:    pulumi.Bool(false),                     // DAT-03: one call deletes it
		SkipFinalSnapshot:     pulumi.Bool(true),                      // DAT-03: and nothing is left
		Tags:                  tags("orders", "data", "customer"),
	}, at.home); err != nil {
		return nil, err
	}
	// DAT-02: no public access block closes it. ENC-05: nobody insists on TLS and a key.
	exports, err := s3.NewBucketV2(ctx, "exports", &s3.BucketV2Args{
		Bucket:       pulumi.String("example-shop-exports"),
		ForceDestroy: pulumi.Bool(true), // DAT-03: deleted with everything in it
		Tags:         tags("exports", "data", "customer"),
	}, at.home)
	if err != nil {
		return nil, err
	}
	// RES-01: its name has the EU in it, and its region has not.
	_, err = s3.NewBucketV2(ctx, "copies", &s3.BucketV2Args{
		Bucket: pulumi.String("example-shop-copies-eu-west-2"), Tags: tags("copies", "data", "customer"),
	}, at.london)
	return exports, err
}

// declareBackups declares backups that an intruder deletes together with the data.
func declareBackups(ctx *pulumi.Context, at places) error {
	// BAK-08: no lock. ENC-04: encrypted with the cloud's own key.
	vault, err := backup.NewVault(ctx, "shop", &backup.VaultArgs{
		Name: pulumi.String("shop"), Tags: tags("shop", "backup", "confidential"),
	}, at.home)
	if err != nil {
		return err
	}
	// BAK-05: one generation where three are promised.
	_, err = backup.NewPlan(ctx, "shop", &backup.PlanArgs{
		Name: pulumi.String("shop"),
		Rules: backup.PlanRuleArray{&backup.PlanRuleArgs{
			RuleName: pulumi.String("weekly"), TargetVaultName: vault.Name,
			Schedule:  pulumi.String("cron(0 3 ? * SUN *)"),                      // BAK-03: a week may be lost
			Lifecycle: &backup.PlanRuleLifecycleArgs{DeleteAfter: pulumi.Int(1)}, // BAK-04: kept for a day
		}},
		Tags: tags("shop", "backup", "confidential"),
	}, at.home)
	return err
}
