package storage

import (
	"github.com/pulumi/pulumi-gcp/sdk/v7/go/gcp/storage"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/scope"
)

const day = 24 * 60 * 60 // in seconds

// softDelete is the shortest the cloud offers. It brings back deleted buckets,
// which versions do not, and adds its time to theirs.
const softDelete = 7 * day

// gcpParts has no policy: where AWS denies plain HTTP and old TLS per bucket,
// Google's endpoints take plain HTTP for public objects only, of which there are
// none, and the version of TLS is an organisation policy (gcp.restrictTLSVersion).
var gcpParts = []part[*storage.Bucket]{writer}

func buildGCP(ctx *pulumi.Context, name string, args Args, st *Storage) error {
	for _, purpose := range args.ordered() {
		s := args.store(name, purpose, st)
		// What AWS declares part by part is one resource here.
		bucket, err := storage.NewBucket(ctx, s.child, &storage.BucketArgs{
			Name:                     pulumi.String(s.scope.Name("gcp:storage/bucket:Bucket", string(purpose))),
			Location:                 pulumi.String(s.scope.Home.Region.ID), // one region, three zones; dual-regions leave the jurisdiction
			Project:                  pulumi.String(s.scope.Account),
			PublicAccessPrevention:   pulumi.String("enforced"),
			UniformBucketLevelAccess: pulumi.Bool(true), // no ACLs at all
			Encryption:               storage.BucketEncryptionArgs{DefaultKmsKeyName: s.key},
			Versioning:               versions(s),
			RetentionPolicy:          retention(s),
			SoftDeletePolicy:         storage.BucketSoftDeletePolicyArgs{RetentionDurationSeconds: pulumi.Int(softDelete)},
			LifecycleRules:           rules(s),
			Logging:                  usageLog(s),
			ForceDestroy:             pulumi.Bool(false),
			Labels:                   s.scope.Labels(),
		}, s.scope.Child(st)...)
		if err != nil {
			return err
		}
		last, err := declare(ctx, st, s, bucket, bucket, gcpParts)
		if err != nil {
			return err
		}
		st.Names[purpose] = scope.After(bucket.Name, last)
	}
	return nil
}

// versions is nil under a lock. There is nothing to keep then, because nothing can
// be overwritten, and the cloud used to refuse both on one bucket.
func versions(s store) storage.BucketVersioningPtrInput {
	if s.lock > 0 {
		return nil
	}
	return storage.BucketVersioningArgs{Enabled: pulumi.Bool(true)}
}

func retention(s store) storage.BucketRetentionPolicyPtrInput {
	if s.lock == 0 {
		return nil
	}
	return storage.BucketRetentionPolicyArgs{
		RetentionPeriod: pulumi.Int(s.lock * day),
		IsLocked:        pulumi.Bool(s.final()),
	}
}

func rules(s store) storage.BucketLifecycleRuleArray {
	ends := func(action string, condition storage.BucketLifecycleRuleConditionArgs) storage.BucketLifecycleRuleInput {
		return storage.BucketLifecycleRuleArgs{
			Action:    storage.BucketLifecycleRuleActionArgs{Type: pulumi.String(action)},
			Condition: condition,
		}
	}
	all := storage.BucketLifecycleRuleArray{
		ends("Delete", storage.BucketLifecycleRuleConditionArgs{DaysSinceNoncurrentTime: pulumi.Int(s.undo), WithState: pulumi.String("ARCHIVED")}),
		ends("AbortIncompleteMultipartUpload", storage.BucketLifecycleRuleConditionArgs{Age: pulumi.Int(7)}),
	}
	if s.keep > 0 {
		all = append(all, ends("Delete", storage.BucketLifecycleRuleConditionArgs{Age: pulumi.Int(s.keep), WithState: pulumi.String("LIVE")}))
	}
	return all
}

func usageLog(s store) storage.BucketLoggingPtrInput {
	if s.logs == nil {
		return nil
	}
	return storage.BucketLoggingArgs{
		LogBucket:       s.logs.Names[Logs],
		LogObjectPrefix: pulumi.String("gcs/" + string(s.purpose)),
	}
}

// writer lets Google's group for usage logs create objects in Logs, and nothing
// else. An organisation policy on domains has to except that group.
func writer(ctx *pulumi.Context, s store, bucket *storage.Bucket, opts []pulumi.ResourceOption) (pulumi.Resource, error) {
	if s.purpose != Logs {
		return nil, nil
	}
	return storage.NewBucketIAMMember(ctx, s.child, &storage.BucketIAMMemberArgs{
		Bucket: bucket.Name,
		Role:   pulumi.String("roles/storage.objectCreator"),
		Member: pulumi.String("group:cloud-storage-analytics@google.com"),
	}, opts...)
}
