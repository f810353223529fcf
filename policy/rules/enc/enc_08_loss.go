package enc

import (
	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/kind/azure"
	"tenant-runtime/policy/kind/gcp"
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// KeysSurvive is ENC-08.
var KeysSurvive = rule.Rule{
	ID: "ENC-08", Name: "loss", Title: "Keys work, and a deleted key or secret can be taken back for 30 days",
	Severity: rule.Critical, Level: rule.Mandatory,
	Why: "With the key goes everything it ever encrypted, backups included.",
	Fix: "Declare keys through components/keys, which waits 30 days before a key is destroyed.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.Row("isEnabled", rule.Equals(true), rule.AbsentIsGood, aws.KMSKey),
			rule.Row("deletionWindowInDays", rule.Min(30), rule.AbsentIsGood, aws.KMSKey),               // 30 unless told otherwise
			rule.Row("recoveryWindowInDays", rule.Min(30), rule.AbsentIsGood, aws.SecretsManagerSecret), // likewise; 0 is at once
		),
		GCP: rule.By(rule.Row("destroyScheduledDuration", rule.Satisfies(func(delay string) bool { return seconds(delay) >= 30*day },
			"at least 2592000s", "2592000s", "86400s"), rule.AbsentIsBad, gcp.KMSCryptoKey)),
		Azure: rule.By(
			rule.Row("properties.enablePurgeProtection", rule.Equals(true), rule.AbsentIsBad, azure.KeyVaultVault),
			rule.Row("properties.enableSoftDelete", rule.Equals(true), rule.AbsentIsGood, azure.KeyVaultVault),
			rule.Row("properties.softDeleteRetentionInDays", rule.Min(30), rule.AbsentIsGood, azure.KeyVaultVault), // 90 unless told otherwise
		),
	},
}
