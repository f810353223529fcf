package rules

import (
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// KeysSurvive is ENC-08.
var KeysSurvive = rule.Rule{
	ID: "ENC-08", Name: "loss", Title: "Keys work, and a deleted key or secret can be taken back for 30 days",
	Severity: rule.Critical, Level: rule.Mandatory,
	Why: "With the key goes everything it ever sealed, backups included.",
	Fix: "Declare keys through components/keys, which waits 30 days before a key is destroyed.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.On(func(v struct {
				Enabled rule.Value[bool] `prop:"isEnabled"`
				Days    rule.Value[int]  `prop:"deletionWindowInDays"`
			}, r *rule.Report) {
				rule.Must(r, v.Enabled, true, rule.AbsentIsGood)
				rule.AtLeast(r, v.Days, 30, rule.AbsentIsGood) // 30 unless told otherwise
			}, keyOnAWS),
			rule.On(func(v struct {
				Days rule.Value[int] `prop:"recoveryWindowInDays"`
			}, r *rule.Report) {
				rule.AtLeast(r, v.Days, 30, rule.AbsentIsGood) // likewise; 0 is at once
			}, secretOnAWS),
		),
		GCP: rule.By(rule.On(func(v struct {
			Delay rule.Value[string] `prop:"destroyScheduledDuration"`
		}, r *rule.Report) {
			rule.Match(r, v.Delay, func(delay string) bool { return seconds(delay) >= 30*day }, "at least 2592000s", rule.AbsentIsBad)
		}, keyOnGCP)),
		Azure: rule.By(rule.On(func(v struct {
			NoPurge    rule.Value[bool] `prop:"properties.enablePurgeProtection"`
			SoftDelete rule.Value[bool] `prop:"properties.enableSoftDelete"`
			Days       rule.Value[int]  `prop:"properties.softDeleteRetentionInDays"`
		}, r *rule.Report) {
			rule.Must(r, v.NoPurge, true, rule.AbsentIsBad)
			rule.Must(r, v.SoftDelete, true, rule.AbsentIsGood)
			rule.AtLeast(r, v.Days, 30, rule.AbsentIsGood) // 90 unless told otherwise
		}, vaultOnAzure)),
	},
	Good: []rule.Example{
		{Given: []rule.Given{{Type: keyOnAWS, Props: rule.Props{"deletionWindowInDays": 30}}}},
		{Given: []rule.Given{{Type: keyOnGCP, Props: rule.Props{"destroyScheduledDuration": "2592000s"}}}},
		{Given: vault(rule.Props{"enablePurgeProtection": true, "enableSoftDelete": true, "softDeleteRetentionInDays": 90})},
	},
	Bad: []rule.Example{
		{Caught: "deletionWindowInDays", Given: []rule.Given{{Type: keyOnAWS, Props: rule.Props{"deletionWindowInDays": 7}}}},
		{Caught: "isEnabled", Given: []rule.Given{{Type: keyOnAWS, Props: rule.Props{"isEnabled": false}}}},
		{Caught: "recoveryWindowInDays", Given: []rule.Given{{Type: secretOnAWS, Props: rule.Props{"recoveryWindowInDays": 0}}}},
		{Caught: "destroyScheduledDuration", Given: []rule.Given{{Type: keyOnGCP, Props: rule.Props{"destroyScheduledDuration": "86400s"}}}},
		{Caught: "destroyScheduledDuration", Given: []rule.Given{{Type: keyOnGCP}}},
		{Caught: "properties.enablePurgeProtection", Given: vault(rule.Props{"enablePurgeProtection": false})},
		{Caught: "properties.enableSoftDelete", Given: vault(rule.Props{"enablePurgeProtection": true, "enableSoftDelete": false})},
		{Caught: "properties.softDeleteRetentionInDays", Given: vault(rule.Props{"enablePurgeProtection": true, "softDeleteRetentionInDays": 7})},
	},
}

func vault(properties rule.Props) []rule.Given {
	return []rule.Given{{Type: vaultOnAzure, Props: rule.Props{"properties": properties}}}
}
