package enc

import (
	"strconv"
	"strings"

	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/kind/azure"
	"tenant-runtime/policy/kind/gcp"
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// KeyRotation is ENC-07.
var KeyRotation = rule.Rule{
	ID: "ENC-07", Name: "rotation", Title: "Keys rotate at least once a year, and what they seal follows",
	Severity: rule.High, Level: rule.Mandatory,
	Why: "A key that never changes seals ever more data, and one leak opens all of it.",
	Fix: "Declare keys through components/keys, which rotates them every 90 days, and name them without version.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(rule.On(rotatesOnAWS, aws.KMSKey)),
		GCP: rule.By(rule.On(func(v struct {
			Period rule.Value[string] `prop:"rotationPeriod"`
		}, r *rule.Report) {
			rule.Match(r, v.Period, func(period string) bool { s := seconds(period); return 0 < s && s <= 365*day }, "at most 31536000s", rule.AbsentIsBad)
		}, gcp.KMSCryptoKey)),
		Azure: rule.By(
			rule.On(func(v struct {
				Actions rule.List[lifetimeAction] `prop:"properties.rotationPolicy.lifetimeActions"`
			}, r *rule.Report) {
				rule.Some(r, v.Actions, func(a lifetimeAction) rule.Truth { return a.rotatesYearly() }, "to rotate at most P365D after creation")
			}, azure.KeyVaultKey),
			rule.On(func(v struct {
				Pinned rule.Value[string] `prop:"encryption.keyVaultProperties.keyVersion"`
			}, r *rule.Report) {
				r.Looked() // its absence is what is wanted
				rule.Must(r, v.Pinned, "", rule.AbsentIsGood)
			}, azure.StorageStorageAccount),
		),
	},
	Good: []rule.Example{
		{Given: []rule.Given{{Type: aws.KMSKey, Props: rule.Props{"enableKeyRotation": true, "rotationPeriodInDays": 90}}}},
		{Given: []rule.Given{{Type: aws.KMSKey, Props: rule.Props{"keyUsage": "SIGN_VERIFY"}}}}, // KMS rotates no asymmetric keys
		{Given: []rule.Given{{Type: gcp.KMSCryptoKey, Props: rule.Props{"rotationPeriod": "7776000s"}}}},
		{Given: rotating("rotate", "P90D")},
		{Given: []rule.Given{{Type: azure.StorageStorageAccount, Props: ownKeyOnAzure("Microsoft.Keyvault")}}},
	},
	Bad: []rule.Example{
		{Caught: "enableKeyRotation", Given: []rule.Given{{Type: aws.KMSKey, Props: rule.Props{"enableKeyRotation": false}}}},
		{Caught: "enableKeyRotation", Given: []rule.Given{{Type: aws.KMSKey}}},
		{Caught: "rotationPeriodInDays", Given: []rule.Given{{Type: aws.KMSKey, Props: rule.Props{"enableKeyRotation": true, "rotationPeriodInDays": 400}}}},
		{Caught: "rotationPeriod", Given: []rule.Given{{Type: gcp.KMSCryptoKey}}},
		{Caught: "rotationPeriod", Given: []rule.Given{{Type: gcp.KMSCryptoKey, Props: rule.Props{"rotationPeriod": "63072000s"}}}},
		{Caught: "properties.rotationPolicy.lifetimeActions", Given: []rule.Given{{Type: azure.KeyVaultKey, Props: rule.Props{"properties": rule.Props{"kty": "RSA"}}}}},
		{Caught: "properties.rotationPolicy.lifetimeActions", Given: rotating("notify", "P90D")},
		{Caught: "properties.rotationPolicy.lifetimeActions", Given: rotating("rotate", "P2Y")},
		{Caught: "encryption.keyVaultProperties.keyVersion", Given: []rule.Given{{Type: azure.StorageStorageAccount, Props: rule.Props{"encryption": rule.Props{"keyVaultProperties": rule.Props{"keyVersion": "0123"}}}}}},
	},
}

type rotationOnAWS struct {
	Usage   rule.Value[string] `prop:"keyUsage"`
	Enabled rule.Value[bool]   `prop:"enableKeyRotation"`
	Days    rule.Value[int]    `prop:"rotationPeriodInDays"`
}

func rotatesOnAWS(v rotationOnAWS, r *rule.Report) {
	rule.When(r, v.Usage.Or("ENCRYPT_DECRYPT"), func(usage string) {
		if usage == "ENCRYPT_DECRYPT" {
			rule.Must(r, v.Enabled, true, rule.AbsentIsBad)
			rule.Between(r, v.Days, 90, 365, rule.AbsentIsGood) // AWS rotates yearly unless told otherwise
		}
	})
}

type lifetimeAction struct {
	Type  rule.Value[string] `prop:"action.type"`
	After rule.Value[string] `prop:"trigger.timeAfterCreate"`
}

func (a lifetimeAction) rotatesYearly() rule.Truth {
	return rule.Is(a.Type, "rotate", "Rotate").And(a.After.Holds(func(period string) bool {
		days, err := strconv.Atoi(strings.TrimSuffix(strings.TrimPrefix(period, "P"), "D"))
		return err == nil && days <= 365
	}, rule.No))
}

func rotating(action, after string) []rule.Given {
	return []rule.Given{{Type: azure.KeyVaultKey, Props: rule.Props{"properties": rule.Props{"rotationPolicy": rule.Props{
		"lifetimeActions": []rule.Props{{"action": rule.Props{"type": action}, "trigger": rule.Props{"timeAfterCreate": after}}}}}}}}
}
