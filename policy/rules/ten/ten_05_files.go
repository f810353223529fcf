package ten

import (
	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/kind/azure"
	"tenant-runtime/policy/kind/gcp"
	"tenant-runtime/policy/rule"
	"tenant-runtime/policy/rules/grants"
	"tenant-runtime/regions"
)

// FilesBound is TEN-05.
var FilesBound = rule.Rule{
	ID: "TEN-05", Name: "files", Title: "Access to files follows from identity, never from an object's ACL or a shared key",
	Severity: rule.High, Level: rule.Mandatory,
	Why: "An ACL or a shared key opens files to whoever holds it, whatever tenant they work for.",
	Fix: "Declare stores through components/storage, which has no ACLs and no shared keys.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.InStack(func(v struct{ *rule.Resource }, s *rule.Stack, r *rule.Report) {
				r.Looked()
				if len(s.Referring(v.Resource, "bucket", aws.S3BucketOwnershipControls)) == 0 {
					r.Found(v.Resource, "no BucketOwnershipControls", "one for this bucket: without it ACLs count")
				}
			}, aws.S3BucketV2),
			rule.On(func(v struct {
				Owner rule.Value[string] `prop:"rule.objectOwnership"`
			}, r *rule.Report) {
				rule.Must(r, v.Owner, "BucketOwnerEnforced", rule.AbsentIsBad)
			}, aws.S3BucketOwnershipControls),
			rule.On(func(v struct{ *rule.Resource }, r *rule.Report) {
				r.Found(v.Resource, "an ACL", "a policy")
			}, aws.S3BucketAclV2),
			rule.On(func(v struct {
				VPC rule.Value[string] `prop:"vpcConfiguration.vpcId"`
			}, r *rule.Report) {
				rule.Present(r, v.VPC, "the network the access point opens to")
			}, aws.S3AccessPoint),
		),
		GCP: rule.By(
			rule.On(func(v struct {
				Uniform rule.Value[bool] `prop:"uniformBucketLevelAccess"`
			}, r *rule.Report) {
				rule.Must(r, v.Uniform, true, rule.AbsentIsBad)
			}, gcp.StorageBucket),
			rule.On(grants.ByName, gcp.StorageBucketIAMMember, gcp.StorageBucketIAMBinding),
		),
		Azure: rule.By(rule.On(func(v struct {
			SharedKey  rule.Value[bool] `prop:"allowSharedKeyAccess"`
			LocalUsers rule.Value[bool] `prop:"isLocalUserEnabled"`
			SFTP       rule.Value[bool] `prop:"isSftpEnabled"`
			Elsewhere  rule.Value[bool] `prop:"allowCrossTenantReplication"`
		}, r *rule.Report) {
			rule.Must(r, v.SharedKey, false, rule.AbsentIsBad)
			rule.Must(r, v.LocalUsers, false, rule.AbsentIsBad)
			rule.Must(r, v.SFTP, false, rule.AbsentIsGood)
			rule.Must(r, v.Elsewhere, false, rule.AbsentIsBad)
		}, azure.StorageStorageAccount)),
	},
	Good: []rule.Example{
		{Given: []rule.Given{
			{Type: aws.S3BucketV2, Name: "files"},
			{Type: aws.S3BucketOwnershipControls, Name: "owner", Props: rule.Props{"rule": rule.Props{"objectOwnership": "BucketOwnerEnforced"}}, Links: rule.Links{"bucket": {"files"}}},
		}},
		{Given: []rule.Given{{Type: aws.S3AccessPoint, Props: rule.Props{"vpcConfiguration": rule.Props{"vpcId": "vpc-1"}}}}},
		{Given: []rule.Given{{Type: gcp.StorageBucket, Props: rule.Props{"uniformBucketLevelAccess": true}}}},
		{Given: []rule.Given{{Type: azure.StorageStorageAccount, Props: rule.Props{"allowSharedKeyAccess": false, "isLocalUserEnabled": false, "allowCrossTenantReplication": false}}}},
	},
	Bad: []rule.Example{
		{Given: []rule.Given{{Type: aws.S3BucketV2}}},
		{Caught: "rule.objectOwnership", Given: []rule.Given{{Type: aws.S3BucketOwnershipControls, Props: rule.Props{"rule": rule.Props{"objectOwnership": "ObjectWriter"}}}}},
		{Given: []rule.Given{{Type: aws.S3BucketAclV2, Props: rule.Props{"acl": "private"}}}},
		{Caught: "vpcConfiguration.vpcId", Given: []rule.Given{{Type: aws.S3AccessPoint}}},
		{Caught: "uniformBucketLevelAccess", Given: []rule.Given{{Type: gcp.StorageBucket, Props: rule.Props{"uniformBucketLevelAccess": false}}}},
		{Caught: "member", Given: []rule.Given{{Type: gcp.StorageBucketIAMMember, Props: rule.Props{"member": "allUsers"}}}},
		{Caught: "allowSharedKeyAccess", Given: []rule.Given{{Type: azure.StorageStorageAccount, Props: rule.Props{"isLocalUserEnabled": false, "allowCrossTenantReplication": false}}}},
		{Caught: "isLocalUserEnabled", Given: []rule.Given{{Type: azure.StorageStorageAccount, Props: rule.Props{"allowSharedKeyAccess": false, "isLocalUserEnabled": true, "allowCrossTenantReplication": false}}}},
	},
}
