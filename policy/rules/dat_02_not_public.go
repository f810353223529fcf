package rules

import (
	"strings"

	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// StoresNotPublic is DAT-02. Keys are ENC-09, grants on buckets of GCP TEN-05,
// containers of Azure DAT-07.
var StoresNotPublic = rule.Rule{
	ID: "DAT-02", Name: "not-public", Title: "No data store can be reached from the Internet",
	Severity: rule.Critical, Level: rule.Mandatory,
	Why: "Public data leaves without a trace in the tenant's own logs.",
	Fix: "Declare stores through components/storage and components/database, which have no public switch.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.InStack(bucketIsBlocked, bucketOnAWS, "aws:s3/bucket:Bucket"),
			rule.On(blocksAll, accessBlock, "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock"),
			rule.On(func(v struct {
				Block publicAccessBlock `prop:"publicAccessBlockConfiguration"`
			}, r *rule.Report) {
				blocksAll(v.Block, r)
			}, accessPointOnAWS),
			rule.On(func(v struct {
				Policy rule.Value[rule.Policy] `prop:"policy"`
			}, r *rule.Report) {
				rule.When(r, v.Policy, func(p rule.Policy) { allowsNobodyUnknown(p, r) })
			}, bucketPolicyOnAWS, accessPointOnAWS, secretOnAWS),
			rule.On(func(v struct{ *rule.Resource }, r *rule.Report) {
				r.Found(v.Resource, "a web site", "files served through the edge")
			}, "aws:s3/bucketWebsiteConfigurationV2:BucketWebsiteConfigurationV2"),
			rule.On(func(v struct {
				Shared rule.List[rule.Value[string]] `prop:"sharedAccounts"`
			}, r *rule.Report) {
				rule.ForEach(r, v.Shared, rule.AbsentIsGood, "", func(with rule.Value[string]) { rule.MustNot(r, with, "all", rule.AbsentIsGood) })
			}, "aws:rds/snapshot:Snapshot", "aws:rds/snapshotCopy:SnapshotCopy"),
			rule.On(func(v rdsInstance, r *rule.Report) {
				rule.Must(r, v.Public, false, rule.AbsentIsGood)
			}, rdsInstanceType, clusterInstanceType),
		),
		GCP: rule.By(rule.On(func(v gcpBucket, r *rule.Report) {
			rule.Must(r, v.Prevention, "enforced", rule.AbsentIsBad)
		}, bucketOnGCP)),
		Azure: rule.By(
			rule.On(func(v azureAccount, r *rule.Report) {
				rule.Must(r, v.AnonymousBlobs, false, rule.AbsentIsBad)
				rule.Must(r, v.Network, "Disabled", rule.AbsentIsBad)
				rule.Must(r, v.Default, "Deny", rule.AbsentIsBad)
			}, accountOnAzure),
			rule.On(func(v struct {
				Network rule.Value[string] `prop:"properties.publicNetworkAccess"`
				Default rule.Value[string] `prop:"properties.networkAcls.defaultAction"`
			}, r *rule.Report) {
				rule.Match(r, v.Network, func(access string) bool { return strings.EqualFold(access, "disabled") }, "Disabled", rule.AbsentIsBad)
				rule.Must(r, v.Default, "Deny", rule.AbsentIsBad)
			}, vaultOnAzure),
		),
	},
	Good: []rule.Example{
		{Given: []rule.Given{
			{Type: bucketOnAWS, Name: "files"},
			{Type: accessBlock, Name: "files-closed", Props: blocked(true), Links: rule.Links{"bucket": {"files"}}},
		}},
		{Given: []rule.Given{{Type: rdsInstanceType, Props: rule.Props{"publiclyAccessible": false}}}},
		{Given: toEverybody(`,"Condition":{"StringEquals":{"aws:SourceVpce":"vpce-1"}}`)},
		{Given: vault(rule.Props{"publicNetworkAccess": "Disabled", "networkAcls": rule.Props{"defaultAction": "Deny"}})},
		{Given: []rule.Given{{Type: "gcp:storage/bucket:Bucket", Props: rule.Props{"publicAccessPrevention": "enforced"}}}},
		{Given: []rule.Given{{Type: "azure-native:storage:StorageAccount", Props: rule.Props{"allowBlobPublicAccess": false, "publicNetworkAccess": "Disabled", "networkRuleSet": rule.Props{"defaultAction": "Deny"}}}}},
	},
	Bad: []rule.Example{
		{Given: []rule.Given{{Type: bucketOnAWS}}},
		{Caught: "policy.Statement[0].Principal", Given: toEverybody("")},
		{Caught: "publicAccessBlockConfiguration.blockPublicPolicy", Given: []rule.Given{{Type: accessPointOnAWS, Props: rule.Props{"publicAccessBlockConfiguration": blocked(false)}}}},
		{Given: []rule.Given{{Type: "aws:s3/bucketWebsiteConfigurationV2:BucketWebsiteConfigurationV2"}}},
		{Caught: "sharedAccounts[0]", Given: []rule.Given{{Type: "aws:rds/snapshot:Snapshot", Props: rule.Props{"sharedAccounts": []string{"all"}}}}},
		{Caught: "properties.publicNetworkAccess", Given: vault(rule.Props{"networkAcls": rule.Props{"defaultAction": "Deny"}})},
		{Caught: "properties.networkAcls.defaultAction", Given: vault(rule.Props{"publicNetworkAccess": "Disabled", "networkAcls": rule.Props{"defaultAction": "Allow"}})},
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

func blocksAll(v publicAccessBlock, r *rule.Report) {
	rule.Must(r, v.ACLs, true, rule.AbsentIsBad)
	rule.Must(r, v.Policy, true, rule.AbsentIsBad)
	rule.Must(r, v.Ignore, true, rule.AbsentIsBad)
	rule.Must(r, v.Restrict, true, rule.AbsentIsBad)
}

// bounds are the conditions that make everybody a circle of known callers.
var bounds = []string{
	"aws:PrincipalAccount", "aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:SourceAccount", "aws:SourceArn", "aws:SourceOwner",
	"aws:SourceVpc", "aws:SourceVpce", "s3:DataAccessPointAccount", "s3:DataAccessPointArn",
}

func allowsNobodyUnknown(p rule.Policy, r *rule.Report) {
	for _, s := range p.Allows() {
		if s.Everyone() && len(s.Condition(bounds...)) == 0 {
			r.Found(s.Part("Principal"), "everybody", "named principals, or a condition on where they come from")
		}
	}
}

func toEverybody(condition string) []rule.Given {
	return []rule.Given{{Type: accessPointOnAWS, Props: rule.Props{"publicAccessBlockConfiguration": blocked(true),
		"policy": `{"Statement":{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"*"` + condition + `}}`}}}
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
