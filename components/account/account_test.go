package account_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/components/account"
	accountaws "tenant-runtime/components/account/aws"
	"tenant-runtime/components/scope"
	"tenant-runtime/components/value"
	"tenant-runtime/regions"
	"tenant-runtime/rehearsal/sim/clouds"
	"tenant-runtime/rehearsal/sim/mock"
	"tenant-runtime/tests/scopetest"
)

// place is a region of the EU, with a provider of its own.
func place(ctx *pulumi.Context, region regions.ID) (scope.Place, error) {
	found, _ := regions.Lookup(region)
	p := &pulumi.ProviderResourceState{}
	return scope.Place{Region: found, Provider: p}, ctx.RegisterResource("pulumi:providers:aws", string(region), pulumi.Map{
		"region": pulumi.String(region), "allowedAccountIds": pulumi.ToStringArray([]string{string(scopetest.Account.AWS)}),
	}, p)
}

// declare declares the account at home and in more regions.
func declare(t *testing.T, edit func(*account.Args), away ...regions.ID) (made account.Ref, plan *mock.Plan, err error) {
	plan, err = mock.Try(t, "test", nil, func(ctx *pulumi.Context) error {
		s, err := scopetest.In(ctx, scopetest.Home(regions.AWS, regions.EU))
		if err != nil {
			return err
		}
		args := account.Args{Scope: s}
		for _, region := range away {
			there, err := place(ctx, region)
			if err != nil {
				return err
			}
			args.Away = append(args.Away, there)
		}
		if edit != nil {
			edit(&args)
		}
		made, err = accountaws.New(ctx, "account", args)
		return err
	})
	return made, plan, err
}

var (
	ofAccount = []string{"aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock", "aws:iam/accountPasswordPolicy:AccountPasswordPolicy"}
	ofRegion  = []string{"aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions", "aws:ebs/encryptionByDefault:EncryptionByDefault"}
)

func TestEverySettingIsDeclaredOnce(t *testing.T) {
	home := scopetest.Home(regions.AWS, regions.EU).ID
	for name, away := range map[string][]regions.ID{"at home": nil, "in two regions": {"eu-west-1"}, "in three": {"eu-west-1", "eu-north-1"}} {
		t.Run(name, func(t *testing.T) {
			made, plan, err := declare(t, nil, away...)
			require.NoError(t, err)
			everywhere := append([]regions.ID{home}, away...)
			assert.Equal(t, account.Ref{ID: scopetest.Account.AWS, Regions: everywhere, Of: value.Shared}, made)
			for _, kind := range ofAccount {
				require.Len(t, plan.Of(kind), 1, kind)
				assert.Equal(t, "home", plan.Of(kind)[0].Provider.Name(), kind)
			}
			for _, kind := range ofRegion {
				var in []string
				for _, r := range plan.Of(kind) {
					assert.Equal(t, "account-"+regionOf(t, plan, r), r.Name, "called by its region")
					in = append(in, regionOf(t, plan, r))
				}
				var want []string
				for _, region := range everywhere {
					want = append(want, string(region))
				}
				assert.ElementsMatch(t, want, in, kind)
			}
		})
	}
}

func regionOf(t *testing.T, plan *mock.Plan, r mock.Resource) string {
	t.Helper()
	p, ok := plan.Find("pulumi:providers:aws", r.Provider.Name())
	require.True(t, ok, "%s", r.URN)
	return p.Inputs["region"].StringValue()
}

// Removed with its stack, a setting would open the account for everything else in it.
func TestEverySettingOutlivesItsStack(t *testing.T) {
	_, plan, err := declare(t, nil, "eu-west-1")
	require.NoError(t, err)
	settings := 0
	for _, r := range plan.Resources {
		if r.Provider == "" {
			continue
		}
		settings++
		assert.True(t, r.Request.GetRetainOnDelete(), "%s", r.URN)
		assert.Contains(t, clouds.Switches(), r.Type, "the component has nothing but settings of the account")
	}
	assert.Equal(t, len(ofAccount)+2*len(ofRegion), settings)
}

func TestHas(t *testing.T) {
	r := account.Ref{Regions: []regions.ID{"eu-central-1", "eu-west-1"}}
	assert.True(t, r.Has("eu-west-1"))
	assert.False(t, r.Has("eu-north-1"))
}

func TestRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		edit func(*account.Args)
		away []regions.ID
		want string
	}{
		"no owner":                      {func(a *account.Args) { a.Scope.Owner = "" }, nil, "Account account: scope lacks Owner"},
		"home twice":                    {nil, []regions.ID{scopetest.Home(regions.AWS, regions.EU).ID}, "home is given as another region too"},
		"a region of another law":       {nil, []regions.ID{"us-east-2"}, "region us-east-2 is not in EU"},
		"a region that nothing reaches": {func(a *account.Args) { a.Away[0].Provider = nil }, []regions.ID{"eu-west-1"}, "scope lacks Place.Provider"},
	} {
		t.Run(name, func(t *testing.T) {
			_, plan, err := declare(t, c.edit, c.away...)
			assert.ErrorContains(t, err, c.want)
			assert.Empty(t, plan.Of(account.Type))
		})
	}
}
