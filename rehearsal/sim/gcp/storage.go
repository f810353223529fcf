package gcp

import "tenant-runtime/rehearsal/sim"

var storageKinds = []sim.Kind{
	{
		Type: bucket, At: "location", ID: "{name}",
		Name:    sim.Name{In: "name", Unique: sim.InWorld, Max: 63, Pattern: `^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$`, Taken: "409 conflict: the bucket exists"},
		Compute: sim.Props{"project": "{account}", "selfLink": "https://www.googleapis.com/storage/v1/b/{name}", "url": "gs://{name}", "projectNumber": "{digits 12}"},
		Default: sim.Props{"forceDestroy": false, "publicAccessPrevention": "inherited", "storageClass": "STANDARD", "rpo": "DEFAULT"},
		Replace: []string{"customPlacementConfig", "enableObjectRetention", "location", "name", "project"},
		Refs: map[string]sim.Ref{
			"encryption.defaultKmsKeyName": sim.To(cryptoKey),
			"logging.logBucket":            sim.To(bucket),
		},
		Guard: []sim.Guard{
			{While: "!forceDestroy", HoldsData: true, Error: "409 conflict: the bucket is not empty"},
			{While: "retentionPolicy.isLocked", HoldsData: true, Error: "403 retentionPolicyNotMet: objects cannot be deleted before their retention ends"},
		},
		Takes: sim.Creates(0.02, 0.1, 0.3).Deletes(0.02, 0.1, 10),
		// Soft delete keeps the data for a while, but anyone may take the name at once.
		Ends:   sim.Ending{As: sim.Unnamed, Days: 7},
		Source: "Cloud Storage: delete buckets, soft delete, 2025; terraform-provider-google 2026-08 (replacements); durations estimated",
	},
	grants("gcp:storage/bucketIAMBinding:BucketIAMBinding", "b/{bucket}/{role}", map[string]sim.Ref{"bucket": sim.To(bucket)}, "bucket"),
	grant("gcp:storage/bucketIAMMember:BucketIAMMember", "b/{bucket}/{role}/{member}", map[string]sim.Ref{"bucket": sim.To(bucket)}, "bucket"),
}
