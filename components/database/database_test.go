package database_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/sns"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/components/database"
	databaseaws "tenant-runtime/components/database/aws"
	"tenant-runtime/components/identity"
	"tenant-runtime/components/keys"
	keysaws "tenant-runtime/components/keys/aws"
	"tenant-runtime/components/monitoring"
	"tenant-runtime/components/network"
	"tenant-runtime/components/scope"
	"tenant-runtime/components/site"
	"tenant-runtime/components/value"
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
// A jurisdiction with a second region gets a site to recover in.
func program(home regions.Region, edit func(*database.Args)) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		s, err := scopetest.In(ctx, home)
		if err != nil {
			return err
		}
		args := database.Args{Size: database.Small}
		if args.Home, err = at(ctx, "home", s, keys.Database, keys.Secrets, keys.Logs); err != nil {
			return err
		}
		args.LogKey = args.Home.Keys.Of(keys.Logs)
		if args.Network, err = net(ctx, s); err != nil {
			return err
		}
		if partner, ok := scopetest.Partner(home); ok {
			p, err := aws.NewProvider(ctx, "recovery", &aws.ProviderArgs{Region: pulumi.String(partner.ID), AllowedAccountIds: identity.Strings(s.Account)})
			if err != nil {
				return err
			}
			there, err := at(ctx, "recovery", s.At(scope.Place{Region: partner, Provider: p}), keys.Copies)
			if err != nil {
				return err
			}
			args.Recovery = &there
		}
		if edit != nil {
			edit(&args)
		}
		d, err := databaseaws.New(ctx, "cell-database", args)
		if err != nil {
			return err
		}
		_, err = sns.NewTopic(ctx, "consumer", &sns.TopicArgs{Name: pulumi.String("consumer"), DisplayName: d.Address}, pulumi.Provider(s.Place.Provider))
		return err
	}
}

func at(ctx *pulumi.Context, name string, s scope.Scope, purposes ...keys.Purpose) (site.Site, error) {
	k, err := keysaws.New(ctx, name+"-keys", keys.Args{Scope: s, Purposes: purposes})
	if err != nil {
		return site.Site{}, err
	}
	topic, err := sns.NewTopic(ctx, name+"-alarms", &sns.TopicArgs{Name: pulumi.String(name + "-alarms")}, pulumi.Provider(s.Place.Provider))
	if err != nil {
		return site.Site{}, err
	}
	return site.Site{Scope: s, Keys: k, Alarms: monitoring.Ref{Topic: topic.Arn}}, nil
}

// net declares what the database needs of a network: subnets of two security zones,
// called after them, and the security group of workloads.
func net(ctx *pulumi.Context, s scope.Scope) (network.Ref, error) {
	with := pulumi.Provider(s.Place.Provider)
	vpc, err := ec2.NewVpc(ctx, "net", &ec2.VpcArgs{CidrBlock: pulumi.String("10.20.0.0/16")}, with)
	if err != nil {
		return network.Ref{}, err
	}
	subnets := map[scope.Zone][]pulumi.StringOutput{}
	for i, zone := range []scope.Zone{scope.App, scope.Data} {
		for j, az := range s.Place.Region.Zones {
			subnet, err := ec2.NewSubnet(ctx, fmt.Sprintf("%s-%d", zone, j), &ec2.SubnetArgs{
				VpcId: vpc.ID(), CidrBlock: pulumi.Sprintf("10.20.%d.0/24", 16*i+j), AvailabilityZone: pulumi.String(az),
			}, with)
			if err != nil {
				return network.Ref{}, err
			}
			subnets[zone] = append(subnets[zone], subnet.ID().ToStringOutput())
		}
	}
	workloads, err := ec2.NewSecurityGroup(ctx, "workloads", &ec2.SecurityGroupArgs{Name: pulumi.String("workloads"), Description: pulumi.String("workloads"), VpcId: vpc.ID()}, with)
	if err != nil {
		return network.Ref{}, err
	}
	group := workloads.ID().ToStringOutput()
	return network.Ref{AWS: &network.AWS{VPC: vpc.ID().ToStringOutput(), Subnets: subnets, Workloads: group, Agents: group}}, nil
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
	var members, data []string
	for _, id := range subnets.Inputs["subnetIds"].ArrayValue() {
		members = append(members, id.StringValue())
	}
	for _, s := range plan.Of("aws:ec2/subnet:Subnet") {
		if strings.HasPrefix(s.Name, string(scope.Data)) {
			data = append(data, s.ID)
		}
	}
	require.Len(t, data, len(scopetest.Home(regions.AWS, regions.CH).Zones))
	assert.ElementsMatch(t, data, members)
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
	there, _ := scopetest.Partner(scopetest.Home(regions.AWS, regions.EU))
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
			from := &database.Source{Backups: value.ARN(sent.ID), At: value.Moment{Time: c.at}, Key: value.ARN(sent.Inputs["kmsKeyId"].StringValue())}
			after, err := mock.In(before.World, "rebuilt", nil, program(there, func(a *database.Args) { a.Restore = from }))
			require.NoError(t, err)
			rebuilt, _ := after.Find(instanceType, "cell-database")
			assert.Equal(t, map[string]any{"sourceDbInstanceAutomatedBackupsArn": sent.ID, c.which: c.value}, rebuilt.Inputs["restoreToPointInTime"].Mappable())
			assert.EqualValues(t, from.Key, rebuilt.Inputs["kmsKeyId"].StringValue(), "RDS does not encrypt anew on restore")
			assert.NotEqual(t, lost.Inputs["finalSnapshotIdentifier"], rebuilt.Inputs["finalSnapshotIdentifier"])
			assert.Equal(t, []string{"snapshotIdentifier", "restoreToPointInTime", "kmsKeyId"}, rebuilt.Request.GetIgnoreChanges(), "a restore never replaces a database that stands")
		})
	}
}

func TestRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		law  regions.Jurisdiction
		edit func(*database.Args)
		want string
	}{
		"no network":     {regions.CH, func(a *database.Args) { a.Network = network.Ref{} }, "network is not given"},
		"no secrets key": {regions.CH, func(a *database.Args) { delete(a.Home.Keys, keys.Secrets) }, `there is no key for "secrets"`},
		"no log key":     {regions.CH, func(a *database.Args) { a.LogKey = keys.Key{} }, "log key is not given"},
		"no copy key":    {regions.EU, func(a *database.Args) { delete(a.Recovery.Keys, keys.Copies) }, `recovery: there is no key for "copies"`},
		"no alarms":      {regions.CH, func(a *database.Args) { a.Home.Alarms = monitoring.Ref{} }, "no alarms are given"},
		"size":           {regions.CH, func(a *database.Args) { a.Size = "huge" }, `size "huge" is none of`},
		"real data in dev": {regions.CH, func(a *database.Args) {
			a.Home.Scope.Environment, a.Restore = scope.Dev, &database.Source{Snapshot: "s", Key: "k"}
		}, "restore: real data does not come into"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := declare(t, c.law, c.edit)
			assert.ErrorContains(t, err, c.want)
		})
	}
}

func TestWhatIsNoSource(t *testing.T) {
	for name, c := range map[string]struct {
		source database.Source
		want   string
	}{
		"two sources":   {database.Source{Snapshot: "s", Backups: "b", Key: "k"}, "needs either snapshot or backups"},
		"no source":     {database.Source{Key: "k"}, "needs either snapshot or backups"},
		"unknown key":   {database.Source{Backups: "b"}, "names no key"},
		"a snapshot at": {database.Source{Snapshot: "s", At: value.Moment{Time: time.Unix(1, 0)}, Key: "k"}, "remove at, or give backups"},
	} {
		t.Run(name, func(t *testing.T) { assert.ErrorContains(t, c.source.Check(), c.want) })
	}
}
