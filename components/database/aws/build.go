// Package aws declares a database in Amazon RDS.
package aws

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/rds"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/calendar"
	"tenant-runtime/components/component"
	"tenant-runtime/components/database"
	"tenant-runtime/components/keys"
	"tenant-runtime/components/network"
	"tenant-runtime/components/scope"
)

// insights is for how many days the history of load is kept, the only value that
// the advanced mode takes.
const insights = 465

// classes are of the generation that every region of the catalogue has.
var classes = map[database.Size]string{
	database.Small:  "db.t4g.medium",
	database.Medium: "db.m6g.large",
	database.Large:  "db.r6g.xlarge",
}

type builder struct {
	*component.Builder[database.Args]

	id       string // the instance's
	subnets  *rds.SubnetGroup
	settings *rds.ParameterGroup
	group    *ec2.SecurityGroup
	observer *iam.Role // what RDS works as to write figures of the operating system
}

// New declares the database.
func New(ctx *pulumi.Context, name string, args database.Args, opts ...pulumi.ResourceOption) (database.Ref, error) {
	return component.New(ctx, database.Type, name, args, opts, func(b *component.Builder[database.Args]) (database.Ref, error) {
		return (&builder{Builder: b}).build()
	})
}

// build declares an instance with a standby and not a Multi-AZ DB cluster of
// three. The cluster has more servers, but RDS neither replicates its automated
// backups to another region nor lets AWS Backup copy its snapshots (RDS User Guide
// "Replicating automated backups", AWS Backup Developer Guide "Copy a backup",
// November 2026): losing a region would lose everything since the day before.
func (b *builder) build() (made database.Ref, err error) {
	b.id = b.Scope.Name("aws:rds/instance:Instance", "database")
	if b.subnets, err = b.subnetGroup(); err != nil {
		return made, err
	}
	if b.settings, err = b.parameterGroup(); err != nil {
		return made, err
	}
	var rules []pulumi.Resource
	if b.group, rules, err = b.securityGroup(); err != nil {
		return made, err
	}
	var granted pulumi.Resource
	if b.observer, granted, err = b.role(); err != nil {
		return made, err
	}
	groups, err := b.logGroups()
	if err != nil {
		return made, err
	}
	instance, err := rds.NewInstance(b.Ctx, b.Name, b.instance(), b.Child(component.After(append(groups, granted)...), onlyAtCreation)...)
	if err != nil {
		return made, err
	}
	if err := b.replicate(instance); err != nil {
		return made, err
	}
	if err := b.notify(instance); err != nil {
		return made, err
	}
	return database.Ref{
		Address: scope.After(instance.Address, rules...),
		Name:    pulumi.String(database.Name).ToStringOutput(),
		Secret:  instance.MasterUserSecrets.Index(pulumi.Int(0)).SecretArn().Elem(),
		AWS:     &database.AWS{ARN: instance.Arn, ResourceID: instance.ResourceId},
	}, nil
}

func (b *builder) instance() *rds.InstanceArgs {
	night, key, size := calendar.Of(b.Scope.Jurisdiction), b.Args.Home.Keys.Of(keys.Database).ID, b.Args.Size
	instance := &rds.InstanceArgs{
		Identifier:              pulumi.String(b.id),
		Engine:                  pulumi.String("postgres"),
		EngineVersion:           pulumi.String(database.Engine),                             // a prefix: RDS chooses the minor version, and that is never a difference
		EngineLifecycleSupport:  pulumi.String("open-source-rds-extended-support-disabled"), // upgrade, do not pay to stay
		AutoMinorVersionUpgrade: pulumi.Bool(true),
		InstanceClass:           pulumi.String(classes[size]),
		StorageType:             pulumi.String("gp3"),
		AllocatedStorage:        pulumi.Int(size.GiB()),
		MaxAllocatedStorage:     pulumi.Int(10 * size.GiB()),
		StorageEncrypted:        pulumi.Bool(true),
		KmsKeyId:                key,

		MultiAz:             pulumi.Bool(true),
		DbSubnetGroupName:   b.subnets.Name,
		VpcSecurityGroupIds: pulumi.StringArray{b.group.ID()},
		PubliclyAccessible:  pulumi.Bool(false),
		Port:                pulumi.Int(network.DatabasePort),
		CaCertIdentifier:    pulumi.String("rds-ca-rsa2048-g1"), // until 2061; RDS renews the server's certificate by itself

		DbName:                           pulumi.String(database.Name),
		Username:                         pulumi.String(database.Admin),
		ManageMasterUserPassword:         pulumi.Bool(true),
		MasterUserSecretKmsKeyId:         b.Args.Home.Keys.Of(keys.Secrets).ID,
		IamDatabaseAuthenticationEnabled: pulumi.Bool(true),
		ParameterGroupName:               b.settings.Name,

		BackupRetentionPeriod:   pulumi.Int(database.Kept),
		BackupWindow:            pulumi.String(night.Snapshot.String()),
		CopyTagsToSnapshot:      pulumi.Bool(true),
		DeletionProtection:      pulumi.Bool(true),
		DeleteAutomatedBackups:  pulumi.Bool(false),
		SkipFinalSnapshot:       pulumi.Bool(false),
		FinalSnapshotIdentifier: pulumi.String(b.Scope.Name("aws:rds/snapshot:Snapshot", final(b.Args.Restore)...)),
		MaintenanceWindow:       pulumi.Sprintf("sun:%02d:00-sun:%02d:00", night.Maintenance.From, night.Maintenance.To),
		ApplyImmediately:        pulumi.Bool(false),

		EnabledCloudwatchLogsExports:       pulumi.ToStringArray(logs),
		MonitoringInterval:                 pulumi.Int(60),
		MonitoringRoleArn:                  b.observer.Arn,
		DatabaseInsightsMode:               pulumi.String("advanced"),
		PerformanceInsightsEnabled:         pulumi.Bool(true),
		PerformanceInsightsKmsKeyId:        key,
		PerformanceInsightsRetentionPeriod: pulumi.Int(insights),
		Tags:                               b.Scope.TagsWith(b.id, b.Scope.Backed()),
	}
	restoreFrom(b.Args.Restore, instance)
	return instance
}

// replicate sends snapshots and transaction logs to the recovery region as they
// arise: what makes the loss of a region cost minutes and not a day (C-07).
func (b *builder) replicate(instance *rds.Instance) error {
	there := b.Args.Recovery
	if there == nil {
		return nil
	}
	_, err := rds.NewInstanceAutomatedBackupsReplication(b.Ctx, b.Name, &rds.InstanceAutomatedBackupsReplicationArgs{
		SourceDbInstanceArn: instance.Arn,
		KmsKeyId:            there.Keys.Of(keys.Copies).ID,
		RetentionPeriod:     pulumi.Int(database.Kept),
	}, b.ChildAt(there.Scope.Place)...)
	return err
}
