package aws

import (
	awsbackup "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/backup"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/backup"
	"tenant-runtime/components/identity"
	"tenant-runtime/components/keys"
	"tenant-runtime/components/scope"
	"tenant-runtime/components/site"
)

// grace is the number of days in which a lock can still be taken back, AWS's
// least; after that nobody can, AWS included.
const grace = 3

// vault declares a vault at a site and returns its lock, which has the vault's
// name and ARN too: who takes them from there puts nothing into a vault that is
// still open.
func (b builder) vault(copy string, at site.Site, purpose keys.Purpose) (*awsbackup.VaultLockConfiguration, error) {
	s, name, child := b.Scope.At(at.Scope.Place), b.Named(copy), b.ChildAt(at.Scope.Place)
	physical := s.Name("aws:backup/vault:Vault", copy)
	v, err := awsbackup.NewVault(b.Ctx, name, &awsbackup.VaultArgs{
		Name:         pulumi.String(physical),
		KmsKeyArn:    at.Keys.Of(purpose).ID,
		ForceDestroy: pulumi.Bool(false),
		Tags:         s.Tags(physical),
	}, child...)
	if err != nil {
		return nil, err
	}
	least, most := backup.Bounds()
	lock := &awsbackup.VaultLockConfigurationArgs{
		BackupVaultName:  v.Name,
		MinRetentionDays: pulumi.Int(least),
		MaxRetentionDays: pulumi.Int(most),
	}
	// Without grace the lock is in governance mode: it holds until somebody who may
	// lifts it. A drill's vaults must be able to end with it.
	if s.Environment != scope.Drill {
		lock.ChangeableForDays = pulumi.Int(grace)
	}
	locked, err := awsbackup.NewVaultLockConfiguration(b.Ctx, name, lock, child...)
	if err != nil {
		return nil, err
	}
	if _, err := awsbackup.NewVaultPolicy(b.Ctx, name, &awsbackup.VaultPolicyArgs{
		BackupVaultName: v.Name,
		Policy:          nobodyDeletes.JSON(),
	}, child...); err != nil {
		return nil, err
	}
	// A failed backup is not among them: BACKUP_JOB_FAILED is accepted and, being
	// deprecated, never sent (API reference of PutBackupVaultNotifications, November
	// 2026). An alarm tells of it instead.
	_, err = awsbackup.NewVaultNotifications(b.Ctx, name, &awsbackup.VaultNotificationsArgs{
		BackupVaultName:   v.Name,
		SnsTopicArn:       at.Alarms.Topic,
		BackupVaultEvents: identity.Strings("COPY_JOB_FAILED", "RECOVERY_POINT_MODIFIED", "S3_BACKUP_OBJECT_FAILED"),
	}, child...)
	return locked, err
}

// nobodyDeletes holds from the first minute, the lock only when its grace is
// over. Backups end by their lifecycle, which no policy hinders. The policy itself
// stays changeable: a vault nobody can change is what the lock is for.
var nobodyDeletes = identity.Document{
	identity.Deny("NobodyDeletes", identity.Strings("*"), nil, "backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle"),
}

// alarms notify of a backup that failed, and of one that never came: a plan that
// selects nothing fails silently.
func (b builder) alarms(v *awsbackup.VaultLockConfiguration) error {
	for _, a := range []struct {
		name, metric, comparison, missing string
		hours                             int
		description                       string
	}{
		{"failed", "NumberOfBackupJobsFailed", "GreaterThanOrEqualToThreshold", "notBreaching", 1, "A backup job failed (BAK-11)"},
		{"missing", "NumberOfBackupJobsCompleted", "LessThanThreshold", "breaching", 24, "No backup was completed for a day (BAK-11)"},
	} {
		physical := b.Scope.Name("aws:cloudwatch/metricAlarm:MetricAlarm", "backup", a.name)
		if _, err := cloudwatch.NewMetricAlarm(b.Ctx, b.Named(a.name), &cloudwatch.MetricAlarmArgs{
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
			AlarmActions:       pulumi.Array{b.Args.Home.Alarms.Topic},
			Tags:               b.Scope.Tags(physical),
		}, b.Child()...); err != nil {
			return err
		}
	}
	return nil
}
