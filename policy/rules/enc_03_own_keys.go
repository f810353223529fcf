package rules

import (
	"strings"

	"tenant-runtime/policy/rule"
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
				ownKey(r, v.Storage)
				rule.When(r, v.Insights, func(on bool) {
					if on {
						ownKey(r, v.InsightsKey)
					}
				})
				rule.When(r, v.Password, func(managed bool) {
					if managed {
						ownKey(r, v.PasswordKey)
					}
				})
			}, "aws:rds/instance:Instance", "aws:rds/cluster:Cluster"),
			rule.On(func(v struct {
				Key      rule.Value[string]  `prop:"kmsKeyId"`
				Replicas rule.List[keyOfOne] `prop:"replicas"`
			}, r *rule.Report) {
				ownKey(r, v.Key)
				rule.ForEach(r, v.Replicas, rule.AbsentIsGood, "", func(to keyOfOne) { ownKey(r, to.Key) })
			}, secretOnAWS),
			rule.On(func(v keyOfOne, r *rule.Report) { ownKey(r, v.Key) }, "aws:efs/fileSystem:FileSystem", "aws:ebs/volume:Volume"),
			rule.On(func(v struct {
				Key rule.Value[string] `prop:"kmsMasterKeyId"`
			}, r *rule.Report) {
				ownKey(r, v.Key)
			}, "aws:sns/topic:Topic", "aws:sqs/queue:Queue"),
			rule.On(bucketKey, sealOnAWS),
			rule.InStack(onlyDeliveriesWithoutKey, sealOnAWS),
			rule.InStack(func(v struct{ *rule.Resource }, s *rule.Stack, r *rule.Report) {
				r.Looked()
				if len(s.Referring(v.Resource, "bucket", sealOnAWS)) == 0 {
					r.Found(v.Resource, "no BucketServerSideEncryptionConfigurationV2", "one for this bucket")
				}
			}, bucketOnAWS),
		),
		GCP: rule.By(rule.On(func(v struct {
			Key rule.Value[string] `prop:"encryption.defaultKmsKeyName"`
		}, r *rule.Report) {
			ownKey(r, v.Key)
		}, bucketOnGCP)),
		Azure: rule.By(rule.On(func(v struct {
			Source rule.Value[string] `prop:"encryption.keySource"`
			Vault  rule.Value[string] `prop:"encryption.keyVaultProperties.keyVaultUri"`
			Name   rule.Value[string] `prop:"encryption.keyVaultProperties.keyName"`
		}, r *rule.Report) {
			rule.Must(r, v.Source, "Microsoft.Keyvault", rule.AbsentIsBad)
			ownKey(r, v.Vault)
			ownKey(r, v.Name)
		}, accountOnAzure)),
	},
	Good: []rule.Example{
		{Given: []rule.Given{{Type: "aws:rds/instance:Instance", Props: rule.Props{
			"kmsKeyId": "arn:aws:kms:eu-central-1:1:key/a", "performanceInsightsEnabled": true, "performanceInsightsKmsKeyId": "arn:aws:kms:eu-central-1:1:key/a"}}}},
		{Given: sealed(rule.Props{"sseAlgorithm": "aws:kms", "kmsMasterKeyId": "arn:aws:kms:eu-central-1:1:key/a"})},
		{Given: append(sealed(rule.Props{"sseAlgorithm": "AES256"}), rule.Given{Type: bucketLogOnAWS, Name: "log", Links: rule.Links{"targetBucket": {"files"}}})},
		{Given: []rule.Given{{Type: bucketOnGCP, Props: rule.Props{"encryption": rule.Props{"defaultKmsKeyName": "projects/p/locations/l/keyRings/r/cryptoKeys/k"}}}}},
		{Given: []rule.Given{{Type: accountOnAzure, Props: ownKeyOnAzure("Microsoft.Keyvault")}}},
	},
	Bad: []rule.Example{
		{Caught: "kmsKeyId", Given: []rule.Given{{Type: "aws:rds/instance:Instance", Props: rule.Props{"storageEncrypted": true}}}},
		{Caught: "performanceInsightsKmsKeyId", Given: []rule.Given{{Type: "aws:rds/instance:Instance", Props: rule.Props{"kmsKeyId": "arn:key", "performanceInsightsEnabled": true}}}},
		{Caught: "masterUserSecretKmsKeyId", Given: []rule.Given{{Type: "aws:rds/cluster:Cluster", Props: rule.Props{"kmsKeyId": "arn:key", "manageMasterUserPassword": true}}}},
		{Caught: "kmsKeyId", Given: []rule.Given{{Type: secretOnAWS, Props: rule.Props{"kmsKeyId": "alias/aws/secretsmanager"}}}},
		{Caught: "replicas[0].kmsKeyId", Given: []rule.Given{{Type: secretOnAWS, Props: rule.Props{"kmsKeyId": "arn:key", "replicas": []rule.Props{{"region": "eu-west-1"}}}}}},
		{On: "seal", Caught: "rules[0].applyServerSideEncryptionByDefault.kmsMasterKeyId", Given: sealed(rule.Props{"sseAlgorithm": "aws:kms"})},
		{On: "seal", Caught: "rules[0].applyServerSideEncryptionByDefault.sseAlgorithm", Given: sealed(rule.Props{"sseAlgorithm": "AES256"})},
		{Caught: "kmsMasterKeyId", Given: []rule.Given{{Type: "aws:sns/topic:Topic", Props: rule.Props{"kmsMasterKeyId": "alias/aws/sns"}}}},
		{Given: []rule.Given{{Type: bucketOnAWS}}},
		{Caught: "encryption.defaultKmsKeyName", Given: []rule.Given{{Type: bucketOnGCP}}},
		{Caught: "encryption.keySource", Given: []rule.Given{{Type: accountOnAzure, Props: ownKeyOnAzure("Microsoft.Storage")}}},
	},
}

// ownKey refuses no key and the keys AWS makes for itself.
func ownKey(r *rule.Report, v rule.Value[string]) {
	rule.Match(r, v, func(id string) bool { return id != "" && !strings.Contains(id, "alias/aws/") }, "a key of the operator", rule.AbsentIsBad)
}

type keyOfOne struct {
	Key rule.Value[string] `prop:"kmsKeyId"`
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
				ownKey(r, seal.Key)
			}
		})
	})
}

// onlyDeliveriesWithoutKey allows Amazon's key where nothing else works: load
// balancers and S3 deliver their access logs only to buckets sealed with it (ELB
// and S3 user guides, November 2026).
func onlyDeliveriesWithoutKey(v bucketSeal, s *rule.Stack, r *rule.Report) {
	for _, bucket := range s.Linked(v.Resource, "bucket", bucketOnAWS) {
		if len(s.Referring(bucket, "targetBucket", bucketLogOnAWS))+len(s.Referring(bucket, "accessLogs", "aws:lb/loadBalancer:LoadBalancer")) > 0 {
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
		{Type: bucketOnAWS, Name: "files"},
		{Type: sealOnAWS, Name: "seal", Props: rule.Props{"rules": []rule.Props{{"applyServerSideEncryptionByDefault": with}}}, Links: rule.Links{"bucket": {"files"}}},
	}
}

func ownKeyOnAzure(source string) rule.Props {
	return rule.Props{"encryption": rule.Props{"keySource": source, "keyVaultProperties": rule.Props{"keyVaultUri": "https://v.vault.azure.net/", "keyName": "k"}}}
}
