package dat

import (
	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/kind/azure"
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
			r.Expect(v.Resource, customersBucket.Of(s), "a bucket with the tag dataClass=customer beside the database")
		}, aws.RDSInstance)),
		GCP:   rule.Pending("database"),
		Azure: rule.By(rule.Row("publicAccess", rule.Equals("None"), rule.AbsentIsGood, azure.StorageBlobContainer)),
	},
	Good: []rule.Example{
		{Given: []rule.Given{classedAs(aws.RDSInstance, "customer"), classedAs(aws.S3BucketV2, "customer")}},
		{Given: []rule.Given{classedAs(aws.RDSInstance, "internal")}},
	},
	Bad: []rule.Example{
		{Given: []rule.Given{classedAs(aws.RDSInstance, "customer"), classedAs(aws.S3BucketV2, "confidential")}},
	},
}

// customersBucket says whether a bucket of the stack holds customers' data.
var customersBucket = rule.Derive(func(s *rule.Stack) rule.Truth {
	answer := rule.No
	for _, b := range rule.Views[classedStore](s, aws.S3BucketV2) {
		answer = answer.Or(rule.Is(b.Tags.At("dataClass"), "customer"))
	}
	return answer
})

type classedStore struct {
	Tags rule.Map[rule.Value[string]] `prop:"tags"`
}

func classedAs(typ, class string) rule.Given {
	return rule.Given{Type: typ, Props: rule.Props{"tags": rule.Props{"dataClass": class}}}
}
