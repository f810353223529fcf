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
	ID: "ENC-02", Name: "algorithm", Title: "Data is encrypted with AES-256, on Azure under RSA of at least 3072 bits",
	Severity: rule.High, Level: rule.Mandatory,
	Why: "The promise to customers names the cipher; on Azure a vault holds no AES keys, so its RSA key wraps them.",
	Fix: "Declare keys through components/keys, which chooses the algorithm.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(rule.On(symmetricOnAWS, aws.KMSKey)),
		GCP: rule.By(
			rule.Row("purpose", rule.Equals("ENCRYPT_DECRYPT"), rule.AbsentIsGood, gcp.KMSCryptoKey),
			rule.Row("versionTemplate.algorithm", rule.Equals("GOOGLE_SYMMETRIC_ENCRYPTION"), rule.AbsentIsGood, gcp.KMSCryptoKey),
		),
		Azure: rule.By(
			rule.Row("properties.kty", rule.Among("RSA", "RSA-HSM"), rule.AbsentIsBad, azure.KeyVaultKey),
			rule.Row("properties.keySize", rule.Min(3072), rule.AbsentIsBad, azure.KeyVaultKey), // Azure takes 2048
		),
	},
	Good: []rule.Example{
		{Given: []rule.Given{{Type: aws.KMSKey, Props: rule.Props{"keyUsage": "ENCRYPT_DECRYPT", "customerMasterKeySpec": "SYMMETRIC_DEFAULT"}}}},
		{Given: []rule.Given{{Type: aws.KMSKey, Props: rule.Props{"keyUsage": "SIGN_VERIFY", "customerMasterKeySpec": "ECC_NIST_P256"}}}}, // DNSSEC
	},
	Bad: []rule.Example{
		{Caught: "customerMasterKeySpec", Given: []rule.Given{{Type: aws.KMSKey, Props: rule.Props{"customerMasterKeySpec": "RSA_2048"}}}},
		{Caught: "keyUsage", Given: []rule.Given{{Type: aws.KMSKey, Props: rule.Props{"keyUsage": "GENERATE_VERIFY_MAC", "customerMasterKeySpec": "SYMMETRIC_DEFAULT"}}}},
	},
}

type algorithmOnAWS struct {
	Usage rule.Value[string] `prop:"keyUsage"`
	Spec  rule.Value[string] `prop:"customerMasterKeySpec"`
}

// symmetricOnAWS leaves keys alone that sign, which DNSSEC needs; a key that encrypts
// is symmetric.
func symmetricOnAWS(v algorithmOnAWS, r *rule.Report) {
	const encrypts, aes = "ENCRYPT_DECRYPT", "SYMMETRIC_DEFAULT"
	rule.When(r, v.Usage.Or(encrypts), func(usage string) {
		if usage == encrypts {
			rule.Must(r, v.Spec, aes, rule.AbsentIsGood)
			return
		}
		rule.When(r, v.Spec.Or(aes), func(spec string) {
			if spec == aes {
				r.Reject(v.Usage, encrypts+" of a symmetric key")
			}
		})
	})
}
