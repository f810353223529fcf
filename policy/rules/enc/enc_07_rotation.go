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
	ID: "ENC-07", Name: "rotation", Title: "Keys rotate at least once a year, and what they encrypt follows",
	Severity: rule.High, Level: rule.Mandatory,
	Why: "A key that never changes encrypts ever more data, and one leak opens all of it.",
	Fix: "Declare keys through components/keys, which rotates them every 90 days, and name them without version.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.Row("enableKeyRotation", rule.Equals(true), rule.AbsentIsBad, aws.KMSKey).Where(symmetric),
			rule.Row("rotationPeriodInDays", rule.Within(90, 365), rule.AbsentIsGood, aws.KMSKey).Where(symmetric), // yearly unless told otherwise
		),
		GCP: rule.By(rule.Row("rotationPeriod", rule.Satisfies(func(period string) bool { s := seconds(period); return 0 < s && s <= 365*day },
			"at most 31536000s", "7776000s", "63072000s"), rule.AbsentIsBad, gcp.KMSCryptoKey)),
		Azure: rule.By(
			rule.On(func(v struct {
				Actions rule.List[lifetimeAction] `prop:"properties.rotationPolicy.lifetimeActions"`
			}, r *rule.Report) {
				rule.Some(r, v.Actions, func(a lifetimeAction) rule.Truth { return a.rotatesYearly() }, "to rotate at most P365D after creation")
			}, azure.KeyVaultKey),
			rule.Row("encryption.keyVaultProperties.keyVersion", rule.Unset("no version: the newest is used"), rule.AbsentIsGood, azure.StorageStorageAccount),
		),
	},
	Good: []rule.Example{
		{Given: []rule.Given{{Type: aws.KMSKey, Props: rule.Props{"enableKeyRotation": true}}}},
		{Given: []rule.Given{{Type: aws.KMSKey, Props: rule.Props{"keyUsage": "SIGN_VERIFY"}}}},
		{Given: rotating("rotate", "P90D")},
	},
	Bad: []rule.Example{
		{Caught: "properties.rotationPolicy.lifetimeActions", Given: []rule.Given{{Type: azure.KeyVaultKey, Props: rule.Props{"properties": rule.Props{"kty": "RSA"}}}}},
		{Caught: "properties.rotationPolicy.lifetimeActions", Given: rotating("notify", "P90D")},
		{Caught: "properties.rotationPolicy.lifetimeActions", Given: rotating("rotate", "P2Y")},
	},
}

// symmetric keys alone are rotated by KMS.
var symmetric = rule.Has("keyUsage", rule.Equals("ENCRYPT_DECRYPT"), rule.Yes)

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
