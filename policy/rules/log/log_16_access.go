package log

import (
	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/kind/azure"
	"tenant-runtime/policy/kind/gcp"
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// AccessRecorded is LOG-16.
var AccessRecorded = rule.Rule{
	ID: "LOG-16", Name: "access", Title: "Every access to a store and through the edge is recorded",
	Severity: rule.High, Level: rule.Mandatory,
	Why: "Without the log of who came in and what was read, a leak cannot be measured or reported.",
	Fix: "Declare stores through components/storage and load balancers through components/edge, both of which log.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.Needs(aws.S3BucketV2, "bucket", aws.S3BucketLoggingV2).NotOfTarget("targetBucket"),
			rule.Row("accessLogs.enabled", rule.Equals(true), rule.AbsentIsBad, aws.LBLoadBalancer),
			rule.Row("connectionLogs.enabled", rule.Equals(true), rule.AbsentIsBad, aws.LBLoadBalancer).
				Where(rule.Has("loadBalancerType", rule.Equals("application"), rule.Yes)), // the others have no such log
		),
		GCP: rule.By(rule.InStack(gcpBucketIsLogged, gcp.StorageBucket)),
		Azure: rule.By(
			rule.Needs(azure.StorageStorageAccount, "resourceUri", azure.InsightsDiagnosticSetting).NotOfTarget("storageAccountId").Wanting("one for this account's blob service"),
			rule.InStack(recordsEveryAccess, azure.StorageStorageAccount),
		),
	},
	Good: []rule.Example{
		{Given: []rule.Given{
			{Type: aws.S3BucketV2, Name: "files"}, {Type: aws.S3BucketLoggingV2, Name: "access", Links: rule.Links{"bucket": {"files"}}},
		}},
		{Given: []rule.Given{
			{Type: aws.S3BucketV2, Name: "logs"}, {Type: aws.S3BucketLoggingV2, Name: "access", Links: rule.Links{"targetBucket": {"logs"}}},
		}},
		{Given: []rule.Given{{Type: aws.LBLoadBalancer, Props: rule.Props{"loadBalancerType": "network", "accessLogs": rule.Props{"enabled": true}}}}},
		{Given: []rule.Given{{Type: gcp.StorageBucket, Name: "logs"}, {Type: gcp.StorageBucket, Name: "files", Links: rule.Links{"logging": {"logs"}}, Props: rule.Props{"logging": rule.Props{"logBucket": rule.Unknown}}}}},
		{Given: loggedAccount(rule.Props{"category": "StorageRead", "enabled": true}, rule.Props{"category": "StorageWrite", "enabled": true}, rule.Props{"category": "StorageDelete", "enabled": true})},
		{Given: loggedAccount(rule.Props{"categoryGroup": "allLogs", "enabled": true})},
	},
	Bad: []rule.Example{
		{Caught: "logging.logBucket", Given: []rule.Given{{Type: gcp.StorageBucket}}},
		{Caught: "logs", On: "access", Given: loggedAccount(rule.Props{"category": "StorageRead", "enabled": true}, rule.Props{"category": "StorageWrite", "enabled": true})},
		{Caught: "logs", On: "access", Given: loggedAccount(rule.Props{"categoryGroup": "allLogs", "enabled": false})},
	},
}

// gcpBucketIsLogged leaves out where logs go: it would record its own records.
func gcpBucketIsLogged(v struct {
	*rule.Resource
	Log rule.Value[string] `prop:"logging.logBucket"`
}, s *rule.Stack, r *rule.Report) {
	r.Looked()
	if len(s.Referring(v.Resource, "logging.logBucket", gcp.StorageBucket)) == 0 {
		rule.Present(r, v.Log, "a bucket for usage logs")
	}
}

func recordsEveryAccess(v struct{ *rule.Resource }, s *rule.Stack, r *rule.Report) {
	settings := rule.Referring[diagnosticSetting](s, v.Resource, "resourceUri", azure.InsightsDiagnosticSetting)
	for _, setting := range settings {
		for _, category := range []string{"StorageRead", "StorageWrite", "StorageDelete"} {
			rule.Some(r, setting.Logs, func(l diagnosticLog) rule.Truth {
				of := rule.Is(l.Category, category).Or(rule.Is(l.Group, "audit", "allLogs"))
				return of.And(l.On.Holds(func(on bool) bool { return on }, rule.No))
			}, category+", enabled")
		}
	}
}

type diagnosticSetting struct {
	Logs rule.List[diagnosticLog] `prop:"logs"`
}

type diagnosticLog struct {
	Category rule.Value[string] `prop:"category"`
	Group    rule.Value[string] `prop:"categoryGroup"`
	On       rule.Value[bool]   `prop:"enabled"`
}

func loggedAccount(logs ...rule.Props) []rule.Given {
	return []rule.Given{
		{Type: azure.StorageStorageAccount, Name: "files"},
		{Type: azure.InsightsDiagnosticSetting, Name: "access", Links: rule.Links{"resourceUri": {"files"}}, Props: rule.Props{"logs": logs}},
	}
}
