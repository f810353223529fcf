package database_test

import (
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/sns"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/components/database"
	"tenant-runtime/components/keys"
	"tenant-runtime/components/network"
	"tenant-runtime/components/scope"
	"tenant-runtime/regions"
	"tenant-runtime/rehearsal/sim/mock"
	"tenant-runtime/tests/scopetest"
)

const (
	instanceType    = "aws:rds/instance:Instance"
	replicationType = "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication"
)

// declare runs a program with a database in the first region of a jurisdiction.
func declare(t *testing.T, law regions.Jurisdiction, edit func(*database.Args)) (*mock.Plan, error) {
	return mock.Try(t, "test", nil, program(scopetest.Home(regions.AWS, law), edit))
}

// program declares a database in a network, and a topic that is told its address.
// A jurisdiction with a second region gets a recovery place there.
func program(home regions.Region, edit func(*database.Args)) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		s, err := scopetest.In(ctx, home)
		if err != nil {
			return err
		}
		k, err := keys.New(ctx, "cell-keys", keys.Args{Scope: s, Purposes: []keys.Purpose{keys.Database, keys.Secrets, keys.Logs, keys.Messaging}})
		if err != nil {
			return err
		}
		topic, err := sns.NewTopic(ctx, "alarms", &sns.TopicArgs{Name: pulumi.String("alarms")}, pulumi.Provider(s.Home.Provider))
		if err != nil {
			return err
		}
		n, err := network.New(ctx, "cell-network", network.Args{Scope: s, Range: netip.MustParsePrefix("10.20.0.0/16"), LogKey: k.IDs[keys.Logs], Alarms: topic.Arn})
		if err != nil {
			return err
		}
		args := database.Args{Scope: s, Network: n, Keys: k, LogKey: k.IDs[keys.Logs], Alarms: topic.Arn, Size: database.Small}
		if args, err = recovery(ctx, args); err != nil {
			return err
		}
		if edit != nil {
			edit(&args)
		}
		d, err := database.New(ctx, "cell-database", args)
		if err != nil {
			return err
		}
		_, err = sns.NewTopic(ctx, "consumer", &sns.TopicArgs{Name: pulumi.String("consumer"), DisplayName: d.Address}, pulumi.Provider(s.Home.Provider))
		return err
	}
}

func recovery(ctx *pulumi.Context, args database.Args) (database.Args, error) {
	partners := args.Scope.Home.Region.Partners()
	if len(partners) == 0 || partners[0].Cloud != regions.AWS {
		return args, nil
	}
	p, err := aws.NewProvider(ctx, "recovery", &aws.ProviderArgs{Region: pulumi.String(partners[0].ID), AllowedAccountIds: pulumi.ToStringArray([]string{args.Scope.Account})})
	if err != nil {
		return args, err
	}
	args.Scope.Recovery = &scope.Place{Region: partners[0], Provider: p}
	k, err := keys.New(ctx, "cell-recovery-keys", keys.Args{Scope: args.Scope.At(*args.Scope.Recovery), Purposes: []keys.Purpose{keys.Copies}})
	if err == nil {
		args.CopyKey = k.IDs[keys.Copies]
	}
	return args, err
}

func TestEveryChangeReachesTheSecondRegion(t *testing.T) {
	for law, elsewhere := range map[regions.Jurisdiction]int{regions.CH: 0, regions.EU: 1, regions.US: 1} {
		t.Run(string(law), func(t *testing.T) {
			plan, err := declare(t, law, nil)
			require.NoError(t, err)
			instance, ok := plan.Find(instanceType, "cell-database")
			require.True(t, ok)
			copies := plan.Of(replicationType)
			require.Len(t, copies, elsewhere)
			for _, c := range copies {
				assert.NotEqual(t, instance.Provider, c.Provider, "a replication is declared where the copy lies")
				assert.NotEqual(t, instance.Inputs["kmsKeyId"], c.Inputs["kmsKeyId"], "a key does not leave its region")
			}
		})
	}
}

func TestTheDatabaseLiesInTheDataZoneOnly(t *testing.T) {
	plan, err := declare(t, regions.CH, nil)
	require.NoError(t, err)
	subnets, _ := plan.Find("aws:rds/subnetGroup:SubnetGroup", "cell-database")
	ids := subnets.Inputs["subnetIds"].ArrayValue()
	require.Len(t, ids, 3)
	for _, s := range plan.Of("aws:ec2/subnet:Subnet") {
		member := false
		for _, id := range ids {
			member = member || id.StringValue() == s.ID
		}
		assert.Equal(t, strings.HasPrefix(s.Name, "cell-network-data"), member, s.Name)
	}
}

// The log groups stand first, or RDS makes them without key and for ever; the
// address is of use only when the way there is open.
func TestTheOrderOfThings(t *testing.T) {
	plan, err := declare(t, regions.CH, nil)
	require.NoError(t, err)
	instance, _ := plan.Find(instanceType, "cell-database")
	for _, log := range instance.Inputs["enabledCloudwatchLogsExports"].ArrayValue() {
		group, ok := plan.Find("aws:cloudwatch/logGroup:LogGroup", "cell-database-"+log.StringValue())
		require.True(t, ok)
		assert.Contains(t, instance.Dependencies, group.URN)
		assert.Equal(t, "/aws/rds/instance/"+instance.Inputs["identifier"].StringValue()+"/"+log.StringValue(), group.ID)
	}
	consumer, _ := plan.Find("aws:sns/topic:Topic", "consumer")
	for _, kind := range []string{"aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"} {
		rule, ok := plan.Find(kind, "cell-database")
		require.True(t, ok)
		assert.Contains(t, consumer.PropertyDependencies["displayName"], rule.URN)
	}
}

// What one region sent to another is enough to rebuild the database there.
func TestADatabaseIsRebuiltFromItsCopy(t *testing.T) {
	there := scopetest.Home(regions.AWS, regions.EU).Partners()[0]
	for name, c := range map[string]struct {
		at    time.Time
		which string
		value any
	}{
		"latest": {time.Time{}, "useLatestRestorableTime", true},
		"moment": {time.Date(2026, 11, 20, 9, 30, 0, 0, time.FixedZone("CET", 3600)), "restoreTime", "2026-11-20T08:30:00Z"},
	} {
		t.Run(name, func(t *testing.T) {
			before, err := declare(t, regions.EU, nil)
			require.NoError(t, err)
			lost, _ := before.Find(instanceType, "cell-database")
			sent, _ := before.Find(replicationType, "cell-database")
			from := &database.Restore{Backups: sent.ID, At: c.at, Key: sent.Inputs["kmsKeyId"].StringValue()}
			after, err := mock.In(before.World, "rebuilt", nil, program(there, func(a *database.Args) { a.Restore = from }))
			require.NoError(t, err)
			rebuilt, _ := after.Find(instanceType, "cell-database")
			assert.Equal(t, map[string]any{"sourceDbInstanceAutomatedBackupsArn": sent.ID, c.which: c.value}, rebuilt.Inputs["restoreToPointInTime"].Mappable())
			assert.Equal(t, from.Key, rebuilt.Inputs["kmsKeyId"].StringValue(), "RDS does not reseal on restore")
			assert.NotEqual(t, lost.Inputs["finalSnapshotIdentifier"], rebuilt.Inputs["finalSnapshotIdentifier"])
			assert.Equal(t, []string{"snapshotIdentifier", "restoreToPointInTime", "kmsKeyId"}, rebuilt.Request.GetIgnoreChanges(), "a restore never replaces a database that stands")
		})
	}
}

func TestRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		edit func(*database.Args)
		want string
	}{
		"GCP":            {func(a *database.Args) { a.Scope.Home.Region = scopetest.Home(regions.GCP, regions.CH) }, "not built on GCP yet"},
		"Azure":          {func(a *database.Args) { a.Scope.Home.Region = scopetest.Home(regions.Azure, regions.CH) }, "not built on Azure yet"},
		"no network":     {func(a *database.Args) { a.Network = nil }, "network is not given"},
		"no secrets key": {func(a *database.Args) { delete(a.Keys.IDs, keys.Secrets) }, `keys lack the purpose "secrets"`},
		"no log key":     {func(a *database.Args) { a.LogKey = nil }, "log key is not given"},
		"no alarms":      {func(a *database.Args) { a.Alarms = nil }, "alarms are not given"},
		"a copy nowhere": {func(a *database.Args) { a.CopyKey = a.LogKey }, "copy key must be given exactly when"},
		"size":           {func(a *database.Args) { a.Size = "huge" }, `size "huge" is none of`},
		"real data in dev": {func(a *database.Args) {
			a.Scope.Environment, a.Restore = scope.Test, &database.Restore{Snapshot: "s", Key: "k"}
		}, "ENV-02"},
		"two sources":   {func(a *database.Args) { a.Restore = &database.Restore{Snapshot: "s", Backups: "b", Key: "k"} }, "either a snapshot or backups"},
		"no source":     {func(a *database.Args) { a.Restore = &database.Restore{Key: "k"} }, "either a snapshot or backups"},
		"unknown key":   {func(a *database.Args) { a.Restore = &database.Restore{Backups: "b"} }, "name the key"},
		"a snapshot at": {func(a *database.Args) { a.Restore = &database.Restore{Snapshot: "s", At: time.Unix(1, 0), Key: "k"} }, "a snapshot is one moment"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := declare(t, regions.CH, c.edit)
			assert.ErrorContains(t, err, c.want)
		})
	}
}
