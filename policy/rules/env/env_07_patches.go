package env

import (
	"strconv"
	"strings"

	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// DatabasePatches is ENV-07.
var DatabasePatches = rule.Rule{
	ID: "ENV-07", Name: "patches", Title: "Databases run a supported version and are patched by the platform",
	Severity: rule.High, Level: rule.Mandatory,
	Why: "A patch that waits for somebody's time is a published way in.",
	Fix: "Leave autoMinorVersionUpgrade on and move to a PostgreSQL version in standard support.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(rule.On(func(v struct {
			Auto    rule.Value[bool]   `prop:"autoMinorVersionUpgrade"`
			Engine  rule.Value[string] `prop:"engine"`
			Version rule.Value[string] `prop:"engineVersion"`
		}, r *rule.Report) {
			rule.MustNot(r, v.Auto, false, rule.AbsentIsGood) // on unless told otherwise
			rule.When(r, v.Engine, func(engine string) {
				if engine == "postgres" {
					rule.Match(r, v.Version, supportedPostgres, "PostgreSQL "+strconv.Itoa(oldestPostgres)+" or newer", rule.AbsentIsGood) // RDS takes its newest default
				}
			})
		}, aws.RDSInstance)),
		GCP:   rule.Pending("database"),
		Azure: rule.Pending("database"),
	},
	Good: []rule.Example{
		{Given: []rule.Given{{Type: aws.RDSInstance, Props: rule.Props{"engine": "postgres", "engineVersion": "17", "autoMinorVersionUpgrade": true}}}},
	},
	Bad: []rule.Example{
		{Caught: "autoMinorVersionUpgrade", Given: []rule.Given{{Type: aws.RDSInstance, Props: rule.Props{"engine": "postgres", "autoMinorVersionUpgrade": false}}}},
		{Caught: "engineVersion", Given: []rule.Given{{Type: aws.RDSInstance, Props: rule.Props{"engine": "postgres", "engineVersion": "13.20"}}}},
	},
}

// oldestPostgres is the oldest major version in standard support: 14 ends in
// February 2027 (RDS for PostgreSQL release calendar, read November 2026), too
// soon for anything new.
const oldestPostgres = 15

func supportedPostgres(version string) bool {
	major, _, _ := strings.Cut(version, ".")
	n, err := strconv.Atoi(major)
	return err == nil && n >= oldestPostgres
}
