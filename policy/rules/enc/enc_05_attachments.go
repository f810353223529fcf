package enc

import (
	"strings"

	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/kind/azure"
	"tenant-runtime/policy/rule"
	"tenant-runtime/policy/rules/policies"
	"tenant-runtime/policy/rules/tenancy"
	"tenant-runtime/regions"
)

// AttachmentsEncrypted is ENC-05. Whose key it is, is ENC-03.
var AttachmentsEncrypted = rule.Rule{
	ID: "ENC-05", Name: "attachments", Title: "Files reach their store over TLS only and are encrypted twice where the cloud can",
	Severity: rule.High, Level: rule.Mandatory,
	Why: "A store that answers plain HTTP gives a file and its signature to whoever listens.",
	Fix: "Declare stores through components/storage, whose policy refuses plain HTTP and old TLS.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.Needs(aws.S3BucketV2, "bucket", aws.S3BucketPolicy).Wanting("one that refuses plain HTTP"),
			rule.On(func(v policies.OfBucket, r *rule.Report) {
				v.Denies(r, "a Deny for everybody when aws:SecureTransport is false", []string{"s3:GetObject", "s3:PutObject"},
					map[string][]string{"aws:SecureTransport": {"false"}})
			}, aws.S3BucketPolicy),
			rule.On(func(v struct {
				Rules rule.List[bucketKeyRule] `prop:"rules"`
			}, r *rule.Report) {
				rule.ForEach(r, v.Rules, rule.AbsentIsGood, "", func(e bucketKeyRule) { hasBucketKey(e, r) })
			}, aws.S3BucketServerSideEncryptionConfigurationV2),
		),
		GCP:   rule.NotApplicable("a bucket answers plain HTTP for public objects only, of which there are none (DAT-02)"),
		Azure: rule.By(rule.Row("encryption.requireInfrastructureEncryption", rule.Equals(true), rule.AbsentIsBad, azure.StorageStorageAccount)),
	},
	Good: []rule.Example{
		{Given: []rule.Given{
			{Type: aws.S3BucketV2, Name: "files"},
			{Type: aws.S3BucketPolicy, Name: "policy", Props: rule.Props{"policy": overTLS("Deny", `"*"`)}, Links: rule.Links{"bucket": {"files"}}},
		}},
		{Given: []rule.Given{{Type: aws.S3BucketServerSideEncryptionConfigurationV2, Props: bucketKeyed(true, "aws:kms")}}},
		{Given: []rule.Given{{Type: aws.S3BucketServerSideEncryptionConfigurationV2, Props: bucketKeyed(false, "AES256")}}},
	},
	Bad: []rule.Example{
		{Caught: "policy", Given: []rule.Given{{Type: aws.S3BucketPolicy, Props: rule.Props{"policy": overTLS("Allow", `{"AWS":"arn:aws:iam::1:role/one"}`)}}}},
		{Caught: "policy", Given: []rule.Given{{Type: aws.S3BucketPolicy, Props: rule.Props{"policy": overTLS("Deny", `{"AWS":"arn:aws:iam::1:role/one"}`)}}}},
		{Caught: "policy", Given: []rule.Given{{Type: aws.S3BucketPolicy, Props: rule.Props{"bucket": "files", "policy": strings.Replace(overTLS("Deny", `"*"`), `"Resource":"*"`, `"Resource":"arn:aws:s3:::others/*"`, 1)}}}},
		{Caught: "policy", Given: []rule.Given{{Type: aws.S3BucketPolicy, Props: rule.Props{"policy": strings.ReplaceAll(overTLS("Deny", `"*"`), `"Bool"`, `"StringNotEquals"`)}}}},
		{Caught: "rules[0].bucketKeyEnabled", Given: []rule.Given{{Type: aws.S3BucketServerSideEncryptionConfigurationV2, Props: bucketKeyed(false, "aws:kms")}}},
	},
}

type bucketKeyRule struct {
	Algorithm rule.Value[string] `prop:"applyServerSideEncryptionByDefault.sseAlgorithm"`
	BucketKey rule.Value[bool]   `prop:"bucketKeyEnabled"`
}

// hasBucketKey wants the bucket's own data key where there is a customer-managed key:
// without it every file is a call to KMS, and a busy store is throttled.
func hasBucketKey(e bucketKeyRule, r *rule.Report) {
	rule.When(r, e.Algorithm, func(algorithm string) {
		if strings.HasPrefix(algorithm, "aws:kms") {
			rule.Must(r, e.BucketKey, true, rule.AbsentIsBad)
		}
	})
}

func overTLS(effect, principal string) string {
	return `{"Statement":[{"Effect":"` + effect + `","Principal":` + principal + `,"Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}},` + tenancy.RefusesOthers + `]}`
}

func bucketKeyed(on bool, algorithm string) rule.Props {
	return rule.Props{"rules": []rule.Props{{"bucketKeyEnabled": on, "applyServerSideEncryptionByDefault": rule.Props{"sseAlgorithm": algorithm}}}}
}
