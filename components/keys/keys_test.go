package keys_test

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/components/column"
	"tenant-runtime/components/keys"
	"tenant-runtime/components/keys/aws"
	"tenant-runtime/components/keys/azure"
	"tenant-runtime/components/keys/gcp"
	"tenant-runtime/components/scope"
	"tenant-runtime/components/value"
	"tenant-runtime/regions"
	"tenant-runtime/rehearsal/sim/mock"
	"tenant-runtime/tests/scopetest"
)

var everything = []keys.Purpose{keys.Database, keys.Storage, keys.Logs, keys.Backup, keys.Copies, keys.Secrets, keys.Messaging}

var build = regions.Each[column.Part[keys.Args, keys.Ref]]{AWS: aws.New, GCP: gcp.New, Azure: azure.New}

// consumer is a resource of each cloud that takes the ID of a key.
var consumer = regions.Each[func(id pulumi.StringOutput) (kind string, props pulumi.Map)]{
	AWS: func(id pulumi.StringOutput) (string, pulumi.Map) {
		return "aws:sns/topic:Topic", pulumi.Map{"name": pulumi.String("t"), "kmsMasterKeyId": id}
	},
	GCP: func(id pulumi.StringOutput) (string, pulumi.Map) {
		return "gcp:storage/bucket:Bucket", pulumi.Map{"name": pulumi.String("bucket"), "encryption": pulumi.Map{"defaultKmsKeyName": id}}
	},
	Azure: func(id pulumi.StringOutput) (string, pulumi.Map) {
		return "azure-native:resources:ResourceGroup", pulumi.Map{"resourceGroupName": pulumi.String("g"), "tags": pulumi.Map{"key": id}}
	},
}

// declare runs a program that declares keys and one consumer of the first.
func declare(t *testing.T, home regions.Region, purposes []keys.Purpose, edit func(*scope.Scope)) (*mock.Plan, error) {
	return mock.Try(t, "test", nil, func(ctx *pulumi.Context) error {
		s, err := scopetest.In(ctx, home)
		if err != nil {
			return err
		}
		if edit != nil {
			edit(&s)
		}
		k, err := build.Of(home.Cloud)(ctx, "cell-keys", keys.Args{Scope: s, Purposes: purposes})
		if err != nil {
			return err
		}
		kind, props := consumer.Of(home.Cloud)(k.Of(purposes[0]).ID)
		if home.Cloud == regions.GCP {
			props["location"] = pulumi.String(home.ID)
		}
		return ctx.RegisterResource(kind, "consumer", props, &pulumi.CustomResourceState{}, pulumi.Provider(s.Place.Provider))
	})
}

func TestKeysOnEveryCloud(t *testing.T) {
	for _, cloud := range regions.Clouds {
		for _, law := range regions.Jurisdictions {
			t.Run(string(cloud)+" "+string(law), func(t *testing.T) {
				plan, err := declare(t, scopetest.Home(cloud, law), everything, nil)
				require.NoError(t, err)
				children := 0
				for _, r := range plan.Resources {
					if !r.Custom || r.Name == "home" || r.Name == "consumer" {
						continue
					}
					children++
					assert.Equal(t, resource.URN("urn:pulumi:test::tenant-runtime::tenant-runtime:keys:Keys::cell-keys"), r.Parent)
					assert.True(t, strings.HasPrefix(r.Name, "cell-keys"), "%s", r.URN)
				}
				assert.GreaterOrEqual(t, children, 2*len(everything))
			})
		}
	}
}

// A consumer must not use a key before who may use it is settled.
func TestIDsWaitForHardening(t *testing.T) {
	hardening := regions.Each[[]string]{
		AWS:   []string{"aws:kms/key:Key"},
		GCP:   []string{"gcp:kms/cryptoKey:CryptoKey", "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember"},
		Azure: []string{"azure-native:keyvault:Key", "azure-native:authorization:RoleAssignment", "azure-native:authorization:ManagementLockByScope"},
	}
	for _, cloud := range regions.Clouds {
		t.Run(string(cloud), func(t *testing.T) {
			plan, err := declare(t, scopetest.Home(cloud, regions.EU), []keys.Purpose{keys.Storage}, nil)
			require.NoError(t, err)
			kind, _ := consumer.Of(cloud)(pulumi.StringOutput{})
			waits := scopetest.Waits(plan, resource.URN("urn:pulumi:test::tenant-runtime::"+kind+"::consumer"))
			for _, kind := range hardening.Of(cloud) {
				for _, r := range plan.Of(kind) {
					assert.True(t, waits[r.URN], "%s", r.URN)
				}
			}
		})
	}
}

func TestAgentsOfEveryPurpose(t *testing.T) {
	plan, err := declare(t, scopetest.Home(regions.GCP, regions.EU), everything, nil)
	require.NoError(t, err)
	grants := plan.Of("gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember")
	require.Len(t, grants, len(everything))
	for _, g := range grants {
		assert.Regexp(t, `^serviceAccount:service-222222222222@[a-z-]+\.iam\.gserviceaccount\.com$`, g.Inputs["member"].StringValue())
	}
}

func TestATenantHasKeysOfItsOwn(t *testing.T) {
	for _, cloud := range regions.Clouds {
		t.Run(string(cloud), func(t *testing.T) {
			plan, err := mock.Try(t, "test", nil, func(ctx *pulumi.Context) error {
				s, err := scopetest.In(ctx, scopetest.Home(cloud, regions.EU))
				if err != nil {
					return err
				}
				for _, tenant := range []value.Tenant{value.Shared, "alpha", "beta"} {
					if _, err := build.Of(cloud)(ctx, string(tenant), keys.Args{Scope: s.For(tenant), Purposes: []keys.Purpose{keys.Storage}}); err != nil {
						return err
					}
				}
				return nil
			})
			require.NoError(t, err)
			kind := regions.Each[string]{AWS: "aws:kms/key:Key", GCP: "gcp:kms/cryptoKey:CryptoKey", Azure: "azure-native:keyvault:Key"}
			assert.Len(t, plan.Of(kind.Of(cloud)), 3)
		})
	}
}

func TestArgs(t *testing.T) {
	for name, c := range map[string]struct {
		cloud    regions.Cloud
		purposes []keys.Purpose
		edit     func(*scope.Scope)
		want     string
	}{
		"no purpose":        {regions.AWS, nil, nil, "no purpose is given"},
		"a purpose twice":   {regions.AWS, []keys.Purpose{keys.Logs, keys.Logs}, nil, `purpose "logs" is given twice`},
		"unknown purpose":   {regions.AWS, []keys.Purpose{"log"}, nil, `purpose "log" is unknown`},
		"incomplete scope":  {regions.AWS, everything, func(s *scope.Scope) { s.Owner = "" }, "scope lacks Owner"},
		"no project number": {regions.GCP, everything, func(s *scope.Scope) { s.Number = "" }, "scope lacks Number"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := mock.Try(t, "test", nil, func(ctx *pulumi.Context) error {
				s, err := scopetest.In(ctx, scopetest.Home(c.cloud, regions.EU))
				if err != nil {
					return err
				}
				if c.edit != nil {
					c.edit(&s)
				}
				_, err = build.Of(c.cloud)(ctx, "k", keys.Args{Scope: s, Purposes: c.purposes})
				return err
			})
			assert.ErrorContains(t, err, c.want)
		})
	}
}
