package rules

import (
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// FilesApart is DAT-07. How access to files is granted is TEN-05.
var FilesApart = rule.Rule{
	ID: "DAT-07", Name: "files-apart", Title: "Files that users upload live in object storage, apart from the database",
	Severity: rule.Medium, Level: rule.Mandatory,
	Why: "Files in a database are outside of the malware scan, and restoring one restores all.",
	Fix: "Declare a store of the purpose Attachments through components/storage beside the database.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(rule.InStack(func(v struct {
			*rule.Resource
			Tags rule.Map[rule.Value[string]] `prop:"tags"`
		}, s *rule.Stack, r *rule.Report) {
			r.Looked()
			if rule.Is(v.Tags.At("dataClass"), "customer") == rule.No {
				return
			}
			answer := rule.No
			for _, b := range rule.Views[classedStore](s, bucketOnAWS) {
				answer = answer.Or(rule.Is(b.Tags.At("dataClass"), "customer"))
			}
			r.Expect(v.Resource, answer, "a bucket with the tag dataClass=customer beside the database")
		}, rdsInstanceType)),
		GCP: rule.NotApplicable(noDatabaseOnGCP),
		Azure: rule.By(rule.On(func(v struct {
			Public rule.Value[string] `prop:"publicAccess"`
		}, r *rule.Report) {
			rule.Must(r, v.Public, "None", rule.AbsentIsGood)
		}, "azure-native:storage:BlobContainer")),
	},
	Good: []rule.Example{
		{Given: []rule.Given{classedAs(rdsInstanceType, "customer"), classedAs(bucketOnAWS, "customer")}},
		{Given: []rule.Given{classedAs(rdsInstanceType, "internal")}},
		{Given: []rule.Given{{Type: "azure-native:storage:BlobContainer", Props: rule.Props{"publicAccess": "None"}}}},
	},
	Bad: []rule.Example{
		{Given: []rule.Given{classedAs(rdsInstanceType, "customer"), classedAs(bucketOnAWS, "confidential")}},
		{Caught: "publicAccess", Given: []rule.Given{{Type: "azure-native:storage:BlobContainer", Props: rule.Props{"publicAccess": "Blob"}}}},
	},
}

type classedStore struct {
	Tags rule.Map[rule.Value[string]] `prop:"tags"`
}

func classedAs(typ, class string) rule.Given {
	return rule.Given{Type: typ, Props: rule.Props{"tags": rule.Props{"dataClass": class}}}
}
