package backup_test

import (
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/components/backup"
	backupaws "tenant-runtime/components/backup/aws"
	"tenant-runtime/components/identity"
	"tenant-runtime/components/keys"
	keysaws "tenant-runtime/components/keys/aws"
	"tenant-runtime/components/monitoring"
	monitoringaws "tenant-runtime/components/monitoring/aws"
	"tenant-runtime/components/scope"
	"tenant-runtime/components/site"
	"tenant-runtime/components/value"
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
// site to recover in.
func declare(t *testing.T, law regions.Jurisdiction, edit func(*backup.Args)) (*mock.Plan, error) {
	return mock.Try(t, "test", nil, func(ctx *pulumi.Context) error {
		s, err := scopetest.In(ctx, scopetest.Home(regions.AWS, law))
		if err != nil {
			return err
		}
		args := backup.Args{}
		if args.Home, err = at(ctx, "home", s, keys.Backup, keys.Copies); err != nil {
			return err
		}
		if partner, ok := scopetest.Partner(s.Place.Region); ok {
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
		_, err = backupaws.New(ctx, "cell-backup", args)
		return err
	})
}

func at(ctx *pulumi.Context, name string, s scope.Scope, purposes ...keys.Purpose) (site.Site, error) {
	k, err := keysaws.New(ctx, name+"-keys", keys.Args{Scope: s, Purposes: append(purposes, keys.Messaging)})
	if err != nil {
		return site.Site{}, err
	}
	alarms, err := monitoringaws.New(ctx, name+"-alarms", monitoring.Args{Scope: s, Keys: k, Emails: []value.Email{"team@example.com"}, SMS: []value.Phone{"+41791234567"}})
	return site.Site{Scope: s, Keys: k, Alarms: alarms}, err
}

func TestTheCopyLiesInTheRecoveryRegion(t *testing.T) {
	for law, elsewhere := range map[regions.Jurisdiction]bool{regions.CH: false, regions.EU: true, regions.US: true} {
		t.Run(string(law), func(t *testing.T) {
			plan, err := declare(t, law, nil)
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
	plan, err := declare(t, regions.EU, nil)
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
	plan, err := declare(t, regions.EU, nil)
	require.NoError(t, err)
	schedule, _ := plan.Find(planType, "cell-backup")
	locks := plan.Of(lockType)
	require.Len(t, locks, len(plan.Of(vaultType)))
	for _, lock := range locks {
		assert.Contains(t, schedule.PropertyDependencies["rules"], lock.URN)
	}
}

func TestOnlyADrillsLockCanBeLifted(t *testing.T) {
	for environment, final := range map[scope.Environment]bool{scope.Production: true, scope.Staging: true, scope.Dev: true, scope.Drill: false} {
		plan, err := declare(t, regions.EU, func(a *backup.Args) { a.Home.Scope.Environment = environment })
		require.NoError(t, err)
		for _, lock := range plan.Of(lockType) {
			assert.Equal(t, final, lock.Inputs["changeableForDays"].IsNumber(), "%s: %s", environment, lock.Name)
		}
	}
}

func TestAPlanTakesUpItsOwnStackOnly(t *testing.T) {
	plan, err := declare(t, regions.CH, nil)
	require.NoError(t, err)
	selection, _ := plan.Find("aws:backup/selection:Selection", "cell-backup")
	assert.False(t, selection.Inputs.HasValue("selectionTags"), "tags beside resources would be a union")
	equals := selection.Inputs["conditions"].ArrayValue()[0].ObjectValue()["stringEquals"].ArrayValue()
	require.Len(t, equals, 1)
	assert.Equal(t, "ch", equals[0].ObjectValue()["value"].StringValue())
}

func TestRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		law  regions.Jurisdiction
		edit func(*backup.Args)
		want string
	}{
		"no key":             {regions.CH, func(a *backup.Args) { delete(a.Home.Keys, keys.Backup) }, `there is no key for "backup"`},
		"no second key":      {regions.CH, func(a *backup.Args) { delete(a.Home.Keys, keys.Copies) }, `there is no key for "copies"`},
		"no second key away": {regions.EU, func(a *backup.Args) { delete(a.Recovery.Keys, keys.Copies) }, `there is no key for "copies"`},
		"no alarms":          {regions.CH, func(a *backup.Args) { a.Home.Alarms = monitoring.Ref{} }, "no alarms are given"},
		"no alarms away":     {regions.EU, func(a *backup.Args) { a.Recovery.Alarms = monitoring.Ref{} }, "recovery: no alarms are given"},
		"recovery at home":   {regions.EU, func(a *backup.Args) { a.Recovery = &a.Home }, "is the home region"},
		"no owner":           {regions.CH, func(a *backup.Args) { a.Home.Scope.Owner = "" }, "scope lacks Owner"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := declare(t, c.law, c.edit)
			assert.ErrorContains(t, err, c.want)
		})
	}
}
