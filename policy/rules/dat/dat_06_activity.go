package dat

import (
	"slices"
	"strings"

	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
	"tenant-runtime/policy/rules/database"
	"tenant-runtime/regions"
)

// DatabaseActivity is DAT-06.
var DatabaseActivity = rule.Rule{
	ID: "DAT-06", Name: "activity", Title: "Who did what in a database, when and from where, is recorded",
	Severity: rule.High, Level: rule.Mandatory,
	Why: "A leak from inside the database is seen in its own log or nowhere.",
	Fix: "Declare databases through components/database, which audits every statement with pgaudit.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.On(func(v struct {
				Engine  rule.Value[string]            `prop:"engine"`
				Exports rule.List[rule.Value[string]] `prop:"enabledCloudwatchLogsExports"`
			}, r *rule.Report) {
				rule.When(r, v.Engine, func(engine string) {
					log := map[string]string{"postgres": "postgresql"}[engine]
					if log == "" {
						log = "audit" // what every other engine of RDS calls it
					}
					rule.Some(r, v.Exports, func(e rule.Value[string]) rule.Truth { return rule.Is(e, log) }, log)
				})
			}, aws.RDSInstance),
			rule.Row("parameterGroupName", rule.Satisfies(func(group string) bool { return !strings.HasPrefix(group, "default.") },
				"a parameter group of its own: the default ones audit nothing", "own", "default.postgres17"), rule.AbsentIsBad, aws.RDSInstance),
			rule.On(func(v auditParameters, r *rule.Report) {
				rule.When(r, v.Family, func(family string) {
					if strings.HasPrefix(family, "postgres") {
						v.audited(r)
					}
				})
			}, aws.RDSParameterGroup),
		),
		GCP:   rule.Pending("database"),
		Azure: rule.Pending("database"),
	},
	Good: []rule.Example{
		{Given: []rule.Given{auditedInstance("postgres", "upgrade", "postgresql")}},
		{Given: []rule.Given{auditedInstance("mysql", "audit")}},
		{Given: []rule.Given{auditGroup(nil)}},
		{Given: []rule.Given{{Type: aws.RDSParameterGroup, Props: rule.Props{"family": "mysql8.4", "parameters": []rule.Props{}}}}},
	},
	Bad: []rule.Example{
		{Caught: "enabledCloudwatchLogsExports", Given: []rule.Given{auditedInstance("postgres", "upgrade")}},
		{Caught: "parameters", Given: []rule.Given{auditGroup(map[string]string{"shared_preload_libraries": "pg_stat_statements"})}},
		{Caught: "parameters", Given: []rule.Given{auditGroup(map[string]string{"pgaudit.log": "none"})}},
		{Caught: "parameters", Given: []rule.Given{auditGroup(map[string]string{"log_connections": "0"})}},
		{Caught: "parameters", Given: []rule.Given{auditGroup(map[string]string{"log_disconnections": ""})}},
	},
}

type auditParameters struct {
	Family     rule.Value[string]            `prop:"family"`
	Parameters rule.List[database.Parameter] `prop:"parameters"`
}

func (v auditParameters) audited(r *rule.Report) {
	for _, want := range []struct {
		name string
		is   func(string) bool
	}{
		{"shared_preload_libraries", func(libraries string) bool { return slices.Contains(strings.Split(libraries, ","), "pgaudit") }},
		{"pgaudit.log", func(classes string) bool { return classes != "" && classes != "none" }},
		{"log_connections", switchedOn},
		{"log_disconnections", switchedOn},
	} {
		rule.Some(r, v.Parameters, func(p database.Parameter) rule.Truth {
			return rule.Is(p.Name, want.name).And(p.Value.Holds(want.is, rule.No))
		}, want.name+" set to record")
	}
}

// switchedOn also takes PostgreSQL 18's form, which lists what to record.
func switchedOn(value string) bool { return value != "" && value != "0" && value != "off" }

func auditedInstance(engine string, exports ...string) rule.Given {
	return rule.Given{Type: aws.RDSInstance, Props: rule.Props{"engine": engine, "enabledCloudwatchLogsExports": exports, "parameterGroupName": "own"}}
}

// auditGroup is a group that records everything, but for the given parameters.
func auditGroup(but map[string]string) rule.Given {
	parameters := []rule.Props{}
	for _, p := range [][2]string{{"rds.force_ssl", "1"}, {"shared_preload_libraries", "pgaudit,pg_stat_statements"}, {"pgaudit.log", "all"}, {"log_connections", "1"}, {"log_disconnections", "1"}} {
		value, replaced := but[p[0]]
		if !replaced {
			value = p[1]
		}
		parameters = append(parameters, rule.Props{"name": p[0], "value": value})
	}
	return rule.Given{Type: aws.RDSParameterGroup, Props: rule.Props{"family": "postgres17", "parameters": parameters}}
}
