package enc

import (
	"tenant-runtime/policy/kind/azure"
	"tenant-runtime/policy/kind/gcp"
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// KeysInHardware is ENC-10. What kind of key it is, is ENC-02.
var KeysInHardware = rule.Rule{
	ID: "ENC-10", Name: "hardware", Title: "Keys are held in hardware",
	Severity: rule.Medium, Level: rule.Mandatory,
	Why: "A key in software can be copied by whoever gets at the machine.",
	Fix: "Declare keys through components/keys, which asks for hardware.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.NotApplicable("KMS holds every key it makes in hardware"),
		GCP: rule.By(rule.Row("versionTemplate.protectionLevel", rule.Equals("HSM"), rule.AbsentIsBad, gcp.KMSCryptoKey)),
		Azure: rule.By(
			rule.Row("properties.kty", rule.Differs("RSA"), rule.AbsentIsGood, azure.KeyVaultKey), // the one in hardware is called RSA-HSM
			rule.Row("properties.sku.name", rule.Equals("premium"), rule.AbsentIsBad, azure.KeyVaultVault),
		),
	},
}
