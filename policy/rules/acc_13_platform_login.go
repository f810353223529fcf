package rules

import (
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// DatabasePlatformLogin is ACC-13.
var DatabasePlatformLogin = rule.Rule{
	ID: "ACC-13", Name: "platform-login", Title: "Workloads log in to a database with their platform identity",
	Severity: rule.Medium, Level: rule.Mandatory,
	Why: "A password is copied, shared and forgotten; a role's token lives for 15 minutes.",
	Fix: "Declare databases through components/database and grant roles rds-db:connect.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(rule.On(func(v struct {
			IAM rule.Value[bool] `prop:"iamDatabaseAuthenticationEnabled"`
		}, r *rule.Report) {
			rule.Must(r, v.IAM, true, rule.AbsentIsBad)
		}, rdsInstanceType)),
		GCP:   rule.NotApplicable(noDatabaseOnGCP),
		Azure: rule.NotApplicable(noDatabaseOnAzure),
	},
	Good: []rule.Example{{Given: []rule.Given{{Type: rdsInstanceType, Props: rule.Props{"iamDatabaseAuthenticationEnabled": true}}}}},
	Bad:  []rule.Example{{Caught: "iamDatabaseAuthenticationEnabled", Given: []rule.Given{{Type: rdsInstanceType, Props: rule.Props{}}}}},
}
