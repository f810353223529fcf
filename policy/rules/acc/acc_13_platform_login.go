package acc

import (
	"tenant-runtime/policy/kind/aws"
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
		AWS:   rule.By(rule.Row("iamDatabaseAuthenticationEnabled", rule.Equals(true), rule.AbsentIsBad, aws.RDSInstance)),
		GCP:   rule.Pending("database"),
		Azure: rule.Pending("database"),
	},
}
