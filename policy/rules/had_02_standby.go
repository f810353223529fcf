package rules

import (
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
		AWS: rule.By(rule.On(func(v struct {
			MultiAZ rule.Value[bool] `prop:"multiAz"`
		}, r *rule.Report) {
			rule.Must(r, v.MultiAZ, true, rule.AbsentIsBad)
		}, rdsInstanceType)),
		GCP:   rule.NotApplicable(noDatabaseOnGCP),
		Azure: rule.NotApplicable(noDatabaseOnAzure),
	},
	Good: []rule.Example{{Given: []rule.Given{{Type: rdsInstanceType, Props: rule.Props{"multiAz": true}}}}},
	Bad: []rule.Example{
		{Caught: "multiAz", Given: []rule.Given{{Type: rdsInstanceType, Props: rule.Props{"multiAz": false}}}},
		{Caught: "multiAz", Given: []rule.Given{{Type: rdsInstanceType, Props: rule.Props{}}}},
	},
}

const (
	rdsInstanceType  = "aws:rds/instance:Instance"
	rdsParameterType = "aws:rds/parameterGroup:ParameterGroup"

	noDatabaseOnGCP   = "components/database is not built on GCP yet; its checks come with it"
	noDatabaseOnAzure = "components/database is not built on Azure yet; its checks come with it"
)
