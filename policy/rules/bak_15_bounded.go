package rules

import (
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// RetentionBounded is BAK-15. The lower bound of backups is BAK-04, that of logs LOG-06.
var RetentionBounded = rule.Rule{
	ID: "BAK-15", Name: "bounded", Title: "Nothing that was deleted is kept for ever",
	Severity: rule.Medium, Level: rule.Mandatory,
	Why: "Who asks for erasure is promised an end; a copy without one breaks the promise.",
	Fix: "Give the plan deleteAfter, the lock a maximum of 120 days and the store a lifecycle that ends old versions.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.On(func(v backupLifecycles, r *rule.Report) {
				v.each(r, func(l backupLifecycle) { rule.Present(r, l.Delete, "a number of days") })
			}, backupPlanType),
			rule.On(func(v struct {
				Most rule.Value[int] `prop:"maxRetentionDays"`
			}, r *rule.Report) {
				rule.AtMost(r, v.Most, longestBackup, rule.AbsentIsBad)
			}, vaultLockType),
			rule.InStack(bucketEnds, bucketOnAWS),
			rule.On(func(v struct {
				Rules rule.List[endingRule] `prop:"rules"`
			}, r *rule.Report) {
				rule.Some(r, v.Rules, func(l endingRule) rule.Truth {
					return rule.Is(l.Status, "Enabled").And(l.Old.Holds(func(int) bool { return true }, rule.No))
				}, "enabled and ends old versions")
			}, lifecycleOnAWS),
		),
		GCP: rule.By(rule.On(func(v struct {
			Rules rule.List[struct {
				Action rule.Value[string] `prop:"action.type"`
			}] `prop:"lifecycleRules"`
		}, r *rule.Report) {
			rule.Some(r, v.Rules, func(l struct {
				Action rule.Value[string] `prop:"action.type"`
			}) rule.Truth {
				return rule.Is(l.Action, "Delete")
			}, "of action Delete")
		}, bucketOnGCP)),
		Azure: rule.By(
			rule.InStack(accountEnds, accountOnAzure),
			rule.On(func(v struct {
				Rules rule.List[struct {
					On  rule.Value[bool] `prop:"enabled"`
					Old rule.Value[any]  `prop:"definition.actions.version.delete"`
				}] `prop:"policy.rules"`
			}, r *rule.Report) {
				rule.Some(r, v.Rules, func(l struct {
					On  rule.Value[bool] `prop:"enabled"`
					Old rule.Value[any]  `prop:"definition.actions.version.delete"`
				}) rule.Truth {
					return l.On.Or(true).Holds(func(on bool) bool { return on }, rule.Yes).And(l.Old.Holds(func(any) bool { return true }, rule.No))
				}, "enabled and deletes old versions")
			}, managementPolicyOnAzure),
		),
	},
	Good: []rule.Example{
		{Given: []rule.Given{backupPlanKeeping(rule.Props{"deleteAfter": 120}, rule.Props{"deleteAfter": 90})}},
		{Given: []rule.Given{{Type: vaultLockType, Props: rule.Props{"maxRetentionDays": 120}}}},
		{Given: endingBucket("Enabled")},
		{Given: []rule.Given{{Type: bucketOnGCP, Props: rule.Props{"lifecycleRules": []rule.Props{{"action": rule.Props{"type": "Delete"}}}}}}},
		{Given: endingAccount(30)},
	},
	Bad: []rule.Example{
		{Caught: "rules[0].lifecycle.deleteAfter", Given: []rule.Given{backupPlanKeeping(rule.Props{}, rule.Props{"deleteAfter": 90})}},
		{Caught: "rules[0].copyActions[0].lifecycle.deleteAfter", Given: []rule.Given{backupPlanKeeping(rule.Props{"deleteAfter": 90}, nil)}},
		{Caught: "maxRetentionDays", Given: []rule.Given{{Type: vaultLockType, Props: rule.Props{"maxRetentionDays": 3650}}}},
		{Given: []rule.Given{{Type: bucketOnAWS}}},
		{Caught: "rules", On: "end", Given: endingBucket("Disabled")},
		{Caught: "lifecycleRules", Given: []rule.Given{{Type: bucketOnGCP}}},
		{Given: []rule.Given{{Type: accountOnAzure}}},
		{Caught: "policy.rules", On: "end", Given: endingAccount(nil)},
	},
}

// longestBackup is the 90 days backups are promised for and 30 of grace, after
// which an erasure is complete.
const longestBackup = 120

const (
	lifecycleOnAWS          = "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2"
	managementPolicyOnAzure = "azure-native:storage:ManagementPolicy"
)

type endingRule struct {
	Status rule.Value[string] `prop:"status"`
	Old    rule.Value[int]    `prop:"noncurrentVersionExpiration.noncurrentDays"`
}

func bucketEnds(v struct{ *rule.Resource }, s *rule.Stack, r *rule.Report) {
	r.Looked()
	if len(s.Referring(v.Resource, "bucket", lifecycleOnAWS)) == 0 {
		r.Found(v.Resource, "no BucketLifecycleConfigurationV2", "one that ends old versions")
	}
}

func accountEnds(v struct{ *rule.Resource }, s *rule.Stack, r *rule.Report) {
	r.Looked()
	if len(s.Referring(v.Resource, "accountName", managementPolicyOnAzure)) == 0 {
		r.Found(v.Resource, "no ManagementPolicy", "one that ends old versions")
	}
}

func endingBucket(status string) []rule.Given {
	return []rule.Given{
		{Type: bucketOnAWS, Name: "files"},
		{Type: lifecycleOnAWS, Name: "end", Links: rule.Links{"bucket": {"files"}}, Props: rule.Props{"rules": []rule.Props{
			{"status": status, "noncurrentVersionExpiration": rule.Props{"noncurrentDays": 90}}}}},
	}
}

func endingAccount(days any) []rule.Given {
	actions := rule.Props{"version": rule.Props{}}
	if days != nil {
		actions = rule.Props{"version": rule.Props{"delete": rule.Props{"daysAfterCreationGreaterThan": days}}}
	}
	return []rule.Given{
		{Type: accountOnAzure, Name: "account"},
		{Type: managementPolicyOnAzure, Name: "end", Links: rule.Links{"accountName": {"account"}}, Props: rule.Props{
			"policy": rule.Props{"rules": []rule.Props{{"enabled": true, "definition": rule.Props{"actions": actions}}}}}},
	}
}
