// Package aws declares stores in Amazon S3.
package aws

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/s3"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/component"
	"tenant-runtime/components/scope"
	"tenant-runtime/components/storage"
)

type builder struct {
	*component.Builder[storage.Args]
}

// New declares the stores.
func New(ctx *pulumi.Context, name string, args storage.Args, opts ...pulumi.ResourceOption) (storage.Ref, error) {
	return component.New(ctx, storage.Type, name, args, opts, func(b *component.Builder[storage.Args]) (storage.Ref, error) {
		return b.Args.Each(builder{b}.store)
	})
}

// store declares a bucket and its settings in order: it is closed first, and
// versioned before what needs versions.
func (b builder) store(p storage.Plan) (storage.Store, error) {
	name := p.Scope.Name("aws:s3/bucketV2:BucketV2", string(p.Purpose))
	bucket, err := s3.NewBucketV2(b.Ctx, b.Named(string(p.Purpose)), &s3.BucketV2Args{
		Bucket:            pulumi.String(name),
		ObjectLockEnabled: pulumi.Bool(p.Lock > 0),
		ForceDestroy:      pulumi.Bool(false),
		Tags:              p.Tags(name),
	}, b.Child()...)
	if err != nil {
		return storage.Store{}, err
	}
	last, err := storage.Declare(p, bucket,
		b.publicAccessBlock, b.ownership, b.policy, b.versioning, b.lock, b.encryption, b.lifecycle, b.accessLog)
	if err != nil {
		return storage.Store{}, err
	}
	return storage.Store{Name: scope.After(bucket.Bucket, last), ID: scope.After(bucket.Arn, last)}, nil
}

func (b builder) publicAccessBlock(p storage.Plan, bucket *s3.BucketV2, after pulumi.ResourceOption) (pulumi.Resource, error) {
	return s3.NewBucketPublicAccessBlock(b.Ctx, b.Named(string(p.Purpose)), &s3.BucketPublicAccessBlockArgs{
		Bucket:                bucket.ID(),
		BlockPublicAcls:       pulumi.Bool(true),
		BlockPublicPolicy:     pulumi.Bool(true),
		IgnorePublicAcls:      pulumi.Bool(true),
		RestrictPublicBuckets: pulumi.Bool(true),
	}, b.Child(after)...)
}

func (b builder) ownership(p storage.Plan, bucket *s3.BucketV2, after pulumi.ResourceOption) (pulumi.Resource, error) {
	return s3.NewBucketOwnershipControls(b.Ctx, b.Named(string(p.Purpose)), &s3.BucketOwnershipControlsArgs{
		Bucket: bucket.ID(),
		Rule:   s3.BucketOwnershipControlsRuleArgs{ObjectOwnership: pulumi.String("BucketOwnerEnforced")}, // no ACLs at all
	}, b.Child(after)...)
}

func (b builder) policy(p storage.Plan, bucket *s3.BucketV2, after pulumi.ResourceOption) (pulumi.Resource, error) {
	return s3.NewBucketPolicy(b.Ctx, b.Named(string(p.Purpose)), &s3.BucketPolicyArgs{
		Bucket: bucket.ID(),
		Policy: bucketPolicy(p, bucket.Arn).JSON(),
	}, b.Child(after)...)
}

// versioning is without MFA delete, which only root can switch on and only with
// its device at hand; the lock does more for the stores that need it.
func (b builder) versioning(p storage.Plan, bucket *s3.BucketV2, after pulumi.ResourceOption) (pulumi.Resource, error) {
	return s3.NewBucketVersioningV2(b.Ctx, b.Named(string(p.Purpose)), &s3.BucketVersioningV2Args{
		Bucket:                  bucket.ID(),
		VersioningConfiguration: s3.BucketVersioningV2VersioningConfigurationArgs{Status: pulumi.String("Enabled")},
	}, b.Child(after)...)
}

func (b builder) lock(p storage.Plan, bucket *s3.BucketV2, after pulumi.ResourceOption) (pulumi.Resource, error) {
	if p.Lock == 0 {
		return nil, nil
	}
	mode := "GOVERNANCE"
	if p.IsFinal() {
		mode = "COMPLIANCE"
	}
	return s3.NewBucketObjectLockConfigurationV2(b.Ctx, b.Named(string(p.Purpose)), &s3.BucketObjectLockConfigurationV2Args{
		Bucket: bucket.ID(),
		Rule: s3.BucketObjectLockConfigurationV2RuleArgs{DefaultRetention: s3.BucketObjectLockConfigurationV2RuleDefaultRetentionArgs{
			Mode: pulumi.String(mode),
			Days: pulumi.Int(p.Lock),
		}},
	}, b.Child(after)...)
}

// encryption uses the customer-managed key, except for Logs: load balancers and S3's
// own access logs write only to buckets encrypted with Amazon's key, and the access
// logs only to buckets without lock (user guides of both, read November 2026).
func (b builder) encryption(p storage.Plan, bucket *s3.BucketV2, after pulumi.ResourceOption) (pulumi.Resource, error) {
	rule := s3.BucketServerSideEncryptionConfigurationV2RuleArgs{
		ApplyServerSideEncryptionByDefault: s3.BucketServerSideEncryptionConfigurationV2RuleApplyServerSideEncryptionByDefaultArgs{
			SseAlgorithm:   pulumi.String("aws:kms"),
			KmsMasterKeyId: p.Key.ID,
		},
		BucketKeyEnabled: pulumi.Bool(true),
	}
	if p.Purpose == storage.Logs {
		rule = s3.BucketServerSideEncryptionConfigurationV2RuleArgs{
			ApplyServerSideEncryptionByDefault: s3.BucketServerSideEncryptionConfigurationV2RuleApplyServerSideEncryptionByDefaultArgs{
				SseAlgorithm: pulumi.String("AES256"),
			},
		}
	}
	return s3.NewBucketServerSideEncryptionConfigurationV2(b.Ctx, b.Named(string(p.Purpose)), &s3.BucketServerSideEncryptionConfigurationV2Args{
		Bucket: bucket.ID(),
		Rules:  s3.BucketServerSideEncryptionConfigurationV2RuleArray{rule},
	}, b.Child(after)...)
}

func (b builder) lifecycle(p storage.Plan, bucket *s3.BucketV2, after pulumi.ResourceOption) (pulumi.Resource, error) {
	end := s3.BucketLifecycleConfigurationV2RuleExpirationArgs{ExpiredObjectDeleteMarker: pulumi.Bool(true)} // names can be personal data too
	if p.Keep > 0 {
		end = s3.BucketLifecycleConfigurationV2RuleExpirationArgs{Days: pulumi.Int(p.Keep)} // which clears delete markers as well
	}
	return s3.NewBucketLifecycleConfigurationV2(b.Ctx, b.Named(string(p.Purpose)), &s3.BucketLifecycleConfigurationV2Args{
		Bucket: bucket.ID(),
		Rules: s3.BucketLifecycleConfigurationV2RuleArray{s3.BucketLifecycleConfigurationV2RuleArgs{
			Id:                             pulumi.String("end"),
			Status:                         pulumi.String("Enabled"),
			Filter:                         s3.BucketLifecycleConfigurationV2RuleFilterArgs{Prefix: pulumi.String("")}, // everything
			Expiration:                     end,
			NoncurrentVersionExpiration:    s3.BucketLifecycleConfigurationV2RuleNoncurrentVersionExpirationArgs{NoncurrentDays: pulumi.Int(p.Undo)},
			AbortIncompleteMultipartUpload: s3.BucketLifecycleConfigurationV2RuleAbortIncompleteMultipartUploadArgs{DaysAfterInitiation: pulumi.Int(7)},
		}},
	}, b.Child(after)...)
}

func (b builder) accessLog(p storage.Plan, bucket *s3.BucketV2, after pulumi.ResourceOption) (pulumi.Resource, error) {
	if p.Logs == nil {
		return nil, nil
	}
	return s3.NewBucketLoggingV2(b.Ctx, b.Named(string(p.Purpose)), &s3.BucketLoggingV2Args{
		Bucket:       bucket.ID(),
		TargetBucket: p.Logs.Name,
		TargetPrefix: pulumi.Sprintf("s3/%s/", bucket.Bucket),
	}, b.Child(after)...)
}
