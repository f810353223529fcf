package backup

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/backup"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/identity"
	"tenant-runtime/components/scope"
)

// grace is the number of days in which a lock can still be taken back, AWS's
// least; after that nobody can, AWS included.
const grace = 3

// newVault declares a vault and returns its lock, which has the vault's name and
// ARN too: who takes them from there puts nothing into a vault that is still open.
func newVault(ctx *pulumi.Context, name string, s scope.Scope, site Site, b *Backup, part string) (*backup.VaultLockConfiguration, error) {
	physical := s.Name("aws:backup/vault:Vault", part)
	v, err := backup.NewVault(ctx, name, &backup.VaultArgs{
		Name:         pulumi.String(physical),
		KmsKeyArn:    site.Key,
		ForceDestroy: pulumi.Bool(false),
		Tags:         s.Tags(physical),
	}, s.Child(b)...)
	if err != nil {
		return nil, err
	}
	least, most := bounds()
	lock := &backup.VaultLockConfigurationArgs{
		BackupVaultName:  v.Name,
		MinRetentionDays: pulumi.Int(least),
		MaxRetentionDays: pulumi.Int(most),
	}
	// Without grace the lock is in governance mode: it holds until somebody who may
	// lifts it. A drill's vaults must be able to end with it.
	if s.Environment != scope.Drill {
		lock.ChangeableForDays = pulumi.Int(grace)
	}
	locked, err := backup.NewVaultLockConfiguration(ctx, name, lock, s.Child(b)...)
	if err != nil {
		return nil, err
	}
	if _, err := backup.NewVaultPolicy(ctx, name, &backup.VaultPolicyArgs{
		BackupVaultName: v.Name,
		Policy:          nobodyDeletes.JSON(),
	}, s.Child(b)...); err != nil {
		return nil, err
	}
	// A failed backup is not among them: BACKUP_JOB_FAILED is accepted and, being
	// deprecated, never sent (API reference of PutBackupVaultNotifications, November
	// 2026). An alarm tells of it instead.
	_, err = backup.NewVaultNotifications(ctx, name, &backup.VaultNotificationsArgs{
		BackupVaultName:   v.Name,
		SnsTopicArn:       site.Alarms,
		BackupVaultEvents: identity.Strings("COPY_JOB_FAILED", "RECOVERY_POINT_MODIFIED", "S3_BACKUP_OBJECT_FAILED"),
	}, s.Child(b)...)
	return locked, err
}

// nobodyDeletes holds from the first minute, the lock only when its grace is
// over. Backups end by their lifecycle, which no policy hinders. The policy itself
// stays changeable: a vault nobody can change is what the lock is for.
var nobodyDeletes = identity.Document{{
	Sid: "NobodyDeletes", Deny: true,
	Principal: identity.Principal{Everyone: true},
	Actions:   []string{"backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle"},
	Resources: identity.Strings("*"),
}}

// alarms ring for a backup that failed, and for one that never came: a plan that
// selects nothing fails silently.
func alarms(ctx *pulumi.Context, name string, s scope.Scope, v *backup.VaultLockConfiguration, topic pulumi.StringInput, b *Backup) error {
	for _, a := range []struct {
		name, metric, comparison, missing string
		hours                             int
		description                       string
	}{
		{"failed", "NumberOfBackupJobsFailed", "GreaterThanOrEqualToThreshold", "notBreaching", 1, "A backup job failed (BAK-11)"},
		{"missing", "NumberOfBackupJobsCompleted", "LessThanThreshold", "breaching", 24, "No backup was completed for a day (BAK-11)"},
	} {
		physical := s.Name("aws:cloudwatch/metricAlarm:MetricAlarm", "backup", a.name)
		if _, err := cloudwatch.NewMetricAlarm(ctx, name+"-"+a.name, &cloudwatch.MetricAlarmArgs{
			Name:               pulumi.String(physical),
			AlarmDescription:   pulumi.String(a.description),
			Namespace:          pulumi.String("AWS/Backup"),
			MetricName:         pulumi.String(a.metric),
			Dimensions:         pulumi.StringMap{"BackupVaultName": v.BackupVaultName},
			Statistic:          pulumi.String("Sum"),
			Period:             pulumi.Int(a.hours * 3600),
			EvaluationPeriods:  pulumi.Int(1),
			Threshold:          pulumi.Float64(1),
			ComparisonOperator: pulumi.String(a.comparison),
			TreatMissingData:   pulumi.String(a.missing),
			AlarmActions:       pulumi.Array{topic},
			Tags:               s.Tags(physical),
		}, s.Child(b)...); err != nil {
			return err
		}
	}
	return nil
}
