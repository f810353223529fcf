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
			rule.InStack(bucketIsLogged, aws.S3BucketV2),
			rule.On(func(v struct {
				Kind        rule.Value[string] `prop:"loadBalancerType"`
				Requests    rule.Value[bool]   `prop:"accessLogs.enabled"`
				Connections rule.Value[bool]   `prop:"connectionLogs.enabled"`
			}, r *rule.Report) {
				rule.Must(r, v.Requests, true, rule.AbsentIsBad)
				rule.When(r, v.Kind.Or("application"), func(kind string) {
					if kind == "application" { // the others have no such log
						rule.Must(r, v.Connections, true, rule.AbsentIsBad)
					}
				})
			}, aws.LBLoadBalancer),
		),
		GCP:   rule.By(rule.InStack(gcpBucketIsLogged, gcp.StorageBucket)),
		Azure: rule.By(rule.InStack(accountIsLogged, azure.StorageStorageAccount)),
	},
	Good: []rule.Example{
		{Given: loggedBucket(aws.S3BucketLoggingV2)},
		{Given: []rule.Given{loggedBalancer(true, true)}},
		{Given: []rule.Given{{Type: gcp.StorageBucket, Name: "logs"}, {Type: gcp.StorageBucket, Name: "files", Links: rule.Links{"logging": {"logs"}}, Props: rule.Props{"logging": rule.Props{"logBucket": rule.Unknown}}}}},
		{Given: loggedAccount(rule.Props{"category": "StorageRead", "enabled": true}, rule.Props{"category": "StorageWrite", "enabled": true}, rule.Props{"category": "StorageDelete", "enabled": true})},
		{Given: loggedAccount(rule.Props{"categoryGroup": "allLogs", "enabled": true})},
	},
	Bad: []rule.Example{
		{Given: loggedBucket("")},
		{Caught: "accessLogs.enabled", Given: []rule.Given{loggedBalancer(false, true)}},
		{Caught: "connectionLogs.enabled", Given: []rule.Given{loggedBalancer(true, false)}},
		{Caught: "logging.logBucket", Given: []rule.Given{{Type: gcp.StorageBucket}}},
		{Given: []rule.Given{{Type: azure.StorageStorageAccount, Name: "files"}}},
		{Caught: "logs", On: "access", Given: loggedAccount(rule.Props{"category": "StorageRead", "enabled": true}, rule.Props{"category": "StorageWrite", "enabled": true})},
		{Caught: "logs", On: "access", Given: loggedAccount(rule.Props{"categoryGroup": "allLogs", "enabled": false})},
	},
}

// bucketIsLogged leaves out where logs go: it would record its own records.
func bucketIsLogged(v struct{ *rule.Resource }, s *rule.Stack, r *rule.Report) {
	r.Looked()
	if len(s.Referring(v.Resource, "bucket", aws.S3BucketLoggingV2))+len(s.Referring(v.Resource, "targetBucket", aws.S3BucketLoggingV2)) == 0 {
		r.Found(v.Resource, "no BucketLoggingV2", "one for this bucket")
	}
}

func gcpBucketIsLogged(v struct {
	*rule.Resource
	Log rule.Value[string] `prop:"logging.logBucket"`
}, s *rule.Stack, r *rule.Report) {
	r.Looked()
	if len(s.Referring(v.Resource, "logging.logBucket", gcp.StorageBucket)) == 0 {
		rule.Present(r, v.Log, "a bucket for usage logs")
	}
}

func accountIsLogged(v struct{ *rule.Resource }, s *rule.Stack, r *rule.Report) {
	r.Looked()
	settings := rule.Referring[diagnosticSetting](s, v.Resource, "resourceUri", azure.InsightsDiagnosticSetting)
	if len(settings)+len(s.Referring(v.Resource, "storageAccountId", azure.InsightsDiagnosticSetting)) == 0 {
		r.Found(v.Resource, "no DiagnosticSetting", "one for this account's blob service")
	}
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

func loggedBucket(logging string) []rule.Given {
	given := []rule.Given{{Type: aws.S3BucketV2, Name: "files"}}
	if logging != "" {
		given = append(given, rule.Given{Type: aws.S3BucketV2, Name: "logs"},
			rule.Given{Type: logging, Name: "access", Links: rule.Links{"bucket": {"files"}, "targetBucket": {"logs"}}})
	}
	return given
}

func loggedBalancer(requests, connections bool) rule.Given {
	return rule.Given{Type: aws.LBLoadBalancer, Props: rule.Props{
		"accessLogs": rule.Props{"enabled": requests}, "connectionLogs": rule.Props{"enabled": connections},
	}}
}

func loggedAccount(logs ...rule.Props) []rule.Given {
	return []rule.Given{
		{Type: azure.StorageStorageAccount, Name: "files"},
		{Type: azure.StorageStorageAccount, Name: "logs"},
		{Type: azure.InsightsDiagnosticSetting, Name: "access", Links: rule.Links{"resourceUri": {"files"}, "storageAccountId": {"logs"}}, Props: rule.Props{"logs": logs}},
	}
}
