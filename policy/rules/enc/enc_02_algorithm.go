package enc

import (
	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/kind/azure"
	"tenant-runtime/policy/kind/gcp"
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// StrongAlgorithm is ENC-02.
var StrongAlgorithm = rule.Rule{
	ID: "ENC-02", Name: "algorithm", Title: "Data is sealed with AES-256, on Azure wrapped by RSA of at least 3072 bits",
	Severity: rule.High, Level: rule.Mandatory,
	Why: "The promise to customers names the cipher; on Azure a vault holds no AES keys, so its RSA key wraps them.",
	Fix: "Declare keys through components/keys, which chooses the algorithm.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(rule.On(symmetricOnAWS, aws.KMSKey)),
		GCP: rule.By(rule.On(func(v struct {
			Purpose   rule.Value[string] `prop:"purpose"`
			Algorithm rule.Value[string] `prop:"versionTemplate.algorithm"`
		}, r *rule.Report) {
			rule.Must(r, v.Purpose, "ENCRYPT_DECRYPT", rule.AbsentIsGood)
			rule.Must(r, v.Algorithm, "GOOGLE_SYMMETRIC_ENCRYPTION", rule.AbsentIsGood)
		}, gcp.KMSCryptoKey)),
		Azure: rule.By(rule.On(func(v struct {
			Kind rule.Value[string] `prop:"properties.kty"`
			Size rule.Value[int]    `prop:"properties.keySize"`
		}, r *rule.Report) {
			rule.OneOf(r, v.Kind, rule.AbsentIsBad, "RSA", "RSA-HSM")
			rule.AtLeast(r, v.Size, 3072, rule.AbsentIsBad) // Azure takes 2048
		}, azure.KeyVaultKey)),
	},
	Good: []rule.Example{
		{Given: []rule.Given{{Type: aws.KMSKey, Props: rule.Props{"keyUsage": "ENCRYPT_DECRYPT", "customerMasterKeySpec": "SYMMETRIC_DEFAULT"}}}},
		{Given: []rule.Given{{Type: aws.KMSKey, Props: rule.Props{"keyUsage": "SIGN_VERIFY", "customerMasterKeySpec": "ECC_NIST_P256"}}}}, // DNSSEC
		{Given: []rule.Given{{Type: gcp.KMSCryptoKey, Props: rule.Props{"purpose": "ENCRYPT_DECRYPT"}}}},
		{Given: rsa("RSA-HSM", 4096)},
	},
	Bad: []rule.Example{
		{Caught: "customerMasterKeySpec", Given: []rule.Given{{Type: aws.KMSKey, Props: rule.Props{"customerMasterKeySpec": "RSA_2048"}}}},
		{Caught: "keyUsage", Given: []rule.Given{{Type: aws.KMSKey, Props: rule.Props{"keyUsage": "GENERATE_VERIFY_MAC", "customerMasterKeySpec": "SYMMETRIC_DEFAULT"}}}},
		{Caught: "purpose", Given: []rule.Given{{Type: gcp.KMSCryptoKey, Props: rule.Props{"purpose": "ASYMMETRIC_DECRYPT"}}}},
		{Caught: "versionTemplate.algorithm", Given: []rule.Given{{Type: gcp.KMSCryptoKey, Props: rule.Props{"versionTemplate": rule.Props{"algorithm": "RSA_DECRYPT_OAEP_2048_SHA256"}}}}},
		{Caught: "properties.kty", Given: rsa("EC", 4096)},
		{Caught: "properties.keySize", Given: rsa("RSA", 2048)},
	},
}

type algorithmOnAWS struct {
	Usage rule.Value[string] `prop:"keyUsage"`
	Spec  rule.Value[string] `prop:"customerMasterKeySpec"`
}

// symmetricOnAWS leaves keys alone that sign, which DNSSEC needs; a key that seals
// is symmetric.
func symmetricOnAWS(v algorithmOnAWS, r *rule.Report) {
	const seals, aes = "ENCRYPT_DECRYPT", "SYMMETRIC_DEFAULT"
	rule.When(r, v.Usage.Or(seals), func(usage string) {
		if usage == seals {
			rule.Must(r, v.Spec, aes, rule.AbsentIsGood)
			return
		}
		rule.When(r, v.Spec.Or(aes), func(spec string) {
			if spec == aes {
				r.Reject(v.Usage, seals+" of a symmetric key")
			}
		})
	})
}
