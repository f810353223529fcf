package storage

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/s3"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/scope"
)

// AWS is what only AWS's other files need.
type AWS struct {
	ARNs map[Purpose]pulumi.StringOutput // of the buckets; each resolves only after its bucket is closed
}

// awsParts in order: a bucket is closed first, and versioned before what needs
// versions.
var awsParts = []part[*s3.BucketV2]{publicAccessBlock, ownership, bucketPolicy, versioning, objectLock, encryption, lifecycle, accessLog}

func buildAWS(ctx *pulumi.Context, name string, args Args, st *Storage) error {
	st.AWS = &AWS{ARNs: map[Purpose]pulumi.StringOutput{}}
	for _, purpose := range args.ordered() {
		s := args.store(name, purpose, st)
		bucketName := s.scope.Name("aws:s3/bucketV2:BucketV2", string(purpose))
		bucket, err := s3.NewBucketV2(ctx, s.child, &s3.BucketV2Args{
			Bucket:            pulumi.String(bucketName),
			ObjectLockEnabled: pulumi.Bool(s.lock > 0),
			ForceDestroy:      pulumi.Bool(false),
			Tags:              s.tags(bucketName),
		}, s.scope.Child(st)...)
		if err != nil {
			return err
		}
		last, err := declare(ctx, st, s, bucket, bucket, awsParts)
		if err != nil {
			return err
		}
		st.Names[purpose] = scope.After(bucket.Bucket, last)
		st.AWS.ARNs[purpose] = scope.After(bucket.Arn, last)
	}
	return nil
}

func publicAccessBlock(ctx *pulumi.Context, s store, bucket *s3.BucketV2, opts []pulumi.ResourceOption) (pulumi.Resource, error) {
	return s3.NewBucketPublicAccessBlock(ctx, s.child, &s3.BucketPublicAccessBlockArgs{
		Bucket:                bucket.ID(),
		BlockPublicAcls:       pulumi.Bool(true),
		BlockPublicPolicy:     pulumi.Bool(true),
		IgnorePublicAcls:      pulumi.Bool(true),
		RestrictPublicBuckets: pulumi.Bool(true),
	}, opts...)
}

func ownership(ctx *pulumi.Context, s store, bucket *s3.BucketV2, opts []pulumi.ResourceOption) (pulumi.Resource, error) {
	return s3.NewBucketOwnershipControls(ctx, s.child, &s3.BucketOwnershipControlsArgs{
		Bucket: bucket.ID(),
		Rule:   s3.BucketOwnershipControlsRuleArgs{ObjectOwnership: pulumi.String("BucketOwnerEnforced")}, // no ACLs at all
	}, opts...)
}

func bucketPolicy(ctx *pulumi.Context, s store, bucket *s3.BucketV2, opts []pulumi.ResourceOption) (pulumi.Resource, error) {
	return s3.NewBucketPolicy(ctx, s.child, &s3.BucketPolicyArgs{
		Bucket: bucket.ID(),
		Policy: policy(s, bucket.Arn).JSON(),
	}, opts...)
}

// versioning is without MFA delete, which only root can switch on and only with
// its device at hand; the lock does more for the stores that need it.
func versioning(ctx *pulumi.Context, s store, bucket *s3.BucketV2, opts []pulumi.ResourceOption) (pulumi.Resource, error) {
	return s3.NewBucketVersioningV2(ctx, s.child, &s3.BucketVersioningV2Args{
		Bucket:                  bucket.ID(),
		VersioningConfiguration: s3.BucketVersioningV2VersioningConfigurationArgs{Status: pulumi.String("Enabled")},
	}, opts...)
}

func objectLock(ctx *pulumi.Context, s store, bucket *s3.BucketV2, opts []pulumi.ResourceOption) (pulumi.Resource, error) {
	if s.lock == 0 {
		return nil, nil
	}
	mode := "GOVERNANCE"
	if s.final() {
		mode = "COMPLIANCE"
	}
	return s3.NewBucketObjectLockConfigurationV2(ctx, s.child, &s3.BucketObjectLockConfigurationV2Args{
		Bucket: bucket.ID(),
		Rule: s3.BucketObjectLockConfigurationV2RuleArgs{DefaultRetention: s3.BucketObjectLockConfigurationV2RuleDefaultRetentionArgs{
			Mode: pulumi.String(mode),
			Days: pulumi.Int(s.lock),
		}},
	}, opts...)
}

// encryption uses the operator's key, except for Logs: load balancers and S3's
// own access logs write only to buckets sealed with Amazon's key, and the access
// logs only to buckets without lock (user guides of both, read November 2026).
func encryption(ctx *pulumi.Context, s store, bucket *s3.BucketV2, opts []pulumi.ResourceOption) (pulumi.Resource, error) {
	rule := s3.BucketServerSideEncryptionConfigurationV2RuleArgs{
		ApplyServerSideEncryptionByDefault: s3.BucketServerSideEncryptionConfigurationV2RuleApplyServerSideEncryptionByDefaultArgs{
			SseAlgorithm:   pulumi.String("aws:kms"),
			KmsMasterKeyId: s.key,
		},
		BucketKeyEnabled: pulumi.Bool(true),
	}
	if s.purpose == Logs {
		rule = s3.BucketServerSideEncryptionConfigurationV2RuleArgs{
			ApplyServerSideEncryptionByDefault: s3.BucketServerSideEncryptionConfigurationV2RuleApplyServerSideEncryptionByDefaultArgs{
				SseAlgorithm: pulumi.String("AES256"),
			},
		}
	}
	return s3.NewBucketServerSideEncryptionConfigurationV2(ctx, s.child, &s3.BucketServerSideEncryptionConfigurationV2Args{
		Bucket: bucket.ID(),
		Rules:  s3.BucketServerSideEncryptionConfigurationV2RuleArray{rule},
	}, opts...)
}

func lifecycle(ctx *pulumi.Context, s store, bucket *s3.BucketV2, opts []pulumi.ResourceOption) (pulumi.Resource, error) {
	end := s3.BucketLifecycleConfigurationV2RuleExpirationArgs{ExpiredObjectDeleteMarker: pulumi.Bool(true)} // names can be personal data too
	if s.keep > 0 {
		end = s3.BucketLifecycleConfigurationV2RuleExpirationArgs{Days: pulumi.Int(s.keep)} // which clears delete markers as well
	}
	return s3.NewBucketLifecycleConfigurationV2(ctx, s.child, &s3.BucketLifecycleConfigurationV2Args{
		Bucket: bucket.ID(),
		Rules: s3.BucketLifecycleConfigurationV2RuleArray{s3.BucketLifecycleConfigurationV2RuleArgs{
			Id:                             pulumi.String("end"),
			Status:                         pulumi.String("Enabled"),
			Filter:                         s3.BucketLifecycleConfigurationV2RuleFilterArgs{Prefix: pulumi.String("")}, // everything
			Expiration:                     end,
			NoncurrentVersionExpiration:    s3.BucketLifecycleConfigurationV2RuleNoncurrentVersionExpirationArgs{NoncurrentDays: pulumi.Int(s.undo)},
			AbortIncompleteMultipartUpload: s3.BucketLifecycleConfigurationV2RuleAbortIncompleteMultipartUploadArgs{DaysAfterInitiation: pulumi.Int(7)},
		}},
	}, opts...)
}

func accessLog(ctx *pulumi.Context, s store, bucket *s3.BucketV2, opts []pulumi.ResourceOption) (pulumi.Resource, error) {
	if s.logs == nil {
		return nil, nil
	}
	return s3.NewBucketLoggingV2(ctx, s.child, &s3.BucketLoggingV2Args{
		Bucket:       bucket.ID(),
		TargetBucket: s.logs.Names[Logs],
		TargetPrefix: pulumi.Sprintf("s3/%s/", bucket.Bucket),
	}, opts...)
}

// CloseAccount declares that no bucket of the account can be public, whoever made
// it. Once per account, so it is the composition's and not a store's. On the other
// clouds the like is a policy of the organisation.
func CloseAccount(ctx *pulumi.Context, parent pulumi.Resource, name string, s scope.Scope) error {
	_, err := s3.NewAccountPublicAccessBlock(ctx, name, &s3.AccountPublicAccessBlockArgs{
		AccountId:             pulumi.String(s.Account),
		BlockPublicAcls:       pulumi.Bool(true),
		BlockPublicPolicy:     pulumi.Bool(true),
		IgnorePublicAcls:      pulumi.Bool(true),
		RestrictPublicBuckets: pulumi.Bool(true),
	}, s.Child(parent)...)
	return err
}
