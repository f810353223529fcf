package env

import (
	"regexp"
	"strconv"
	"strings"

	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// MaintenanceWindow is ENV-06.
var MaintenanceWindow = rule.Rule{
	ID: "ENV-06", Name: "window", Title: "Databases are maintained on Sunday night, apart from their backup",
	Severity: rule.Medium, Level: rule.Mandatory,
	Why: "Without a window the cloud picks a time of its own, and a change takes effect while customers work.",
	Fix: "Declare databases through components/database, whose windows come from components/calendar.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.Row("maintenanceWindow", rule.Satisfies(onSunday, "a window on Sunday, such as sun:03:00-sun:05:00", "sun:03:00-sun:05:00", "wed:03:00-wed:05:00"), rule.AbsentIsBad, aws.RDSInstance),
			rule.Row("applyImmediately", rule.Differs(true), rule.AbsentIsGood, aws.RDSInstance).Named("waits").
				WithFix("Leave applyImmediately out: a change waits for the window."),
			rule.On(func(v struct {
				Window rule.Value[string] `prop:"maintenanceWindow"`
				Backup rule.Value[string] `prop:"backupWindow"`
			}, r *rule.Report) {
				rule.When(r, v.Backup, func(backup string) {
					rule.Match(r, v.Window, func(window string) bool { return !sameHours(window, backup) }, "a window that does not overlap backupWindow "+backup, rule.AbsentIsGood)
				})
			}, aws.RDSInstance),
		),
		GCP:   rule.Pending("database"),
		Azure: rule.Pending("database"),
	},
	Good: []rule.Example{
		{Given: []rule.Given{{Type: aws.RDSInstance, Props: rule.Props{"maintenanceWindow": "sun:03:00-sun:05:00", "backupWindow": "00:00-01:00", "applyImmediately": false}}}},
	},
	Bad: []rule.Example{
		{Caught: "maintenanceWindow", Given: []rule.Given{{Type: aws.RDSInstance, Props: rule.Props{"maintenanceWindow": "sun:03:00-sun:05:00", "backupWindow": "04:30-05:30"}}}},
	},
}

func onSunday(window string) bool {
	from, to, ok := strings.Cut(strings.ToLower(window), "-")
	return ok && strings.HasPrefix(from, "sun:") && strings.HasPrefix(to, "sun:")
}

var clock = regexp.MustCompile(`(\d{2}):(\d{2})`)

// sameHours reports whether two windows of one day have a minute in common. A
// window that passes midnight is two stretches, and a malformed one none.
func sameHours(a, b string) bool {
	for _, x := range stretches(a) {
		for _, y := range stretches(b) {
			if x[0] < y[1] && y[0] < x[1] {
				return true
			}
		}
	}
	return false
}

func stretches(window string) [][2]int {
	ends := clock.FindAllStringSubmatch(window, -1)
	if len(ends) != 2 {
		return nil
	}
	minutes := func(m []string) int {
		h, _ := strconv.Atoi(m[1])
		min, _ := strconv.Atoi(m[2])
		return 60*h + min
	}
	from, to := minutes(ends[0]), minutes(ends[1])
	if from < to {
		return [][2]int{{from, to}}
	}
	return [][2]int{{from, 24 * 60}, {0, to}}
}
