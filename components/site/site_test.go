package site_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/components/keys"
	"tenant-runtime/components/monitoring"
	"tenant-runtime/components/scope"
	"tenant-runtime/components/site"
	"tenant-runtime/components/value"
	"tenant-runtime/regions"
)

// at is a site in a region of the EU that has the keys.
func at(t *testing.T, region string, purposes ...keys.Purpose) site.Site {
	t.Helper()
	var place scope.Place
	require.NoError(t, place.Region.UnmarshalText([]byte(region)))
	place.Provider = &pulumi.ProviderResourceState{}
	s := site.Site{
		Scope: scope.Scope{
			Stack: "eu", Jurisdiction: regions.EU, Environment: scope.Production, Account: "111111111111", Place: place,
			Owner: "platform", Cell: value.Shared, CellStack: "eu", Tenant: value.Shared, Zone: scope.Management, DataClass: scope.Internal,
		},
		Keys:   keys.Ref{},
		Alarms: monitoring.Ref{Topic: pulumi.String("topic").ToStringOutput()},
	}
	for _, p := range purposes {
		s.Keys[p] = keys.Key{ID: pulumi.String("key").ToStringOutput()}
	}
	return s
}

func TestCheck(t *testing.T) {
	for name, c := range map[string]struct {
		edit func(*site.Site)
		want string
	}{
		"complete":              {func(*site.Site) {}, ""},
		"incomplete scope":      {func(s *site.Site) { s.Scope.Owner = "" }, "scope lacks Owner"},
		"no key":                {func(s *site.Site) { delete(s.Keys, keys.Logs) }, `there is no key for "logs": add the purpose to the keys`},
		"a key that is unset":   {func(s *site.Site) { s.Keys[keys.Logs] = keys.Key{} }, `there is no key for "logs"`},
		"a key nobody asks for": {func(s *site.Site) { delete(s.Keys, keys.Backup) }, ""},
		"nobody to tell":        {func(s *site.Site) { s.Alarms = monitoring.Ref{} }, "no alarms are given: what fails must tell somebody"},
	} {
		t.Run(name, func(t *testing.T) {
			s := at(t, "eu-central-1", keys.Logs, keys.Storage, keys.Backup)
			c.edit(&s)
			if err := s.Check(keys.Logs, keys.Storage); c.want != "" {
				assert.ErrorContains(t, err, c.want)
			} else {
				assert.NoError(t, err)
			}
		})
	}
}

func TestCheckBoth(t *testing.T) {
	home, away := at(t, "eu-central-1", keys.Backup), at(t, "eu-west-1", keys.Copies)
	atHome, there := []keys.Purpose{keys.Backup}, []keys.Purpose{keys.Copies}
	assert.NoError(t, site.CheckBoth(home, nil, atHome, there), "some jurisdictions have one region")
	assert.NoError(t, site.CheckBoth(home, &away, atHome, there))
	assert.ErrorContains(t, site.CheckBoth(home, &home, atHome, atHome), "recovery: eu-central-1 is the home region")
	assert.ErrorContains(t, site.CheckBoth(home, &away, atHome, atHome), `recovery: there is no key for "backup"`)
	assert.EqualError(t, site.CheckBoth(home, nil, there, nil), `there is no key for "copies": add the purpose to the keys`)
}
