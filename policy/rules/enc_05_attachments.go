package rules

import (
	"slices"
	"strings"

	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// SealedAttachments is ENC-05. Whose key it is, is ENC-03.
var SealedAttachments = rule.Rule{
	ID: "ENC-05", Name: "attachments", Title: "Files reach their store over TLS only and are sealed twice where the cloud can",
	Severity: rule.High, Level: rule.Mandatory,
	Why: "A store that answers plain HTTP gives a file and its signature to whoever listens.",
	Fix: "Declare stores through components/storage, whose policy refuses plain HTTP and old TLS.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.InStack(func(v struct{ *rule.Resource }, s *rule.Stack, r *rule.Report) {
				r.Looked()
				if len(s.Referring(v.Resource, "bucket", bucketPolicyOnAWS)) == 0 {
					r.Found(v.Resource, "no BucketPolicy", "one that refuses plain HTTP")
				}
			}, bucketOnAWS),
			rule.On(func(v struct {
				Policy rule.Value[rule.Policy] `prop:"policy"`
			}, r *rule.Report) {
				rule.Match(r, v.Policy, refusesPlainHTTP, "a Deny for everybody when aws:SecureTransport is false", rule.AbsentIsBad)
			}, bucketPolicyOnAWS),
			rule.On(func(v struct {
				Rules rule.List[bucketKeyRule] `prop:"rules"`
			}, r *rule.Report) {
				rule.ForEach(r, v.Rules, rule.AbsentIsGood, "", func(seal bucketKeyRule) { bucketKeyOn(seal, r) })
			}, sealOnAWS),
		),
		GCP: rule.NotApplicable("a bucket answers plain HTTP for public objects only, of which there are none (DAT-02)"),
		Azure: rule.By(rule.On(func(v struct {
			Twice rule.Value[bool] `prop:"encryption.requireInfrastructureEncryption"`
		}, r *rule.Report) {
			rule.Must(r, v.Twice, true, rule.AbsentIsBad)
		}, accountOnAzure)),
	},
	Good: []rule.Example{
		{Given: []rule.Given{
			{Type: bucketOnAWS, Name: "files"},
			{Type: bucketPolicyOnAWS, Name: "policy", Props: rule.Props{"policy": overTLS("Deny", `"*"`)}, Links: rule.Links{"bucket": {"files"}}},
		}},
		{Given: []rule.Given{{Type: sealOnAWS, Props: bucketKeyed(true, "aws:kms")}}},
		{Given: []rule.Given{{Type: sealOnAWS, Props: bucketKeyed(false, "AES256")}}},
		{Given: []rule.Given{{Type: accountOnAzure, Props: rule.Props{"encryption": rule.Props{"requireInfrastructureEncryption": true}}}}},
	},
	Bad: []rule.Example{
		{Given: []rule.Given{{Type: bucketOnAWS}}},
		{Caught: "policy", Given: []rule.Given{{Type: bucketPolicyOnAWS, Props: rule.Props{"policy": overTLS("Allow", `{"AWS":"arn:aws:iam::1:role/one"}`)}}}},
		{Caught: "policy", Given: []rule.Given{{Type: bucketPolicyOnAWS, Props: rule.Props{"policy": overTLS("Deny", `{"AWS":"arn:aws:iam::1:role/one"}`)}}}},
		{Caught: "rules[0].bucketKeyEnabled", Given: []rule.Given{{Type: sealOnAWS, Props: bucketKeyed(false, "aws:kms")}}},
		{Caught: "encryption.requireInfrastructureEncryption", Given: []rule.Given{{Type: accountOnAzure}}},
	},
}

type bucketKeyRule struct {
	Algorithm rule.Value[string] `prop:"applyServerSideEncryptionByDefault.sseAlgorithm"`
	BucketKey rule.Value[bool]   `prop:"bucketKeyEnabled"`
}

// bucketKeyOn wants the bucket's own data key where there is a key of the operator:
// without it every file is a call to KMS, and a busy store is throttled.
func bucketKeyOn(seal bucketKeyRule, r *rule.Report) {
	rule.When(r, seal.Algorithm, func(algorithm string) {
		if strings.HasPrefix(algorithm, "aws:kms") {
			rule.Must(r, seal.BucketKey, true, rule.AbsentIsBad)
		}
	})
}

func refusesPlainHTTP(p rule.Policy) bool {
	return slices.ContainsFunc(p.Denies(), func(s rule.Statement) bool {
		return s.Everyone() && s.Covers("s3:GetObject") && s.Covers("s3:PutObject") &&
			slices.ContainsFunc(s.Condition("aws:SecureTransport"), func(c rule.Condition) bool { return slices.Equal(c.Values, []string{"false"}) })
	})
}

func overTLS(effect, principal string) string {
	return `{"Statement":[{"Effect":"` + effect + `","Principal":` + principal + `,"Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}},` + otherTenants + `]}`
}

func bucketKeyed(on bool, algorithm string) rule.Props {
	return rule.Props{"rules": []rule.Props{{"bucketKeyEnabled": on, "applyServerSideEncryptionByDefault": rule.Props{"sseAlgorithm": algorithm}}}}
}
