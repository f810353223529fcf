package aws

import "tenant-runtime/rehearsal/sim"

var cloudtrailKinds = []sim.Kind{
	{
		// A trail for all regions can be changed in its home region only; the shadows
		// elsewhere go with it. It outlives none of its log files.
		Type: "aws:cloudtrail/trail:Trail", ID: "{arn}",
		Name:    sim.Name{In: "name", Unique: sim.InAccountRegion, Max: 128, Pattern: `^[A-Za-z0-9][A-Za-z0-9._-]*[A-Za-z0-9]$`, Taken: "TrailAlreadyExistsException"},
		Compute: sim.Props{"arn": "arn:{partition}:cloudtrail:{region}:{account}:trail/{name}", "homeRegion": "{region}"},
		Default: sim.Props{"enableLogFileValidation": false, "enableLogging": true, "includeGlobalServiceEvents": true, "isMultiRegionTrail": false, "isOrganizationTrail": false},
		Replace: []string{"name"},
		Refs: map[string]sim.Ref{
			"cloudWatchLogsGroupArn": sim.To(logGroup),
			"cloudWatchLogsRoleArn":  sim.To(role),
			"kmsKeyId":               toKey,
			"s3BucketName":           sim.To(bucket).Anywhere().Filling(),
		},
		Takes:  sim.Creates(0.05, 0.1, 0.5).Deletes(0.02, 0.1, 0.3),
		Source: "API model 2026-08, terraform-provider-aws 2026-06 (replacements); durations estimated",
	},
}
