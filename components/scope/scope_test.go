package scope_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"

	"tenant-runtime/components/scope"
	"tenant-runtime/components/value"
	"tenant-runtime/regions"
	"tenant-runtime/tests/scopetest"
)

func valid() scope.Scope {
	home := scopetest.Home(regions.AWS, regions.CH)
	return scope.Scope{
		Stack: "ch", Jurisdiction: regions.CH, Environment: scope.Production, Account: "111111111111",
		Place: scope.Place{Region: home, Provider: &pulumi.ProviderResourceState{}},
		Owner: "platform", Cell: value.Shared, CellStack: "ch", Tenant: value.Shared, Zone: scope.Data, DataClass: scope.Customer,
	}
}

func TestNameCarriesWhatMakesItUnique(t *testing.T) {
	shared, region := valid(), string(valid().Place.Region.ID)
	alpha := shared.For("alpha")
	assert.Equal(t, "ch-edge", shared.Name("aws:lb/loadBalancer:LoadBalancer", "edge"), "unique in its region as it is")
	assert.Equal(t, "ch-alpha-edge", alpha.Name("aws:lb/loadBalancer:LoadBalancer", "edge"))
	assert.Equal(t, "ch-alpha-app-"+region, alpha.Name("aws:iam/role:Role", "app"), "roles know no region")
	assert.Equal(t, "ch-logs-"+region+"-111111111111", shared.Name("aws:s3/bucketV2:BucketV2", "logs"), "buckets know no account")
}

func TestTagsSayWhoseItIs(t *testing.T) {
	want := pulumi.StringMap{
		"jurisdiction": pulumi.String("CH"), "environment": pulumi.String("prod"), "zone": pulumi.String("backup"), "tenant": pulumi.String("alpha"),
		"dataClass": pulumi.String("customer"), "owner": pulumi.String("platform"), "Name": pulumi.String("b"),
	}
	s := valid().In(scope.Backup).For("alpha")
	assert.Equal(t, want, s.Tags("b"))
	want["logClass"] = pulumi.String("security")
	assert.Equal(t, want, s.TagsWith("b", map[string]string{"logClass": "security", "tenant": "beta"}), "ours are not replaced")
	assert.Equal(t, pulumi.StringMap{
		"jurisdiction": pulumi.String("ch"), "environment": pulumi.String("prod"), "zone": pulumi.String("backup"), "tenant": pulumi.String("alpha"),
		"dataclass": pulumi.String("customer"), "owner": pulumi.String("platform"),
	}, s.Labels())
}

func TestCopiesLeaveTheOriginalAlone(t *testing.T) {
	s := valid()
	other := scope.Place{Region: scopetest.Home(regions.AWS, regions.EU), Provider: s.Place.Provider}
	_ = s.For("alpha").In(scope.Edge).Holding(scope.Public)
	assert.Equal(t, value.Shared, s.Tenant)
	moved := s.At(other)
	assert.Equal(t, other.Region, moved.Place.Region)
	assert.NotEqual(t, other.Region, s.Place.Region)
}

func TestCheck(t *testing.T) {
	abroad := scope.Place{Region: scopetest.Home(regions.AWS, regions.US)}
	for name, c := range map[string]struct {
		edit func(*scope.Scope)
		want string
	}{
		"nothing":         {func(s *scope.Scope) {}, ""},
		"several missing": {func(s *scope.Scope) { s.Stack, s.Owner = "", "" }, "scope lacks Owner, Stack"},
		"no provider":     {func(s *scope.Scope) { s.Place.Provider = nil }, "scope lacks Place.Provider"},
		"abroad":          {func(s *scope.Scope) { s.Place.Region = abroad.Region }, "is not in CH"},
	} {
		t.Run(name, func(t *testing.T) {
			s := valid()
			c.edit(&s)
			if c.want == "" {
				assert.NoError(t, s.Check())
				return
			}
			assert.ErrorContains(t, s.Check(), c.want)
		})
	}
}
