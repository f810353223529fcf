package bak

import (
	"strings"

	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
)

// rhythm is how often a schedule is due.
type rhythm int

const (
	rarely rhythm = iota
	monthly
	weekly
	daily
)

type backupSchedules struct {
	Rules rule.List[scheduledBackup] `prop:"rules"`
}

type scheduledBackup struct {
	Schedule rule.Value[string] `prop:"schedule"`
}

func (v backupSchedules) need(r *rule.Report, wanted rhythm, words string) {
	rule.Some(r, v.Rules, func(b scheduledBackup) rule.Truth {
		return b.Schedule.Holds(func(schedule string) bool { return rhythmOf(schedule) == wanted }, rule.No)
	}, words)
}

// rhythmOf reads rate(12 hours) and cron(minute hour day-of-month month
// day-of-week year); ? and * both leave a field open.
func rhythmOf(schedule string) rhythm {
	kind, rest, _ := strings.Cut(strings.TrimSuffix(schedule, ")"), "(")
	fields := strings.Fields(rest)
	switch {
	case kind == "rate" && len(fields) == 2 && (strings.HasPrefix(fields[1], "hour") || rest == "1 day"):
		return daily
	case kind != "cron" || len(fields) != 6 || !open(fields[3]) || !open(fields[5]):
		return rarely
	}
	switch dayOfMonth, dayOfWeek := open(fields[2]), open(fields[4]); {
	case dayOfMonth && dayOfWeek:
		return daily
	case dayOfMonth:
		return weekly
	default:
		return monthly
	}
}

func open(field string) bool { return field == "*" || field == "?" }

func backupPlan(schedules ...string) rule.Given {
	rules := []rule.Props{}
	for _, s := range schedules {
		rules = append(rules, rule.Props{"ruleName": "rule", "schedule": s})
	}
	return rule.Given{Type: aws.BackupPlan, Props: rule.Props{"rules": rules}}
}

// backupLifecycles is how long a plan keeps backups and their copies.
type backupLifecycles struct {
	Rules rule.List[struct {
		Own    backupLifecycle `prop:"lifecycle"`
		Copies rule.List[struct {
			Own backupLifecycle `prop:"lifecycle"`
		}] `prop:"copyActions"`
	}] `prop:"rules"`
}

type backupLifecycle struct {
	Delete rule.Value[int] `prop:"deleteAfter"`
	Cold   rule.Value[int] `prop:"coldStorageAfter"`
}

func (v backupLifecycles) each(r *rule.Report, check func(backupLifecycle)) {
	rules, state := v.Rules.Items()
	if state == rule.Unknown {
		r.Defer(v.Rules)
	}
	for _, b := range rules {
		check(b.Own)
		copies, state := b.Copies.Items()
		if state == rule.Unknown {
			r.Defer(b.Copies)
		}
		for _, c := range copies {
			check(c.Own)
		}
	}
}

func backupPlanKeeping(own, copied rule.Props) rule.Given {
	return rule.Given{Type: aws.BackupPlan, Props: rule.Props{"rules": []rule.Props{{
		"ruleName": "daily", "lifecycle": own, "copyActions": []rule.Props{{"lifecycle": copied}},
	}}}}
}
