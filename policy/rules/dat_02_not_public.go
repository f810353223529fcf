package rules

import (
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// StoresNotPublic is DAT-02. Public snapshots are ENC-04.
var StoresNotPublic = rule.Rule{
	ID: "DAT-02", Name: "not-public", Title: "No data store can be reached from the Internet",
	Severity: rule.Critical, Level: rule.Mandatory,
	Why: "Public data leaves without a trace in the tenant's own logs.",
	Fix: "Declare stores through components/storage and components/database, which have no public switch.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.InStack(bucketIsBlocked, "aws:s3/bucketV2:BucketV2", "aws:s3/bucket:Bucket"),
			rule.On(func(v publicAccessBlock, r *rule.Report) {
				rule.Must(r, v.ACLs, true, rule.AbsentIsBad)
				rule.Must(r, v.Policy, true, rule.AbsentIsBad)
				rule.Must(r, v.Ignore, true, rule.AbsentIsBad)
				rule.Must(r, v.Restrict, true, rule.AbsentIsBad)
			}, accessBlock, "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock"),
			rule.On(func(v rdsInstance, r *rule.Report) {
				rule.Must(r, v.Public, false, rule.AbsentIsGood)
			}, rdsInstanceType, clusterInstanceType),
		),
		GCP: rule.By(rule.On(func(v gcpBucket, r *rule.Report) {
			rule.Must(r, v.Prevention, "enforced", rule.AbsentIsBad)
		}, "gcp:storage/bucket:Bucket")),
		Azure: rule.By(rule.On(func(v azureAccount, r *rule.Report) {
			rule.Must(r, v.AnonymousBlobs, false, rule.AbsentIsBad)
			rule.Must(r, v.Network, "Disabled", rule.AbsentIsBad)
			rule.Must(r, v.Default, "Deny", rule.AbsentIsBad)
		}, "azure-native:storage:StorageAccount")),
	},
	Good: []rule.Example{
		{Given: []rule.Given{
			{Type: "aws:s3/bucketV2:BucketV2", Name: "files"},
			{Type: accessBlock, Name: "files-closed", Props: blocked(true), Links: rule.Links{"bucket": {"files"}}},
		}},
		{Given: []rule.Given{{Type: "aws:rds/instance:Instance", Props: rule.Props{"publiclyAccessible": false}}}},
		{Given: []rule.Given{{Type: "gcp:storage/bucket:Bucket", Props: rule.Props{"publicAccessPrevention": "enforced"}}}},
		{Given: []rule.Given{{Type: "azure-native:storage:StorageAccount", Props: rule.Props{"allowBlobPublicAccess": false, "publicNetworkAccess": "Disabled", "networkRuleSet": rule.Props{"defaultAction": "Deny"}}}}},
	},
	Bad: []rule.Example{
		{Given: []rule.Given{{Type: "aws:s3/bucketV2:BucketV2", Name: "files"}}},
		{Caught: "blockPublicPolicy", Given: []rule.Given{{Type: accessBlock, Props: blocked(false)}}},
		{Caught: "publiclyAccessible", Given: []rule.Given{{Type: "aws:rds/instance:Instance", Props: rule.Props{"publiclyAccessible": true}}}},
		{Caught: "publicAccessPrevention", Given: []rule.Given{{Type: "gcp:storage/bucket:Bucket", Props: rule.Props{"publicAccessPrevention": "inherited"}}}},
		{Caught: "allowBlobPublicAccess", Given: []rule.Given{{Type: "azure-native:storage:StorageAccount", Props: rule.Props{"allowBlobPublicAccess": true, "publicNetworkAccess": "Disabled", "networkRuleSet": rule.Props{"defaultAction": "Deny"}}}}},
		{Caught: "networkRuleSet.defaultAction", Given: []rule.Given{{Type: "azure-native:storage:StorageAccount", Props: rule.Props{"allowBlobPublicAccess": false, "publicNetworkAccess": "Disabled"}}}},
		{Caught: "publiclyAccessible", Given: []rule.Given{{Type: clusterInstanceType, Props: rule.Props{"publiclyAccessible": true}}}},
	},
}

const accessBlock = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"

func blocked(policy bool) rule.Props {
	return rule.Props{"blockPublicAcls": true, "blockPublicPolicy": policy, "ignorePublicAcls": true, "restrictPublicBuckets": true}
}

type bucket struct{ *rule.Resource }

// bucketIsBlocked looks for the block itself; what the block says is checked on it,
// before it is created.
func bucketIsBlocked(v bucket, s *rule.Stack, r *rule.Report) {
	r.Looked()
	if len(s.Referring(v.Resource, "bucket", accessBlock)) == 0 {
		r.Found(v.Resource, "no BucketPublicAccessBlock", "one for this bucket")
	}
}

type publicAccessBlock struct {
	ACLs     rule.Value[bool] `prop:"blockPublicAcls"`
	Policy   rule.Value[bool] `prop:"blockPublicPolicy"`
	Ignore   rule.Value[bool] `prop:"ignorePublicAcls"`
	Restrict rule.Value[bool] `prop:"restrictPublicBuckets"`
}

type rdsInstance struct {
	Public rule.Value[bool] `prop:"publiclyAccessible"`
}

type gcpBucket struct {
	Prevention rule.Value[string] `prop:"publicAccessPrevention"`
}

type azureAccount struct {
	AnonymousBlobs rule.Value[bool]   `prop:"allowBlobPublicAccess"`
	Network        rule.Value[string] `prop:"publicNetworkAccess"`
	Default        rule.Value[string] `prop:"networkRuleSet.defaultAction"`
}
