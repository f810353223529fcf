package rules

import (
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
		GCP: rule.By(rule.On(func(v struct {
			Level rule.Value[string] `prop:"versionTemplate.protectionLevel"`
		}, r *rule.Report) {
			rule.Must(r, v.Level, "HSM", rule.AbsentIsBad)
		}, keyOnGCP)),
		Azure: rule.By(
			rule.On(func(v struct {
				Kind rule.Value[string] `prop:"properties.kty"`
			}, r *rule.Report) {
				rule.MustNot(r, v.Kind, "RSA", rule.AbsentIsGood) // the one in hardware is called RSA-HSM
			}, keyOnAzure),
			rule.On(func(v struct {
				SKU rule.Value[string] `prop:"properties.sku.name"`
			}, r *rule.Report) {
				rule.Must(r, v.SKU, "premium", rule.AbsentIsBad)
			}, vaultOnAzure),
		),
	},
	Good: []rule.Example{
		{Given: []rule.Given{{Type: keyOnGCP, Props: rule.Props{"versionTemplate": rule.Props{"protectionLevel": "HSM"}}}}},
		{Given: rsa("RSA-HSM", 4096)},
		{Given: vault(rule.Props{"sku": rule.Props{"name": "premium"}})},
	},
	Bad: []rule.Example{
		{Caught: "versionTemplate.protectionLevel", Given: []rule.Given{{Type: keyOnGCP}}},
		{Caught: "properties.kty", Given: rsa("RSA", 4096)},
		{Caught: "properties.sku.name", Given: vault(rule.Props{"sku": rule.Props{"name": "standard"}})},
	},
}
