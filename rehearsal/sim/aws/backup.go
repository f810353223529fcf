package aws

import (
	"strconv"
	"time"

	"tenant-runtime/rehearsal/sim"
)

const (
	backupSource = "API model 2026-08, AWS Backup Developer Guide 2023-06 (vault lock), terraform-provider-aws 2026-06 (replacements); durations estimated"

	vault      = "aws:backup/vault:Vault"
	backupPlan = "aws:backup/plan:Plan"
)

var backupKinds = []sim.Kind{
	{
		Type: backupPlan, ID: "{uuid}",
		Compute: sim.Props{"arn": "arn:{partition}:backup:{region}:{account}:backup-plan:{id}", "version": "{hex 32}"},
		Replace: []string{"name"},
		Refs: map[string]sim.Ref{
			"rules[*].targetVaultName":                    sim.To(vault),
			"rules[*].copyActions[*].destinationVaultArn": sim.To(vault).Anywhere(),
		},
		Takes:  sim.Creates(0.02, 0.1, 0.3).Deletes(0.02, 0.1, 1),
		Source: backupSource,
	},
	{
		Type: "aws:backup/selection:Selection", ID: "{uuid}",
		Replace: []string{"conditions", "iamRoleArn", "name", "notResources", "planId", "resources", "selectionTags"},
		Refs:    map[string]sim.Ref{"iamRoleArn": sim.To(role), "planId": sim.To(backupPlan)},
		Takes:   sim.Creates(0.05, 0.3, 2).Deletes(0.02, 0.1, 0.3),
		Source:  backupSource,
	},
	{
		Type: vault, ID: "{name}",
		Name:    sim.Name{In: "name", Unique: sim.InAccountRegion, Max: 50, Pattern: `^[a-zA-Z0-9_-]{2,50}$`, Taken: "AlreadyExistsException"},
		Compute: sim.Props{"arn": "arn:{partition}:backup:{region}:{account}:backup-vault:{name}", "recoveryPoints": float64(0)},
		Default: sim.Props{"forceDestroy": false},
		Replace: []string{"kmsKeyArn", "name"},
		Refs:    map[string]sim.Ref{"kmsKeyArn": toKey},
		Guard:   []sim.Guard{{While: "!forceDestroy", HoldsData: true, Error: "InvalidRequestException: the vault holds recovery points"}},
		Takes:   sim.Creates(0.02, 0.1, 0.5).Deletes(0.02, 0.1, 10),
		Source:  backupSource,
	},
	{
		Type: "aws:backup/vaultLockConfiguration:VaultLockConfiguration", ID: "{backupVaultName}",
		Compute: sim.Props{"backupVaultArn": "{ref.backupVaultName.arn}"},
		Replace: []string{"backupVaultName", "changeableForDays", "maxRetentionDays", "minRetentionDays"},
		Refs:    map[string]sim.Ref{"backupVaultName": sim.To(vault)},
		Takes:   sim.Creates(0.02, 0.1, 0.3).Deletes(0.02, 0.1, 0.3),
		Quirk:   finalAfterGrace,
		Source:  backupSource,
	},
	{
		Type: "aws:backup/vaultNotifications:VaultNotifications", ID: "{backupVaultName}",
		Compute: sim.Props{"backupVaultArn": "{ref.backupVaultName.arn}"},
		Replace: []string{"backupVaultEvents", "backupVaultName", "snsTopicArn"},
		Refs:    map[string]sim.Ref{"backupVaultName": sim.To(vault), "snsTopicArn": sim.To(topic)},
		Source:  backupSource,
	},
	{
		Type: "aws:backup/vaultPolicy:VaultPolicy", ID: "{backupVaultName}",
		Compute: sim.Props{"backupVaultArn": "{ref.backupVaultName.arn}"},
		Replace: []string{"backupVaultName"},
		Refs:    merge(principals("policy"), map[string]sim.Ref{"backupVaultName": sim.To(vault)}),
		Source:  backupSource,
	},
}

// finalAfterGrace: a lock with a grace period can be taken back until that is
// over, and never after (AWS Backup Developer Guide, vault lock, 2023-06).
func finalAfterGrace(o *sim.Op) {
	days, err := strconv.Atoi(o.Text("changeableForDays"))
	if err != nil || o.Verb != sim.Delete {
		return
	}
	if o.Age() >= time.Duration(days)*24*time.Hour {
		o.Refuse("changeableForDays", "InvalidRequestException: the lock is final since its %d days of grace are over", days)
	}
}
