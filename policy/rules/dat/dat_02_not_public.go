package dat

import (
	"strings"

	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/kind/azure"
	"tenant-runtime/policy/kind/gcp"
	"tenant-runtime/policy/rule"
	"tenant-runtime/policy/rules/policies"
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
			rule.Needs(aws.S3BucketV2, "bucket", aws.S3BucketPublicAccessBlock),
			rule.Needs(aws.S3Bucket, "bucket", aws.S3BucketPublicAccessBlock),
			rule.Row("blockPublicAcls", rule.Equals(true), rule.AbsentIsBad, aws.S3BucketPublicAccessBlock, aws.S3AccountPublicAccessBlock),
			rule.Row("blockPublicPolicy", rule.Equals(true), rule.AbsentIsBad, aws.S3BucketPublicAccessBlock, aws.S3AccountPublicAccessBlock),
			rule.Row("ignorePublicAcls", rule.Equals(true), rule.AbsentIsBad, aws.S3BucketPublicAccessBlock, aws.S3AccountPublicAccessBlock),
			rule.Row("restrictPublicBuckets", rule.Equals(true), rule.AbsentIsBad, aws.S3BucketPublicAccessBlock, aws.S3AccountPublicAccessBlock),
			rule.Row("publicAccessBlockConfiguration.blockPublicAcls", rule.Equals(true), rule.AbsentIsBad, aws.S3AccessPoint),
			rule.Row("publicAccessBlockConfiguration.blockPublicPolicy", rule.Equals(true), rule.AbsentIsBad, aws.S3AccessPoint),
			rule.Row("publicAccessBlockConfiguration.ignorePublicAcls", rule.Equals(true), rule.AbsentIsBad, aws.S3AccessPoint),
			rule.Row("publicAccessBlockConfiguration.restrictPublicBuckets", rule.Equals(true), rule.AbsentIsBad, aws.S3AccessPoint),
			rule.On(func(v struct {
				Policy rule.Value[rule.Policy] `prop:"policy"`
			}, r *rule.Report) {
				rule.When(r, v.Policy, func(p rule.Policy) { allowsNobodyUnknown(p, r) })
			}, aws.S3BucketPolicy, aws.S3AccessPoint, aws.SecretsManagerSecret),
			rule.Refuses("a web site", "files served through the edge", aws.S3BucketWebsiteConfigurationV2),
			rule.Row("sharedAccounts[]", rule.Differs("all"), rule.AbsentIsGood, aws.RDSSnapshot, aws.RDSSnapshotCopy),
			rule.Row("publiclyAccessible", rule.Equals(false), rule.AbsentIsGood, aws.RDSInstance, aws.RDSClusterInstance),
		),
		GCP: rule.By(rule.Row("publicAccessPrevention", rule.Equals("enforced"), rule.AbsentIsBad, gcp.StorageBucket)),
		Azure: rule.By(
			rule.Row("allowBlobPublicAccess", rule.Equals(false), rule.AbsentIsBad, azure.StorageStorageAccount),
			rule.Row("publicNetworkAccess", rule.Equals("Disabled"), rule.AbsentIsBad, azure.StorageStorageAccount),
			rule.Row("networkRuleSet.defaultAction", rule.Equals("Deny"), rule.AbsentIsBad, azure.StorageStorageAccount),
			rule.Row("properties.publicNetworkAccess", rule.Satisfies(func(access string) bool { return strings.EqualFold(access, "disabled") },
				"Disabled", "disabled", "Enabled"), rule.AbsentIsBad, azure.KeyVaultVault),
			rule.Row("properties.networkAcls.defaultAction", rule.Equals("Deny"), rule.AbsentIsBad, azure.KeyVaultVault),
		),
	},
	Good: []rule.Example{
		{Given: toEverybody(`,"Condition":{"StringEquals":{"aws:SourceVpce":"vpce-1"}}`)},
	},
	Bad: []rule.Example{
		{Caught: "policy.Statement[0].Principal", Given: toEverybody("")},
		{Caught: "policy.Statement[0].Principal", Given: toEverybody(`,"Condition":{"StringNotEquals":{"aws:SourceVpce":"vpce-1"}}`)},
		{Caught: "policy.Statement[0].Principal", Given: toEverybody(`,"Condition":{"StringEqualsIfExists":{"aws:SourceVpce":"vpce-1"}}`)},
		{Caught: "policy.Statement[0].Principal", Given: toEverybody(`,"Condition":{"Null":{"aws:SourceVpce":"false"}}`)},
	},
}

// bounds are the conditions that make everybody a circle of known callers.
var bounds = []string{
	"aws:PrincipalAccount", "aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:SourceAccount", "aws:SourceArn", "aws:SourceOwner",
	"aws:SourceVpc", "aws:SourceVpce", "s3:DataAccessPointAccount", "s3:DataAccessPointArn",
}

func allowsNobodyUnknown(p rule.Policy, r *rule.Report) {
	for _, s := range p.Allows() {
		if s.Everyone() && policies.OpenTo(s, bounds...) {
			r.Found(s.Part("Principal"), "everybody", "named principals, or a condition on where they come from")
		}
	}
}

func toEverybody(condition string) []rule.Given {
	return []rule.Given{{Type: aws.S3AccessPoint, Props: rule.Props{"publicAccessBlockConfiguration": rule.Props{
		"blockPublicAcls": true, "blockPublicPolicy": true, "ignorePublicAcls": true, "restrictPublicBuckets": true},
		"policy": `{"Statement":{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"*"` + condition + `}}`}}}
}
