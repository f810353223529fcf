package rules

import (
	"strings"

	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// BackupDaily is BAK-03. The weekly and monthly generations are BAK-05.
var BackupDaily = rule.Rule{
	ID: "BAK-03", Name: "daily", Title: "A backup plan makes a full backup every day",
	Severity: rule.High, Level: rule.Mandatory,
	Why: "What is not backed up daily is lost by more than a day.",
	Fix: "Declare the plan through components/backup, or give one rule a schedule such as cron(0 20 * * ? *).",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(rule.On(func(v backupSchedules, r *rule.Report) {
			v.need(r, daily, "due every day")
		}, backupPlanType)),
		GCP:   rule.NotApplicable(noBackupOnGCP),
		Azure: rule.NotApplicable(noBackupOnAzure),
	},
	Good: []rule.Example{
		{Given: []rule.Given{backupPlan("cron(0 20 * * ? *)")}},
		{Given: []rule.Given{backupPlan("rate(12 hours)")}},
	},
	Bad: []rule.Example{
		{Caught: "rules", Given: []rule.Given{backupPlan("cron(0 20 ? * SUN *)", "cron(0 20 1 * ? *)")}},
	},
}

const (
	backupPlanType      = "aws:backup/plan:Plan"
	backupSelectionType = "aws:backup/selection:Selection"
	vaultType           = "aws:backup/vault:Vault"
	vaultLockType       = "aws:backup/vaultLockConfiguration:VaultLockConfiguration"

	noBackupOnGCP   = "components/backup is not built on GCP yet; its checks come with it"
	noBackupOnAzure = "components/backup is not built on Azure yet; its checks come with it"
)

type backupSchedules struct {
	Rules rule.List[scheduledBackup] `prop:"rules"`
}

type scheduledBackup struct {
	Schedule rule.Value[string] `prop:"schedule"`
}

// rhythm is how often a schedule is due.
type rhythm int

const (
	rarely rhythm = iota
	monthly
	weekly
	daily
)

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
	return rule.Given{Type: backupPlanType, Props: rule.Props{"rules": rules}}
}
