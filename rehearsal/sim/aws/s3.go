package aws

import "tenant-runtime/rehearsal/sim"

const s3Source = "S3 User Guide 2023-06, terraform-provider-aws 2026-06 (replacements); durations estimated"

// of is a setting of a bucket, which the provider keeps as a
// resource of its own. Its id is the bucket's name, so a bucket has one of each.
func of(setting sim.Kind, refs ...map[string]sim.Ref) sim.Kind {
	setting.ID = "{bucket}"
	setting.Replace = append(setting.Replace, "bucket")
	setting.Refs = merge(append(refs, map[string]sim.Ref{"bucket": sim.To(bucket)})...)
	setting.Takes = sim.Creates(0.02, 0.1, 0.5).Deletes(0.02, 0.1, 0.5)
	setting.Source = s3Source
	return setting
}

var s3Kinds = []sim.Kind{
	{
		Type: "aws:s3/accessPoint:AccessPoint", ID: "{account}:{name}",
		Name: sim.Name{In: "name", Unique: sim.InAccountRegion, Max: 50, Pattern: `^[a-z0-9][a-z0-9-]+[a-z0-9]$`, Taken: "AccessPointAlreadyOwnedByYou"},
		Compute: sim.Props{
			"accountId": "{account}", "alias": "{name}-{hex 26}-s3alias", "arn": "arn:{partition}:s3:{region}:{account}:accesspoint/{name}",
			"bucketAccountId": "{account}", "domainName": "{name}-{account}.s3-accesspoint.{region}.amazonaws.com",
		},
		Replace: []string{"accountId", "bucket", "bucketAccountId", "name", "publicAccessBlockConfiguration", "vpcConfiguration"},
		Refs:    merge(principals("policy"), map[string]sim.Ref{"bucket": sim.To(bucket)}),
		Source:  s3Source,
	},
	{
		// An account has one, and a second is a perpetual difference (pulumi-aws v6.83.4).
		Type: "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock", At: sim.Global, Switch: sim.OfAccount, ID: "{account}",
		Replace: []string{"accountId"},
		Source:  s3Source,
	},
	of(sim.Kind{Type: "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2", Replace: []string{"expectedBucketOwner"}}),
	of(sim.Kind{Type: "aws:s3/bucketLoggingV2:BucketLoggingV2", Replace: []string{"expectedBucketOwner"}},
		map[string]sim.Ref{"targetBucket": sim.To(bucket)}),
	of(sim.Kind{Type: "aws:s3/bucketNotification:BucketNotification"}),
	of(sim.Kind{Type: "aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2", Replace: []string{"expectedBucketOwner", "objectLockEnabled"},
		Default: sim.Props{"objectLockEnabled": "Enabled"}, Quirk: needsVersioning("bucket")}),
	of(sim.Kind{Type: "aws:s3/bucketOwnershipControls:BucketOwnershipControls"}),
	of(sim.Kind{Type: "aws:s3/bucketPolicy:BucketPolicy"}, principals("policy")),
	of(sim.Kind{Type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
		Default: sim.Props{"blockPublicAcls": false, "blockPublicPolicy": false, "ignorePublicAcls": false, "restrictPublicBuckets": false}}),
	of(sim.Kind{Type: "aws:s3/bucketReplicationConfig:BucketReplicationConfig", Quirk: needsVersioning("bucket", "rules[*].destination.bucket")},
		map[string]sim.Ref{
			"role":                        sim.To(role),
			"rules[*].destination.bucket": sim.To(bucket).Anywhere(),
			"rules[*].destination.encryptionConfiguration.replicaKmsKeyId": toKey.Anywhere(),
		}),
	of(sim.Kind{Type: "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2", Replace: []string{"expectedBucketOwner"}},
		map[string]sim.Ref{"rules[*].applyServerSideEncryptionByDefault.kmsMasterKeyId": toKey.Or(`alias/aws/s3$`)}),
	{
		Type: bucket, ID: "{name}",
		Name: sim.Name{In: "bucket", Unique: sim.InWorld, Max: 63, Pattern: `^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$`, Taken: "BucketAlreadyExists",
			// Reported for deleted buckets that were made again in another region or account
			// (aws-cli issues 2411 and 2593, 2017 to 2026).
			Hold: sim.Minutes{Min: 0, Typical: 60, Max: 240}},
		Compute: sim.Props{
			"arn": "arn:{partition}:s3:::{name}", "bucketDomainName": "{name}.s3.amazonaws.com",
			"bucketRegionalDomainName": "{name}.s3.{region}.amazonaws.com", "region": "{region}",
		},
		Default: sim.Props{"forceDestroy": false, "objectLockEnabled": false, "requestPayer": "BucketOwner"},
		Replace: []string{"bucket", "bucketPrefix", "objectLockEnabled"},
		Guard:   []sim.Guard{{While: "!forceDestroy", HoldsData: true, Error: "BucketNotEmpty: empty it, or set forceDestroy and update before deleting"}},
		Takes:   sim.Creates(0.05, 0.2, 1).Deletes(0.05, 0.2, 60),
		Source:  s3Source,
	},
	of(sim.Kind{Type: "aws:s3/bucketVersioningV2:BucketVersioningV2", Replace: []string{"expectedBucketOwner"}}),
	{
		Type: "aws:s3control/accessPointPolicy:AccessPointPolicy", ID: "{accessPointArn}",
		Replace: []string{"accessPointArn"},
		Refs:    merge(principals("policy"), map[string]sim.Ref{"accessPointArn": sim.To("aws:s3/accessPoint:AccessPoint")}),
		Source:  s3Source,
	},
}

// needsVersioning refuses what S3 does only for versioned buckets: replication,
// on both sides, and object lock (S3 User Guide, 2023-06).
func needsVersioning(paths ...string) func(*sim.Op) {
	return func(o *sim.Op) {
		for _, path := range paths {
			for _, name := range o.Texts(path) {
				target := o.Find(name, bucket)
				if o.Verb == sim.Delete || target == nil || target.Text("objectLockEnabled") == "true" {
					continue // a bucket born with object lock is versioned
				}
				versioning := o.Find(target.ID, "aws:s3/bucketVersioningV2:BucketVersioningV2")
				if versioning == nil || versioning.Text("versioningConfiguration.status") != "Enabled" {
					o.Refuse(path, "bucket %s is not versioned", target.ID)
				}
			}
		}
	}
}
