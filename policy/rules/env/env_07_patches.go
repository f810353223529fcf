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
	Fix: "Leave autoMinorVersionUpgrade on.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.Row("autoMinorVersionUpgrade", rule.Differs(false), rule.AbsentIsGood, aws.RDSInstance), // on unless told otherwise
			rule.Row("engineVersion", rule.Satisfies(supportedPostgres, "PostgreSQL "+strconv.Itoa(oldestPostgres)+" or newer", "17", "13.20"), rule.AbsentIsGood, aws.RDSInstance). // RDS takes its newest default
																									Where(rule.Has("engine", rule.Equals("postgres"), rule.No)).Named("version").
																									WithFix("Move to a PostgreSQL version in standard support: engineVersion."),
		),
		GCP:   rule.Pending("database"),
		Azure: rule.Pending("database"),
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
