package log

import (
	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// LogsUnforgeable is LOG-07. What mode a lock has is BAK-08.
var LogsUnforgeable = rule.Rule{
	ID: "LOG-07", Name: "unforgeable", Title: "The audit trail can be neither changed nor removed unnoticed",
	Severity: rule.Critical, Level: rule.Mandatory,
	Why: "Who has broken in edits the record next.",
	Fix: "Let the trail validate its files and write to a store of the purpose Archive.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.Row("enableLogFileValidation", rule.Equals(true), rule.AbsentIsBad, aws.CloudTrailTrail),
			rule.InStack(trailIsLocked, aws.CloudTrailTrail),
		),
		GCP:   rule.Pending("logging"),
		Azure: rule.Pending("logging"),
	},
	Good: []rule.Example{{Given: archivedTrail(true)}},
	Bad: []rule.Example{
		{Caught: "s3BucketName", Given: archivedTrail(false), DecidedWithout: true},
	},
}

// trailIsLocked follows the trail to its bucket. A bucket of another stack cannot
// be followed: the log archive is that stack's to check.
func trailIsLocked(v struct {
	*rule.Resource
	Bucket rule.Value[string] `prop:"s3BucketName"`
}, s *rule.Stack, r *rule.Report) {
	for _, bucket := range s.Linked(v.Resource, "s3BucketName", aws.S3BucketV2) {
		r.Looked()
		if len(s.Referring(bucket, "bucket", aws.S3BucketObjectLockConfigurationV2)) == 0 {
			r.Found(v.Bucket, "a bucket without object lock", "a bucket with BucketObjectLockConfigurationV2")
		}
	}
}

func archivedTrail(locked bool) []rule.Given {
	to := trail(nil)
	to.Links = rule.Links{"s3BucketName": {"archive"}}
	given := []rule.Given{to, {Type: aws.S3BucketV2, Name: "archive"}}
	if locked {
		given = append(given, rule.Given{Type: aws.S3BucketObjectLockConfigurationV2, Name: "lock", Links: rule.Links{"bucket": {"archive"}}})
	}
	return given
}
