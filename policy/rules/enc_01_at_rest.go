package rules

import (
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// EncryptedAtRest is ENC-01. Whose key it is, is ENC-03.
var EncryptedAtRest = rule.Rule{
	ID: "ENC-01", Name: "at-rest", Title: "All data at rest is encrypted",
	Severity: rule.Critical, Level: rule.Mandatory,
	Why: "A disk or snapshot that leaves the data centre can be read by whoever finds it.",
	Fix: "Switch encryption on; it can only be chosen when the store is created.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.On(func(v struct {
				Encrypted rule.Value[bool] `prop:"storageEncrypted"`
			}, r *rule.Report) {
				rule.Must(r, v.Encrypted, true, rule.AbsentIsBad)
			}, "aws:rds/instance:Instance", "aws:rds/cluster:Cluster"),
			rule.On(func(v struct {
				Encrypted rule.Value[bool] `prop:"encrypted"`
			}, r *rule.Report) {
				rule.Must(r, v.Encrypted, true, rule.AbsentIsBad)
			}, "aws:ebs/volume:Volume", "aws:efs/fileSystem:FileSystem"),
			rule.On(func(v struct {
				Enabled rule.Value[bool] `prop:"enabled"`
			}, r *rule.Report) {
				rule.Must(r, v.Enabled, true, rule.AbsentIsGood)
			}, "aws:ebs/encryptionByDefault:EncryptionByDefault"),
			rule.On(func(v struct {
				Encrypted rule.Value[bool] `prop:"atRestEncryptionEnabled"`
			}, r *rule.Report) {
				rule.Must(r, v.Encrypted, true, rule.AbsentIsBad)
			}, "aws:elasticache/replicationGroup:ReplicationGroup"),
		),
		GCP:   rule.NotApplicable("every store is encrypted and has no switch for it; whose key it is, is ENC-03"),
		Azure: rule.NotApplicable("every store is encrypted and has no switch for it; whose key it is, is ENC-03"),
	},
	Good: []rule.Example{
		{Given: []rule.Given{{Type: "aws:rds/instance:Instance", Props: rule.Props{"storageEncrypted": true}}}},
		{Given: []rule.Given{{Type: "aws:efs/fileSystem:FileSystem", Props: rule.Props{"encrypted": true}}}},
		{Given: []rule.Given{{Type: "aws:ebs/encryptionByDefault:EncryptionByDefault", Props: rule.Props{"enabled": true}}}},
	},
	Bad: []rule.Example{
		{Caught: "storageEncrypted", Given: []rule.Given{{Type: "aws:rds/instance:Instance"}}},
		{Caught: "storageEncrypted", Given: []rule.Given{{Type: "aws:rds/cluster:Cluster", Props: rule.Props{"storageEncrypted": false}}}},
		{Caught: "encrypted", Given: []rule.Given{{Type: "aws:ebs/volume:Volume", Props: rule.Props{"encrypted": false}}}},
		{Caught: "enabled", Given: []rule.Given{{Type: "aws:ebs/encryptionByDefault:EncryptionByDefault", Props: rule.Props{"enabled": false}}}},
		{Caught: "atRestEncryptionEnabled", Given: []rule.Given{{Type: "aws:elasticache/replicationGroup:ReplicationGroup"}}},
	},
}
