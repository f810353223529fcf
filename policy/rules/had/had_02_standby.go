package had

import (
	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// DatabaseStandby is HAD-02.
var DatabaseStandby = rule.Rule{
	ID: "HAD-02", Name: "standby", Title: "Every database has a synchronous standby in another zone",
	Severity: rule.High, Level: rule.Mandatory,
	Why: "Without one, losing a zone loses the last changes and hours of service.",
	Fix: "Declare databases through components/database, which always has a standby.",
	Checks: regions.Each[rule.Checks]{
		AWS:   rule.By(rule.Row("multiAz", rule.Equals(true), rule.AbsentIsBad, aws.RDSInstance)),
		GCP:   rule.Pending("database"),
		Azure: rule.Pending("database"),
	},
}
