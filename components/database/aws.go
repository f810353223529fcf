package database

import (
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/rds"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/calendar"
	"tenant-runtime/components/keys"
	"tenant-runtime/components/network"
	"tenant-runtime/components/scope"
)

// AWS is what only AWS's other files need.
type AWS struct {
	ARN        pulumi.StringOutput
	ResourceID pulumi.StringOutput // what a role that logs in is granted: rds-db:connect on this
}

const (
	kept      = 35  // days of automated backups, the most RDS has (BAK-02 asks for 30)
	insights  = 465 // days of load history, the only value the advanced mode takes
	adminUser = "runtime_admin"
	database  = "runtime"
)

// sizes are of the generation that every region of the catalogue has.
var sizes = map[Size]struct {
	class   string
	storage int // GiB
}{
	Small:  {"db.t4g.medium", 50},
	Medium: {"db.m6g.large", 200},
	Large:  {"db.r6g.xlarge", 400},
}

// logs are what PostgreSQL on RDS can send to CloudWatch.
var logs = []string{"postgresql", "upgrade"}

// buildAWS declares an instance with a standby and not a Multi-AZ DB cluster of
// three. The cluster has more servers, but RDS neither replicates its automated
// backups to another region nor lets AWS Backup copy its snapshots (RDS User Guide
// "Replicating automated backups", AWS Backup Developer Guide "Copy a backup",
// November 2026): losing a region would lose everything since the day before.
func buildAWS(ctx *pulumi.Context, name string, args Args, d *Database) error {
	s := args.Scope.In(scope.Data).Holding(scope.Customer)
	p, err := surround(ctx, name, s, args, d)
	if err != nil {
		return err
	}
	instance, err := rds.NewInstance(ctx, name, instanceArgs(s, args, p), s.Child(d, pulumi.DependsOn(p.first),
		// What it was restored from, and the key that came with it, concern its creation
		// only: a change would replace the database.
		pulumi.IgnoreChanges([]string{"snapshotIdentifier", "restoreToPointInTime", "kmsKeyId"}))...)
	if err != nil {
		return err
	}
	if err := replicate(ctx, name, args, instance, d); err != nil {
		return err
	}
	if err := ring(ctx, name, s, args.Alarms, instance, d); err != nil {
		return err
	}
	d.Address = scope.After(instance.Address, p.door.rules...)
	d.Port = instance.Port
	d.Name = pulumi.String(database).ToStringOutput()
	d.Secret = instance.MasterUserSecrets.Index(pulumi.Int(0)).SecretArn().Elem()
	d.AWS = &AWS{ARN: instance.Arn, ResourceID: instance.ResourceId}
	return nil
}

func instanceArgs(s scope.Scope, args Args, p parts) *rds.InstanceArgs {
	night, key := calendar.Of(s.Jurisdiction), args.Keys.IDs[keys.Database]
	final := s.Name("aws:rds/snapshot:Snapshot", slices.Concat([]string{"final"}, args.Restore.generation())...)
	return &rds.InstanceArgs{
		Identifier:              pulumi.String(p.id),
		Engine:                  pulumi.String("postgres"),
		EngineVersion:           pulumi.String(engine),
		EngineLifecycleSupport:  pulumi.String("open-source-rds-extended-support-disabled"), // upgrade, do not pay to stay
		AutoMinorVersionUpgrade: pulumi.Bool(true),
		InstanceClass:           pulumi.String(sizes[args.Size].class),
		StorageType:             pulumi.String("gp3"),
		AllocatedStorage:        pulumi.Int(sizes[args.Size].storage),
		MaxAllocatedStorage:     pulumi.Int(10 * sizes[args.Size].storage),
		StorageEncrypted:        pulumi.Bool(true),
		KmsKeyId:                args.Restore.key(key),
		SnapshotIdentifier:      args.Restore.snapshot(),
		RestoreToPointInTime:    args.Restore.pointInTime(),

		MultiAz:             pulumi.Bool(true),
		DbSubnetGroupName:   p.subnets.Name,
		VpcSecurityGroupIds: pulumi.StringArray{p.door.group.ID()},
		PubliclyAccessible:  pulumi.Bool(false),
		Port:                pulumi.Int(network.DatabasePort),
		CaCertIdentifier:    pulumi.String("rds-ca-rsa2048-g1"), // until 2061; RDS renews the server's certificate by itself

		DbName:                           pulumi.String(database),
		Username:                         pulumi.String(adminUser),
		ManageMasterUserPassword:         pulumi.Bool(true),
		MasterUserSecretKmsKeyId:         args.Keys.IDs[keys.Secrets],
		IamDatabaseAuthenticationEnabled: pulumi.Bool(true),
		ParameterGroupName:               p.settings.Name,

		BackupRetentionPeriod:   pulumi.Int(kept),
		BackupWindow:            pulumi.String(night.Snapshot.String()),
		CopyTagsToSnapshot:      pulumi.Bool(true),
		DeletionProtection:      pulumi.Bool(true),
		DeleteAutomatedBackups:  pulumi.Bool(false),
		SkipFinalSnapshot:       pulumi.Bool(false),
		FinalSnapshotIdentifier: pulumi.String(final),
		MaintenanceWindow:       pulumi.Sprintf("sun:%02d:00-sun:%02d:00", night.Maintenance.From, night.Maintenance.To),
		ApplyImmediately:        pulumi.Bool(false),

		EnabledCloudwatchLogsExports:       pulumi.ToStringArray(logs),
		MonitoringInterval:                 pulumi.Int(60),
		MonitoringRoleArn:                  p.watch.role.Arn,
		DatabaseInsightsMode:               pulumi.String("advanced"),
		PerformanceInsightsEnabled:         pulumi.Bool(true),
		PerformanceInsightsKmsKeyId:        key,
		PerformanceInsightsRetentionPeriod: pulumi.Int(insights),
		Tags:                               s.TagsWith(p.id, s.Backed()),
	}
}

// replicate sends snapshots and transaction logs to the recovery region as they
// arise: what makes the loss of a region cost minutes and not a day (C-07).
func replicate(ctx *pulumi.Context, name string, args Args, instance *rds.Instance, d *Database) error {
	if args.Scope.Recovery == nil {
		return nil
	}
	there := args.Scope.At(*args.Scope.Recovery)
	_, err := rds.NewInstanceAutomatedBackupsReplication(ctx, name, &rds.InstanceAutomatedBackupsReplicationArgs{
		SourceDbInstanceArn: instance.Arn,
		KmsKeyId:            args.CopyKey,
		RetentionPeriod:     pulumi.Int(kept),
	}, there.Child(d)...)
	return err
}

// ring tells of what RDS does by itself and somebody should know (HAD-04).
func ring(ctx *pulumi.Context, name string, s scope.Scope, topic pulumi.StringInput, instance *rds.Instance, d *Database) error {
	physical := s.Name("aws:rds/eventSubscription:EventSubscription", "database")
	_, err := rds.NewEventSubscription(ctx, name, &rds.EventSubscriptionArgs{
		Name:            pulumi.String(physical),
		SnsTopic:        topic,
		SourceType:      pulumi.String("db-instance"),
		SourceIds:       pulumi.StringArray{instance.Identifier},
		EventCategories: pulumi.ToStringArray([]string{"deletion", "failover", "failure", "low storage", "recovery"}),
		Enabled:         pulumi.Bool(true),
		Tags:            s.Tags(physical),
	}, s.Child(d)...)
	return err
}
