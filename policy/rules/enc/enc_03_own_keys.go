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
	ID: "ENC-03", Name: "own-keys", Title: "Stores are sealed with keys of the operator, not of the cloud",
	Severity: rule.High, Level: rule.Mandatory,
	Why: "A key of the cloud can neither be withdrawn nor destroyed, and its use is in nobody's log.",
	Fix: "Pass a key of components/keys to the store.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.On(func(v keysOfDatabase, r *rule.Report) {
				keying.OperatorsKey(r, v.Storage)
				rule.When(r, v.Insights, func(on bool) {
					if on {
						keying.OperatorsKey(r, v.InsightsKey)
					}
				})
				rule.When(r, v.Password, func(managed bool) {
					if managed {
						keying.OperatorsKey(r, v.PasswordKey)
					}
				})
			}, aws.RDSInstance, aws.RDSCluster),
			rule.On(func(v struct {
				Key      rule.Value[string]       `prop:"kmsKeyId"`
				Replicas rule.List[keying.Sealed] `prop:"replicas"`
			}, r *rule.Report) {
				keying.OperatorsKey(r, v.Key)
				rule.ForEach(r, v.Replicas, rule.AbsentIsGood, "", func(to keying.Sealed) { keying.OperatorsKey(r, to.Key) })
			}, aws.SecretsManagerSecret),
			rule.On(func(v keying.Sealed, r *rule.Report) { keying.OperatorsKey(r, v.Key) }, aws.EFSFileSystem, aws.EBSVolume),
			rule.On(func(v struct {
				Key rule.Value[string] `prop:"kmsMasterKeyId"`
			}, r *rule.Report) {
				keying.OperatorsKey(r, v.Key)
			}, aws.SNSTopic, aws.SQSQueue),
			rule.On(bucketKey, aws.S3BucketServerSideEncryptionConfigurationV2),
			rule.InStack(onlyDeliveriesWithoutKey, aws.S3BucketServerSideEncryptionConfigurationV2),
			rule.InStack(func(v struct{ *rule.Resource }, s *rule.Stack, r *rule.Report) {
				r.Looked()
				if len(s.Referring(v.Resource, "bucket", aws.S3BucketServerSideEncryptionConfigurationV2)) == 0 {
					r.Found(v.Resource, "no BucketServerSideEncryptionConfigurationV2", "one for this bucket")
				}
			}, aws.S3BucketV2),
		),
		GCP: rule.By(rule.On(func(v struct {
			Key rule.Value[string] `prop:"encryption.defaultKmsKeyName"`
		}, r *rule.Report) {
			keying.OperatorsKey(r, v.Key)
		}, gcp.StorageBucket)),
		Azure: rule.By(rule.On(func(v struct {
			Source rule.Value[string] `prop:"encryption.keySource"`
			Vault  rule.Value[string] `prop:"encryption.keyVaultProperties.keyVaultUri"`
			Name   rule.Value[string] `prop:"encryption.keyVaultProperties.keyName"`
		}, r *rule.Report) {
			rule.Must(r, v.Source, "Microsoft.Keyvault", rule.AbsentIsBad)
			keying.OperatorsKey(r, v.Vault)
			keying.OperatorsKey(r, v.Name)
		}, azure.StorageStorageAccount)),
	},
	Good: []rule.Example{
		{Given: []rule.Given{{Type: aws.RDSInstance, Props: rule.Props{
			"kmsKeyId": "arn:aws:kms:eu-central-1:1:key/a", "performanceInsightsEnabled": true, "performanceInsightsKmsKeyId": "arn:aws:kms:eu-central-1:1:key/a"}}}},
		{Given: sealed(rule.Props{"sseAlgorithm": "aws:kms", "kmsMasterKeyId": "arn:aws:kms:eu-central-1:1:key/a"})},
		{Given: append(sealed(rule.Props{"sseAlgorithm": "AES256"}), rule.Given{Type: aws.S3BucketLoggingV2, Name: "log", Links: rule.Links{"targetBucket": {"files"}}})},
		{Given: []rule.Given{{Type: gcp.StorageBucket, Props: rule.Props{"encryption": rule.Props{"defaultKmsKeyName": "projects/p/locations/l/keyRings/r/cryptoKeys/k"}}}}},
		{Given: []rule.Given{{Type: azure.StorageStorageAccount, Props: ownKeyOnAzure("Microsoft.Keyvault")}}},
	},
	Bad: []rule.Example{
		{Caught: "kmsKeyId", Given: []rule.Given{{Type: aws.RDSInstance, Props: rule.Props{"storageEncrypted": true}}}},
		{Caught: "performanceInsightsKmsKeyId", Given: []rule.Given{{Type: aws.RDSInstance, Props: rule.Props{"kmsKeyId": "arn:key", "performanceInsightsEnabled": true}}}},
		{Caught: "masterUserSecretKmsKeyId", Given: []rule.Given{{Type: aws.RDSCluster, Props: rule.Props{"kmsKeyId": "arn:key", "manageMasterUserPassword": true}}}},
		{Caught: "kmsKeyId", Given: []rule.Given{{Type: aws.SecretsManagerSecret, Props: rule.Props{"kmsKeyId": "alias/aws/secretsmanager"}}}},
		{Caught: "replicas[0].kmsKeyId", Given: []rule.Given{{Type: aws.SecretsManagerSecret, Props: rule.Props{"kmsKeyId": "arn:key", "replicas": []rule.Props{{"region": "eu-west-1"}}}}}},
		{On: "seal", Caught: "rules[0].applyServerSideEncryptionByDefault.kmsMasterKeyId", Given: sealed(rule.Props{"sseAlgorithm": "aws:kms"})},
		{On: "seal", Caught: "rules[0].applyServerSideEncryptionByDefault.sseAlgorithm", Given: sealed(rule.Props{"sseAlgorithm": "AES256"})},
		{Caught: "kmsMasterKeyId", Given: []rule.Given{{Type: aws.SNSTopic, Props: rule.Props{"kmsMasterKeyId": "alias/aws/sns"}}}},
		{Given: []rule.Given{{Type: aws.S3BucketV2}}},
		{Caught: "encryption.defaultKmsKeyName", Given: []rule.Given{{Type: gcp.StorageBucket}}},
		{Caught: "encryption.keySource", Given: []rule.Given{{Type: azure.StorageStorageAccount, Props: ownKeyOnAzure("Microsoft.Storage")}}},
	},
}

type keysOfDatabase struct {
	Storage     rule.Value[string] `prop:"kmsKeyId"`
	Insights    rule.Value[bool]   `prop:"performanceInsightsEnabled"`
	InsightsKey rule.Value[string] `prop:"performanceInsightsKmsKeyId"`
	Password    rule.Value[bool]   `prop:"manageMasterUserPassword"`
	PasswordKey rule.Value[string] `prop:"masterUserSecretKmsKeyId"`
}

type bucketSeal struct {
	*rule.Resource
	Rules rule.List[bucketSealRule] `prop:"rules"`
}

type bucketSealRule struct {
	Algorithm rule.Value[string] `prop:"applyServerSideEncryptionByDefault.sseAlgorithm"`
	Key       rule.Value[string] `prop:"applyServerSideEncryptionByDefault.kmsMasterKeyId"`
}

const amazonsKey = "AES256" // as an algorithm of S3 it means: with a key of Amazon's

func bucketKey(v bucketSeal, r *rule.Report) {
	rule.ForEach(r, v.Rules, rule.AbsentIsBad, "a rule", func(seal bucketSealRule) {
		rule.OneOf(r, seal.Algorithm, rule.AbsentIsBad, "aws:kms", "aws:kms:dsse", amazonsKey)
		rule.When(r, seal.Algorithm, func(algorithm string) {
			if strings.HasPrefix(algorithm, "aws:kms") {
				keying.OperatorsKey(r, seal.Key)
			}
		})
	})
}

// onlyDeliveriesWithoutKey allows Amazon's key where nothing else works: load
// balancers and S3 deliver their access logs only to buckets sealed with it (ELB
// and S3 user guides, November 2026).
func onlyDeliveriesWithoutKey(v bucketSeal, s *rule.Stack, r *rule.Report) {
	for _, bucket := range s.Linked(v.Resource, "bucket", aws.S3BucketV2) {
		if len(s.Referring(bucket, "targetBucket", aws.S3BucketLoggingV2))+len(s.Referring(bucket, "accessLogs", aws.LBLoadBalancer)) > 0 {
			r.Looked()
			return
		}
	}
	rule.ForEach(r, v.Rules, rule.AbsentIsGood, "", func(seal bucketSealRule) {
		rule.MustNot(r, seal.Algorithm, amazonsKey, rule.AbsentIsGood)
	})
}

func sealed(with rule.Props) []rule.Given {
	return []rule.Given{
		{Type: aws.S3BucketV2, Name: "files"},
		{Type: aws.S3BucketServerSideEncryptionConfigurationV2, Name: "seal", Props: rule.Props{"rules": []rule.Props{{"applyServerSideEncryptionByDefault": with}}}, Links: rule.Links{"bucket": {"files"}}},
	}
}
