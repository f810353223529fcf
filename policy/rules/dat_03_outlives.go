package rules

import (
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// StoresOutliveMistakes is DAT-03. That backups outlive them too is BAK-08.
var StoresOutliveMistakes = rule.Rule{
	ID: "DAT-03", Name: "outlives", Title: "Stored data survives being deleted by mistake or on purpose",
	Severity: rule.High, Level: rule.Mandatory,
	Why: "One wrong command, or one intruder, must not end a customer's data.",
	Fix: "Declare stores through components/storage and databases through components/database.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.On(func(v struct {
				Protected rule.Value[bool]   `prop:"deletionProtection"`
				Skip      rule.Value[bool]   `prop:"skipFinalSnapshot"`
				Final     rule.Value[string] `prop:"finalSnapshotIdentifier"`
				Forget    rule.Value[bool]   `prop:"deleteAutomatedBackups"`
			}, r *rule.Report) {
				rule.Must(r, v.Protected, true, rule.AbsentIsBad)
				rule.MustNot(r, v.Skip, true, rule.AbsentIsGood)
				rule.Present(r, v.Final, "a name, or deleting fails halfway")
				rule.Must(r, v.Forget, false, rule.AbsentIsBad) // true unless told otherwise
			}, rdsInstanceType),
			rule.On(notForced, bucketOnAWS),
			rule.InStack(bucketIsVersioned, bucketOnAWS),
			rule.On(func(v struct {
				Status rule.Value[string] `prop:"versioningConfiguration.status"`
			}, r *rule.Report) {
				rule.Must(r, v.Status, "Enabled", rule.AbsentIsBad)
			}, versioningOnAWS),
		),
		GCP: rule.By(rule.On(notForced, bucketOnGCP), rule.On(gcpBucketOutlives, bucketOnGCP)),
		Azure: rule.By(
			rule.InStack(accountOutlives, accountOnAzure),
			rule.On(func(v struct {
				Versions   rule.Value[bool] `prop:"isVersioningEnabled"`
				Blobs      rule.Value[bool] `prop:"deleteRetentionPolicy.enabled"`
				Containers rule.Value[bool] `prop:"containerDeleteRetentionPolicy.enabled"`
			}, r *rule.Report) {
				rule.Must(r, v.Versions, true, rule.AbsentIsBad)
				rule.Must(r, v.Blobs, true, rule.AbsentIsBad)
				rule.Must(r, v.Containers, true, rule.AbsentIsBad)
			}, blobServiceOnAzure),
		),
	},
	Good: []rule.Example{
		{Given: []rule.Given{{Type: rdsInstanceType, Props: outlivingDatabase(nil)}}},
		{Given: []rule.Given{
			{Type: bucketOnAWS, Name: "files", Props: rule.Props{"forceDestroy": false}},
			{Type: versioningOnAWS, Name: "versions", Props: versionsOnAWS("Enabled"), Links: rule.Links{"bucket": {"files"}}},
		}},
		{Given: []rule.Given{{Type: bucketOnGCP, Props: rule.Props{"versioning": rule.Props{"enabled": true}}}}},
		{Given: []rule.Given{{Type: bucketOnGCP, Props: rule.Props{"retentionPolicy": rule.Props{"retentionPeriod": 86400}}}}},
		{Given: outlivingAccount(rule.Props{})},
	},
	Bad: []rule.Example{
		{Caught: "deletionProtection", Given: []rule.Given{{Type: rdsInstanceType, Props: outlivingDatabase(rule.Props{"deletionProtection": false})}}},
		{Caught: "skipFinalSnapshot", Given: []rule.Given{{Type: rdsInstanceType, Props: outlivingDatabase(rule.Props{"skipFinalSnapshot": true})}}},
		{Caught: "finalSnapshotIdentifier", Given: []rule.Given{{Type: rdsInstanceType, Props: outlivingDatabase(rule.Props{"finalSnapshotIdentifier": nil})}}},
		{Caught: "deleteAutomatedBackups", Given: []rule.Given{{Type: rdsInstanceType, Props: outlivingDatabase(rule.Props{"deleteAutomatedBackups": nil})}}},
		{Given: []rule.Given{{Type: bucketOnAWS}}},
		{Caught: "versioningConfiguration.status", Given: []rule.Given{{Type: versioningOnAWS, Props: versionsOnAWS("Suspended")}}},
		{Caught: "forceDestroy", Given: []rule.Given{{Type: bucketOnGCP, Props: rule.Props{"forceDestroy": true, "versioning": rule.Props{"enabled": true}}}}},
		{Caught: "versioning.enabled", Given: []rule.Given{{Type: bucketOnGCP}}},
		{Caught: "softDeletePolicy.retentionDurationSeconds", Given: []rule.Given{{Type: bucketOnGCP, Props: rule.Props{
			"versioning": rule.Props{"enabled": true}, "softDeletePolicy": rule.Props{"retentionDurationSeconds": 0}}}}},
		{Given: outlivingAccount(rule.Props{})[:2]},
		{Caught: "isVersioningEnabled", On: "service", Given: outlivingAccount(rule.Props{"isVersioningEnabled": false})},
		{Caught: "containerDeleteRetentionPolicy.enabled", On: "service", Given: outlivingAccount(rule.Props{"containerDeleteRetentionPolicy": nil})},
		{Caught: "level", On: "lock", Given: append(outlivingAccount(rule.Props{})[:2],
			rule.Given{Type: lockOnAzure, Name: "lock", Props: rule.Props{"level": "NotSpecified"}, Links: rule.Links{"scope": {"account"}}})},
	},
}

const (
	versioningOnAWS    = "aws:s3/bucketVersioningV2:BucketVersioningV2"
	blobServiceOnAzure = "azure-native:storage:BlobServiceProperties"
	lockOnAzure        = "azure-native:authorization:ManagementLockByScope"
)

func notForced(v struct {
	Force rule.Value[bool] `prop:"forceDestroy"`
}, r *rule.Report) {
	rule.MustNot(r, v.Force, true, rule.AbsentIsGood)
}

// bucketIsVersioned looks for the versioning itself; what it says is checked on it.
func bucketIsVersioned(v struct{ *rule.Resource }, s *rule.Stack, r *rule.Report) {
	r.Looked()
	if len(s.Referring(v.Resource, "bucket", versioningOnAWS)) == 0 {
		r.Found(v.Resource, "no BucketVersioningV2", "one for this bucket")
	}
}

// gcpBucketOutlives: under a retention policy nothing is overwritten, so there are
// no versions to keep.
func gcpBucketOutlives(v struct {
	Versions rule.Value[bool] `prop:"versioning.enabled"`
	Retains  rule.Value[any]  `prop:"retentionPolicy.retentionPeriod"`
	Bin      rule.Value[int]  `prop:"softDeletePolicy.retentionDurationSeconds"`
}, r *rule.Report) {
	r.Looked()
	if _, state := v.Retains.Get(); state == rule.Absent {
		rule.Must(r, v.Versions, true, rule.AbsentIsBad)
	}
	rule.AtLeast(r, v.Bin, 7*24*3600, rule.AbsentIsGood) // a week unless told otherwise
}

func accountOutlives(v struct{ *rule.Resource }, s *rule.Stack, r *rule.Report) {
	r.Looked()
	if len(s.Referring(v.Resource, "accountName", blobServiceOnAzure)) == 0 {
		r.Found(v.Resource, "no BlobServiceProperties", "versions and a recycle bin for this account")
	}
	locks := rule.Referring[managementLock](s, v.Resource, "scope", lockOnAzure)
	if len(locks) == 0 {
		r.Found(v.Resource, "no ManagementLockByScope", "a lock on this account")
	}
	for _, lock := range locks {
		rule.OneOf(r, lock.Level, rule.AbsentIsBad, "CanNotDelete", "ReadOnly")
	}
}

type managementLock struct {
	Level rule.Value[string] `prop:"level"`
}

func outlivingDatabase(but rule.Props) rule.Props {
	props := rule.Props{"deletionProtection": true, "skipFinalSnapshot": false, "finalSnapshotIdentifier": "final", "deleteAutomatedBackups": false}
	for name, value := range but {
		props[name] = value
	}
	return props
}

func versionsOnAWS(status string) rule.Props {
	return rule.Props{"versioningConfiguration": rule.Props{"status": status}}
}

// outlivingAccount is an account with its service and lock, in this order.
func outlivingAccount(but rule.Props) []rule.Given {
	service := rule.Props{"isVersioningEnabled": true, "deleteRetentionPolicy": rule.Props{"enabled": true}, "containerDeleteRetentionPolicy": rule.Props{"enabled": true}}
	for name, value := range but {
		service[name] = value
	}
	return []rule.Given{
		{Type: accountOnAzure, Name: "account"},
		{Type: blobServiceOnAzure, Name: "service", Props: service, Links: rule.Links{"accountName": {"account"}}},
		{Type: lockOnAzure, Name: "lock", Props: rule.Props{"level": "CanNotDelete"}, Links: rule.Links{"scope": {"account"}}},
	}
}
