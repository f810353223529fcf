package backup_test

import (
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/components/backup"
	"tenant-runtime/components/keys"
	"tenant-runtime/components/monitoring"
	"tenant-runtime/components/scope"
	"tenant-runtime/regions"
	"tenant-runtime/rehearsal/sim/mock"
	"tenant-runtime/tests/scopetest"
)

const (
	vaultType = "aws:backup/vault:Vault"
	lockType  = "aws:backup/vaultLockConfiguration:VaultLockConfiguration"
	planType  = "aws:backup/plan:Plan"
)

// declare runs a program with backups. A jurisdiction with a second region gets a
// recovery place there.
func declare(t *testing.T, cloud regions.Cloud, law regions.Jurisdiction, edit func(*backup.Args)) (*mock.Plan, error) {
	return mock.Try(t, "test", nil, func(ctx *pulumi.Context) error {
		s, err := scopetest.In(ctx, scopetest.Home(cloud, law))
		if err != nil {
			return err
		}
		there := s
		if partners := s.Home.Region.Partners(); cloud == regions.AWS && len(partners) > 0 && partners[0].Cloud == cloud {
			p, err := aws.NewProvider(ctx, "recovery", &aws.ProviderArgs{Region: pulumi.String(partners[0].ID), AllowedAccountIds: pulumi.ToStringArray([]string{s.Account})})
			if err != nil {
				return err
			}
			s.Recovery = &scope.Place{Region: partners[0], Provider: p}
			there = s.At(*s.Recovery)
		}
		home, err := site(ctx, "home", s, keys.Backup)
		if err != nil {
			return err
		}
		second, err := site(ctx, "copy", there, keys.Copies)
		if err != nil {
			return err
		}
		args := backup.Args{Scope: s, Home: home, Copy: second}
		if edit != nil {
			edit(&args)
		}
		_, err = backup.New(ctx, "cell-backup", args)
		return err
	})
}

func site(ctx *pulumi.Context, name string, s scope.Scope, purpose keys.Purpose) (backup.Site, error) {
	s.Stack += "-" + name // keys and topics of one region differ by purpose; here by test
	k, err := keys.New(ctx, name+"-keys", keys.Args{Scope: s, Purposes: []keys.Purpose{purpose, keys.Messaging}})
	if err != nil {
		return backup.Site{}, err
	}
	m, err := monitoring.New(ctx, name+"-alarms", monitoring.Args{Scope: s, Key: k.IDs[keys.Messaging], Emails: []string{"team@example.com"}, SMS: []string{"+41791234567"}})
	if err != nil {
		return backup.Site{}, err
	}
	return backup.Site{Key: k.IDs[purpose], Alarms: m.Topic}, nil
}

func TestTheCopyLiesInTheRecoveryRegion(t *testing.T) {
	for law, elsewhere := range map[regions.Jurisdiction]bool{regions.CH: false, regions.EU: true, regions.US: true} {
		t.Run(string(law), func(t *testing.T) {
			plan, err := declare(t, regions.AWS, law, nil)
			require.NoError(t, err)
			home, _ := plan.Find(vaultType, "cell-backup-home")
			second, _ := plan.Find(vaultType, "cell-backup-copy")
			assert.Equal(t, elsewhere, home.Provider != second.Provider)
			assert.NotEqual(t, home.Inputs["kmsKeyArn"], second.Inputs["kmsKeyArn"])
			schedule, _ := plan.Find(planType, "cell-backup")
			for _, rule := range schedule.Inputs["rules"].ArrayValue() {
				copies := rule.ObjectValue()["copyActions"].ArrayValue()
				require.Len(t, copies, 1)
				assert.Equal(t, second.Outputs["arn"], copies[0].ObjectValue()["destinationVaultArn"])
				assert.Equal(t, home.Outputs["name"], rule.ObjectValue()["targetVaultName"])
			}
		})
	}
}

// A backup shorter or longer than the lock allows would fail every night.
func TestWhatThePlanKeepsFitsTheLock(t *testing.T) {
	plan, err := declare(t, regions.AWS, regions.EU, nil)
	require.NoError(t, err)
	schedule, _ := plan.Find(planType, "cell-backup")
	for _, lock := range plan.Of(lockType) {
		least, most := lock.Inputs["minRetentionDays"].NumberValue(), lock.Inputs["maxRetentionDays"].NumberValue()
		for _, rule := range schedule.Inputs["rules"].ArrayValue() {
			for _, kept := range []resource.PropertyMap{rule.ObjectValue(), rule.ObjectValue()["copyActions"].ArrayValue()[0].ObjectValue()} {
				days := kept["lifecycle"].ObjectValue()["deleteAfter"].NumberValue()
				assert.True(t, least <= days && days <= most, "%s: %v days, the vault takes %v to %v", rule, days, least, most)
			}
		}
	}
}

func TestNothingIsPutIntoAnOpenVault(t *testing.T) {
	plan, err := declare(t, regions.AWS, regions.EU, nil)
	require.NoError(t, err)
	schedule, _ := plan.Find(planType, "cell-backup")
	locks := plan.Of(lockType)
	require.Len(t, locks, len(plan.Of(vaultType)))
	for _, lock := range locks {
		assert.Contains(t, schedule.PropertyDependencies["rules"], lock.URN)
	}
}

func TestOnlyADrillsLockCanBeLifted(t *testing.T) {
	for environment, final := range map[scope.Environment]bool{scope.Production: true, scope.Staging: true, scope.Test: true, scope.Drill: false} {
		plan, err := declare(t, regions.AWS, regions.EU, func(a *backup.Args) { a.Scope.Environment = environment })
		require.NoError(t, err)
		for _, lock := range plan.Of(lockType) {
			assert.Equal(t, final, lock.Inputs["changeableForDays"].IsNumber(), "%s: %s", environment, lock.Name)
		}
	}
}

func TestAPlanTakesUpItsOwnStackOnly(t *testing.T) {
	plan, err := declare(t, regions.AWS, regions.CH, nil)
	require.NoError(t, err)
	selection, _ := plan.Find("aws:backup/selection:Selection", "cell-backup")
	assert.False(t, selection.Inputs.HasValue("selectionTags"), "tags beside resources would be a union")
	equals := selection.Inputs["conditions"].ArrayValue()[0].ObjectValue()["stringEquals"].ArrayValue()
	require.Len(t, equals, 1)
	assert.Equal(t, "ch", equals[0].ObjectValue()["value"].StringValue())
}

func TestRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		cloud regions.Cloud
		edit  func(*backup.Args)
		want  string
	}{
		"no key":    {regions.AWS, func(a *backup.Args) { a.Copy.Key = nil }, "both need a key"},
		"no alarms": {regions.AWS, func(a *backup.Args) { a.Home.Alarms = nil }, "both need a key and alarms"},
		"no owner":  {regions.AWS, func(a *backup.Args) { a.Scope.Owner = "" }, "scope lacks Owner"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := declare(t, c.cloud, regions.CH, c.edit)
			assert.ErrorContains(t, err, c.want)
		})
	}
}
