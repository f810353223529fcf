package storage_test

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/components/column"
	awscolumn "tenant-runtime/components/column/aws"
	azurecolumn "tenant-runtime/components/column/azure"
	gcpcolumn "tenant-runtime/components/column/gcp"
	"tenant-runtime/components/keys"
	"tenant-runtime/components/scope"
	"tenant-runtime/components/storage"
	"tenant-runtime/regions"
	"tenant-runtime/rehearsal/sim/mock"
	"tenant-runtime/tests/scopetest"
)

var everything = []storage.Purpose{storage.Attachments, storage.Images, storage.Evidence, storage.Archive, storage.Logs}

var columns = regions.Each[column.Column]{AWS: awscolumn.Column, GCP: gcpcolumn.Column, Azure: azurecolumn.Column}

// runtime is what the tests declare: a cell's stores, and those of a tenant.
type runtime struct {
	scope        scope.Scope
	cell, tenant storage.Ref
}

// declare runs a program that declares both and what else a test wants.
func declare(t *testing.T, home regions.Region, edit func(*scope.Scope), more func(*pulumi.Context, runtime) error) *mock.Plan {
	t.Helper()
	return mock.Run(t, "test", nil, func(ctx *pulumi.Context) error {
		s, err := scopetest.In(ctx, home)
		if err != nil {
			return err
		}
		if edit != nil {
			edit(&s)
		}
		r := runtime{scope: s}
		if r.cell, err = stores(ctx, "cell", s, everything, nil); err != nil {
			return err
		}
		if r.tenant, err = stores(ctx, "alpha", s.For("alpha"), []storage.Purpose{storage.Attachments}, r.cell); err != nil || more == nil {
			return err
		}
		return more(ctx, r)
	})
}

func stores(ctx *pulumi.Context, name string, s scope.Scope, purposes []storage.Purpose, logs storage.Ref) (storage.Ref, error) {
	build := columns.Of(s.Place.Region.Cloud)
	k, err := build.Keys(ctx, name+"-keys", keys.Args{Scope: s, Purposes: []keys.Purpose{keys.Storage, keys.Logs}})
	if err != nil {
		return nil, err
	}
	return build.Storage(ctx, name+"-storage", storage.Args{Scope: s, Keys: k, Purposes: purposes, AccessLogs: logs})
}

// consumer is a resource of each cloud that takes the name of a store.
var consumer = regions.Each[func(name pulumi.StringOutput) (kind string, props pulumi.Map)]{
	AWS: func(name pulumi.StringOutput) (string, pulumi.Map) {
		return "aws:s3/bucketNotification:BucketNotification", pulumi.Map{"bucket": name}
	},
	GCP: func(name pulumi.StringOutput) (string, pulumi.Map) {
		return "gcp:storage/bucketIAMMember:BucketIAMMember", pulumi.Map{"bucket": name, "role": pulumi.String("roles/storage.objectViewer"), "member": pulumi.String("group:audit@example.org")}
	},
	Azure: func(name pulumi.StringOutput) (string, pulumi.Map) {
		return "azure-native:resources:ResourceGroup", pulumi.Map{"resourceGroupName": pulumi.String("g"), "tags": pulumi.Map{"store": name}}
	},
}

func TestStoresOnEveryCloud(t *testing.T) {
	for _, cloud := range regions.Clouds {
		for _, law := range regions.Jurisdictions {
			t.Run(string(cloud)+" "+string(law), func(t *testing.T) {
				plan := declare(t, scopetest.Home(cloud, law), nil, nil)
				for _, r := range plan.Resources {
					owner, name, _ := strings.Cut(string(r.Parent), "tenant-runtime:storage:Storage::")
					if !r.Custom || name == "" {
						continue
					}
					assert.NotEmpty(t, owner)
					assert.True(t, strings.HasPrefix(r.Name, name), "%s", r.URN)
				}
				kind := regions.Each[string]{AWS: "aws:s3/bucketV2:BucketV2", GCP: "gcp:storage/bucket:Bucket", Azure: "azure-native:storage:StorageAccount"}
				assert.Len(t, plan.Of(kind.Of(cloud)), len(everything)+1)
			})
		}
	}
}

// A consumer must not be able to use a store before it is closed.
func TestNamesWaitUntilClosed(t *testing.T) {
	for _, cloud := range regions.Clouds {
		for _, purpose := range everything {
			t.Run(string(cloud)+" "+string(purpose), func(t *testing.T) {
				var of resource.URN
				plan := declare(t, scopetest.Home(cloud, regions.EU), nil, func(ctx *pulumi.Context, r runtime) error {
					kind, props := consumer.Of(cloud)(r.cell.Of(purpose).Name)
					of = resource.URN("urn:pulumi:test::tenant-runtime::" + kind + "::consumer")
					return ctx.RegisterResource(kind, "consumer", props, &pulumi.CustomResourceState{}, pulumi.Provider(r.scope.Place.Provider))
				})
				waits, own := scopetest.Waits(plan, of), 0
				for _, r := range plan.Resources {
					if r.Custom && r.Name == "cell-storage-"+string(purpose) {
						own++
						assert.True(t, waits[r.URN], "%s", r.URN)
					}
				}
				assert.Positive(t, own)
			})
		}
	}
}

// Nobody can lift a lock, except in a drill, which must be torn down (BAK-08).
func TestLocks(t *testing.T) {
	for _, environment := range scope.Environments {
		t.Run(string(environment), func(t *testing.T) {
			stage := func(s *scope.Scope) { s.Environment = environment }
			final := environment != scope.Drill

			locks := declare(t, scopetest.Home(regions.AWS, regions.EU), stage, nil).Of("aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2")
			require.Len(t, locks, 2) // evidence and archive
			for _, lock := range locks {
				retention := lock.Inputs["rule"].ObjectValue()["defaultRetention"].ObjectValue()
				assert.Equal(t, final, retention["mode"].StringValue() == "COMPLIANCE")
			}

			buckets := declare(t, scopetest.Home(regions.GCP, regions.EU), stage, nil).Of("gcp:storage/bucket:Bucket")
			locked := 0
			for _, b := range buckets {
				if policy, ok := b.Inputs["retentionPolicy"]; ok {
					locked++
					assert.Equal(t, final, policy.ObjectValue()["isLocked"].BoolValue())
					assert.NotContains(t, b.Inputs, resource.PropertyKey("versioning"), "the cloud used to refuse both")
				}
			}
			assert.Equal(t, 2, locked)
		})
	}
}

func TestArgs(t *testing.T) {
	given := storage.Store{Name: pulumi.String("logs").ToStringOutput(), ID: pulumi.String("logs").ToStringOutput()}
	only := func(p ...storage.Purpose) func(*storage.Args) {
		return func(a *storage.Args) { a.Purposes = p }
	}
	for name, c := range map[string]struct {
		edit func(*storage.Args)
		want string
	}{
		"no purpose":      {only(), "no purpose is given"},
		"a purpose twice": {only(storage.Logs, storage.Logs), `purpose "logs" is given twice`},
		"unknown purpose": {only("log"), `purpose "log" is unknown`},
		"no access log":   {only(storage.Images), "nothing records access"},
		"two access logs": {func(a *storage.Args) {
			a.AccessLogs = storage.Ref{storage.Logs: given}
		}, "access is recorded in one place"},
		"a log without Logs": {func(a *storage.Args) {
			a.Purposes, a.AccessLogs = []storage.Purpose{storage.Images}, storage.Ref{storage.Images: given}
		}, "access is recorded in one place"},
		"no keys":          {func(a *storage.Args) { a.Keys = nil }, "there is no key for"},
		"a key is missing": {func(a *storage.Args) { delete(a.Keys, keys.Logs) }, `there is no key for "logs": add the purpose to the keys`},
		"a key without ID": {func(a *storage.Args) { a.Keys[keys.Logs] = keys.Key{} }, `there is no key for "logs"`},
		"incomplete scope": {func(a *storage.Args) { a.Scope.Owner = "" }, "scope lacks Owner"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := mock.Try(t, "test", nil, func(ctx *pulumi.Context) error {
				s, err := scopetest.In(ctx, scopetest.Home(regions.AWS, regions.EU))
				if err != nil {
					return err
				}
				key := keys.Key{ID: pulumi.String("key").ToStringOutput()}
				args := storage.Args{Scope: s, Keys: keys.Ref{keys.Storage: key, keys.Logs: key}, Purposes: everything}
				c.edit(&args)
				_, err = columns.AWS.Storage(ctx, "s", args)
				return err
			})
			assert.ErrorContains(t, err, c.want)
		})
	}
}
