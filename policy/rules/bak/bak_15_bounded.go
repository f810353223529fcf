package bak

import (
	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/kind/azure"
	"tenant-runtime/policy/kind/gcp"
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
			rule.Row("rules[].lifecycle.deleteAfter", rule.Set("a number of days"), rule.AbsentIsBad, aws.BackupPlan),
			rule.Row("rules[].copyActions[].lifecycle.deleteAfter", rule.Set("a number of days"), rule.AbsentIsBad, aws.BackupPlan),
			rule.Row("maxRetentionDays", rule.Max(longestBackup), rule.AbsentIsBad, aws.BackupVaultLockConfiguration),
			rule.Needs(aws.S3BucketV2, "bucket", aws.S3BucketLifecycleConfigurationV2).Wanting("one that ends old versions"),
			rule.On(func(v struct {
				Rules rule.List[endingRule] `prop:"rules"`
			}, r *rule.Report) {
				rule.Some(r, v.Rules, func(l endingRule) rule.Truth {
					return rule.Is(l.Status, "Enabled").And(l.Old.Holds(func(int) bool { return true }, rule.No))
				}, "enabled and ends old versions")
			}, aws.S3BucketLifecycleConfigurationV2),
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
		}, gcp.StorageBucket)),
		Azure: rule.By(
			rule.Needs(azure.StorageStorageAccount, "accountName", azure.StorageManagementPolicy).Wanting("one that ends old versions"),
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
			}, azure.StorageManagementPolicy),
		),
	},
	Good: []rule.Example{
		{Given: endingBucket("Enabled")},
		{Given: []rule.Given{{Type: gcp.StorageBucket, Props: rule.Props{"lifecycleRules": []rule.Props{{"action": rule.Props{"type": "Delete"}}}}}}},
		{Given: endingAccount(30)},
	},
	Bad: []rule.Example{
		{Caught: "rules", On: "end", Given: endingBucket("Disabled")},
		{Caught: "lifecycleRules", Given: []rule.Given{{Type: gcp.StorageBucket}}},
		{Caught: "policy.rules", On: "end", Given: endingAccount(nil)},
	},
}

// longestBackup is the 90 days backups are promised for and 30 of grace, after
// which an erasure is complete.
const longestBackup = 120

type endingRule struct {
	Status rule.Value[string] `prop:"status"`
	Old    rule.Value[int]    `prop:"noncurrentVersionExpiration.noncurrentDays"`
}

func endingBucket(status string) []rule.Given {
	return []rule.Given{
		{Type: aws.S3BucketV2, Name: "files"},
		{Type: aws.S3BucketLifecycleConfigurationV2, Name: "end", Links: rule.Links{"bucket": {"files"}}, Props: rule.Props{"rules": []rule.Props{
			{"status": status, "noncurrentVersionExpiration": rule.Props{"noncurrentDays": 90}}}}},
	}
}

func endingAccount(days any) []rule.Given {
	actions := rule.Props{"version": rule.Props{}}
	if days != nil {
		actions = rule.Props{"version": rule.Props{"delete": rule.Props{"daysAfterCreationGreaterThan": days}}}
	}
	return []rule.Given{
		{Type: azure.StorageStorageAccount, Name: "account"},
		{Type: azure.StorageManagementPolicy, Name: "end", Links: rule.Links{"accountName": {"account"}}, Props: rule.Props{
			"policy": rule.Props{"rules": []rule.Props{{"enabled": true, "definition": rule.Props{"actions": actions}}}}}},
	}
}
