package enc

import (
	"strings"

	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/kind/azure"
	"tenant-runtime/policy/kind/gcp"
	"tenant-runtime/policy/rule"
	"tenant-runtime/policy/rules/keying"
	"tenant-runtime/regions"
)

// OwnKeys is ENC-03. Keys of backups are ENC-04, of logs LOG-18.
var OwnKeys = rule.Rule{
	ID: "ENC-03", Name: "own-keys", Title: "Stores are encrypted with customer-managed keys, not with the cloud's own",
	Severity: rule.High, Level: rule.Mandatory,
	Why: "A key of the cloud can neither be withdrawn nor destroyed, and its use is in nobody's log.",
	Fix: "Pass a key of components/keys to the store.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.Row("kmsKeyId", keying.CustomerManaged, rule.AbsentIsBad, aws.RDSInstance, aws.RDSCluster, aws.SecretsManagerSecret, aws.EFSFileSystem, aws.EBSVolume),
			rule.Row("performanceInsightsKmsKeyId", keying.CustomerManaged, rule.AbsentIsBad, aws.RDSInstance, aws.RDSCluster).
				Where(rule.Has("performanceInsightsEnabled", rule.Equals(true), rule.No)),
			rule.Row("masterUserSecretKmsKeyId", keying.CustomerManaged, rule.AbsentIsBad, aws.RDSInstance, aws.RDSCluster).
				Where(rule.Has("manageMasterUserPassword", rule.Equals(true), rule.No)),
			rule.Row("replicas[].kmsKeyId", keying.CustomerManaged, rule.AbsentIsBad, aws.SecretsManagerSecret),
			rule.Row("kmsMasterKeyId", keying.CustomerManaged, rule.AbsentIsBad, aws.SNSTopic, aws.SQSQueue),
			rule.On(bucketKey, aws.S3BucketServerSideEncryptionConfigurationV2),
			rule.InStack(onlyDeliveriesWithoutKey, aws.S3BucketServerSideEncryptionConfigurationV2),
			rule.Needs(aws.S3BucketV2, "bucket", aws.S3BucketServerSideEncryptionConfigurationV2),
		),
		GCP: rule.By(rule.Row("encryption.defaultKmsKeyName", keying.CustomerManaged, rule.AbsentIsBad, gcp.StorageBucket)),
		Azure: rule.By(
			rule.Row("encryption.keySource", rule.Equals("Microsoft.Keyvault"), rule.AbsentIsBad, azure.StorageStorageAccount),
			rule.Row("encryption.keyVaultProperties.keyVaultUri", keying.CustomerManaged, rule.AbsentIsBad, azure.StorageStorageAccount),
			rule.Row("encryption.keyVaultProperties.keyName", keying.CustomerManaged, rule.AbsentIsBad, azure.StorageStorageAccount),
		),
	},
	Good: []rule.Example{
		{Given: encryptedBucket(rule.Props{"sseAlgorithm": "aws:kms", "kmsMasterKeyId": "arn:aws:kms:eu-central-1:1:key/a"})},
		{Given: append(encryptedBucket(rule.Props{"sseAlgorithm": "AES256"}), rule.Given{Type: aws.S3BucketLoggingV2, Name: "log", Links: rule.Links{"targetBucket": {"files"}}})},
	},
	Bad: []rule.Example{
		{On: "encryption", Caught: "rules[0].applyServerSideEncryptionByDefault.kmsMasterKeyId", Given: encryptedBucket(rule.Props{"sseAlgorithm": "aws:kms"})},
		{On: "encryption", Caught: "rules[0].applyServerSideEncryptionByDefault.sseAlgorithm", Given: encryptedBucket(rule.Props{"sseAlgorithm": "AES256"})},
	},
}

type bucketEncryption struct {
	*rule.Resource
	Rules rule.List[bucketEncryptionRule] `prop:"rules"`
}

type bucketEncryptionRule struct {
	Algorithm rule.Value[string] `prop:"applyServerSideEncryptionByDefault.sseAlgorithm"`
	Key       rule.Value[string] `prop:"applyServerSideEncryptionByDefault.kmsMasterKeyId"`
}

const amazonsKey = "AES256" // as an algorithm of S3 it means: with a key of Amazon's

func bucketKey(v bucketEncryption, r *rule.Report) {
	rule.ForEach(r, v.Rules, rule.AbsentIsBad, "a rule", func(e bucketEncryptionRule) {
		rule.OneOf(r, e.Algorithm, rule.AbsentIsBad, "aws:kms", "aws:kms:dsse", amazonsKey)
		rule.When(r, e.Algorithm, func(algorithm string) {
			if strings.HasPrefix(algorithm, "aws:kms") {
				rule.Demands(r, e.Key, keying.CustomerManaged, rule.AbsentIsBad)
			}
		})
	})
}

// onlyDeliveriesWithoutKey allows Amazon's key where nothing else works: load
// balancers and S3 deliver their access logs only to buckets encrypted with it (ELB
// and S3 user guides, November 2026).
func onlyDeliveriesWithoutKey(v bucketEncryption, s *rule.Stack, r *rule.Report) {
	for _, bucket := range s.Linked(v.Resource, "bucket", aws.S3BucketV2) {
		if len(s.Referring(bucket, "targetBucket", aws.S3BucketLoggingV2))+len(s.Referring(bucket, "accessLogs", aws.LBLoadBalancer)) > 0 {
			r.Looked()
			return
		}
	}
	rule.ForEach(r, v.Rules, rule.AbsentIsGood, "", func(e bucketEncryptionRule) {
		rule.MustNot(r, e.Algorithm, amazonsKey, rule.AbsentIsGood)
	})
}

func encryptedBucket(with rule.Props) []rule.Given {
	return []rule.Given{
		{Type: aws.S3BucketV2, Name: "files"},
		{Type: aws.S3BucketServerSideEncryptionConfigurationV2, Name: "encryption", Props: rule.Props{"rules": []rule.Props{{"applyServerSideEncryptionByDefault": with}}}, Links: rule.Links{"bucket": {"files"}}},
	}
}
