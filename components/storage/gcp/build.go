// Package gcp declares stores in Cloud Storage.
package gcp

import (
	gcs "github.com/pulumi/pulumi-gcp/sdk/v7/go/gcp/storage"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/component"
	"tenant-runtime/components/scope"
	"tenant-runtime/components/storage"
)

const day = 24 * 60 * 60 // in seconds

// softDelete is the shortest the cloud offers. It brings back deleted buckets,
// which versions do not, and adds its time to theirs.
const softDelete = 7 * day

type builder struct {
	*component.Builder[storage.Args]
}

// New declares the stores.
func New(ctx *pulumi.Context, name string, args storage.Args, opts ...pulumi.ResourceOption) (storage.Ref, error) {
	return component.New(ctx, storage.Type, name, args, opts, func(b *component.Builder[storage.Args]) (storage.Ref, error) {
		return b.Args.Each(builder{b}.store)
	})
}

// store declares a bucket: what AWS declares setting by setting is one resource here.
// There is no policy: where AWS denies plain HTTP and old TLS per bucket, Google's
// endpoints take plain HTTP for public objects only, of which there are none, and
// the version of TLS is an organisation policy (gcp.restrictTLSVersion).
func (b builder) store(p storage.Plan) (storage.Store, error) {
	bucket, err := gcs.NewBucket(b.Ctx, b.Named(string(p.Purpose)), &gcs.BucketArgs{
		Name:                     pulumi.String(p.Scope.Name("gcp:storage/bucket:Bucket", string(p.Purpose))),
		Location:                 pulumi.String(p.Scope.Place.Region.ID), // one region, three availability zones; dual-regions leave the jurisdiction
		Project:                  pulumi.String(p.Scope.Account),
		PublicAccessPrevention:   pulumi.String("enforced"),
		UniformBucketLevelAccess: pulumi.Bool(true), // no ACLs at all
		Encryption:               gcs.BucketEncryptionArgs{DefaultKmsKeyName: p.Key.ID},
		Versioning:               versioning(p),
		RetentionPolicy:          lock(p),
		SoftDeletePolicy:         gcs.BucketSoftDeletePolicyArgs{RetentionDurationSeconds: pulumi.Int(softDelete)},
		LifecycleRules:           lifecycle(p),
		Logging:                  accessLog(p),
		ForceDestroy:             pulumi.Bool(false),
		Labels:                   p.Scope.Labels(),
	}, b.Child()...)
	if err != nil {
		return storage.Store{}, err
	}
	last, err := storage.Declare(p, bucket, b.writer)
	if err != nil {
		return storage.Store{}, err
	}
	return storage.Store{Name: scope.After(bucket.Name, last), ID: scope.After(bucket.ID().ToStringOutput(), last)}, nil
}

// versioning is nil under a lock. There is nothing to keep then, because nothing can
// be overwritten, and the cloud used to refuse both on one bucket.
func versioning(p storage.Plan) gcs.BucketVersioningPtrInput {
	if p.Lock > 0 {
		return nil
	}
	return gcs.BucketVersioningArgs{Enabled: pulumi.Bool(true)}
}

func lock(p storage.Plan) gcs.BucketRetentionPolicyPtrInput {
	if p.Lock == 0 {
		return nil
	}
	return gcs.BucketRetentionPolicyArgs{
		RetentionPeriod: pulumi.Int(p.Lock * day),
		IsLocked:        pulumi.Bool(p.IsFinal()),
	}
}

func lifecycle(p storage.Plan) gcs.BucketLifecycleRuleArray {
	ends := func(action string, condition gcs.BucketLifecycleRuleConditionArgs) gcs.BucketLifecycleRuleInput {
		return gcs.BucketLifecycleRuleArgs{
			Action:    gcs.BucketLifecycleRuleActionArgs{Type: pulumi.String(action)},
			Condition: condition,
		}
	}
	all := gcs.BucketLifecycleRuleArray{
		ends("Delete", gcs.BucketLifecycleRuleConditionArgs{DaysSinceNoncurrentTime: pulumi.Int(p.Undo), WithState: pulumi.String("ARCHIVED")}),
		ends("AbortIncompleteMultipartUpload", gcs.BucketLifecycleRuleConditionArgs{Age: pulumi.Int(7)}),
	}
	if p.Keep > 0 {
		all = append(all, ends("Delete", gcs.BucketLifecycleRuleConditionArgs{Age: pulumi.Int(p.Keep), WithState: pulumi.String("LIVE")}))
	}
	return all
}

func accessLog(p storage.Plan) gcs.BucketLoggingPtrInput {
	if p.Logs == nil {
		return nil
	}
	return gcs.BucketLoggingArgs{
		LogBucket:       p.Logs.Name,
		LogObjectPrefix: pulumi.String("gcs/" + string(p.Purpose)),
	}
}

// writer lets Google's group for usage logs create objects in Logs, and nothing
// else. An organisation policy on domains has to except that group.
func (b builder) writer(p storage.Plan, bucket *gcs.Bucket, after pulumi.ResourceOption) (pulumi.Resource, error) {
	if p.Purpose != storage.Logs {
		return nil, nil
	}
	return gcs.NewBucketIAMMember(b.Ctx, b.Named(string(p.Purpose)), &gcs.BucketIAMMemberArgs{
		Bucket: bucket.Name,
		Role:   pulumi.String("roles/gcs.objectCreator"),
		Member: pulumi.String("group:cloud-storage-analytics@google.com"),
	}, b.Child(after)...)
}
