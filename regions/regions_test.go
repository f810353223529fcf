package regions

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// memberStates is the European Union since 1 February 2020, written apart from
// the catalogue so that neither can vouch for itself.
var memberStates = strings.Fields("AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE")

func TestLawFollowsFromCountry(t *testing.T) {
	require.Len(t, memberStates, 27)
	want := map[string]Jurisdiction{"CH": CH, "US": US}
	for _, state := range memberStates {
		want[state] = EU
	}
	for _, r := range All() {
		assert.Equal(t, want[r.Country], r.Jurisdiction, r.ID)
	}
}

func TestTraps(t *testing.T) {
	for id, want := range map[ID]Jurisdiction{
		"eu-west-2": "", "europe-west2": "", "uksouth": "", "ukwest": "", // United Kingdom
		"norwayeast": "", "norwaywest": "", // EEA, not EU
		"ca-central-1": "", "northamerica-northeast1": "", "canadacentral": "", "australiacentral": "",
		"eu-central-2": CH, "europe-west6": CH, "switzerlandnorth": CH, "switzerlandwest": CH,
		"eu-central-1": EU, "europe-west3": EU, "germanywestcentral": EU,
		"us-east-1": US, "us-east4": US, "eastus2": US,
	} {
		r, ok := Lookup(id)
		require.True(t, ok, id)
		assert.Equal(t, want, r.Jurisdiction, id)
	}
}

func TestRowsAreComplete(t *testing.T) {
	seen := map[ID]bool{}
	for _, r := range All() {
		assert.False(t, seen[r.ID], "%s is listed twice", r.ID)
		seen[r.ID] = true
		assert.Contains(t, countries, r.Country, r.ID)
		assert.NotEmpty(t, r.Place, r.ID)
		assert.Regexp(t, `20\d\d`, r.Source, "%s: the source needs its date", r.ID)
		assert.True(t, slices.IsSorted(r.Lacks), r.ID)
	}
}

func TestRowsAreSorted(t *testing.T) {
	for cloud, rows := range map[Cloud][]row{AWS: awsRows, GCP: gcpRows, Azure: azureRows} {
		assert.True(t, slices.IsSortedFunc(rows, func(a, b row) int { return strings.Compare(string(a.id), string(b.id)) }), cloud)
	}
}

func TestZonesBelongToTheirRegion(t *testing.T) {
	for _, r := range All() {
		assert.True(t, slices.IsSorted(r.Zones), r.ID)
		assert.Len(t, slices.Compact(slices.Clone(r.Zones)), len(r.Zones), r.ID)
		for _, zone := range r.Zones {
			if r.Cloud == Azure {
				assert.Contains(t, []string{"1", "2", "3"}, zone, r.ID)
				continue
			}
			assert.True(t, strings.HasPrefix(zone, string(r.ID)), zone)
			found, ok := byZone[zone]
			assert.True(t, ok && found.ID == r.ID, zone)
		}
	}
	for _, edge := range []string{"us-west-2-lax-1a", "us-east-1-wl1-bos-wlz-1", "eu-central-1", "1"} {
		_, ok := byZone[edge]
		assert.False(t, ok, "%s is no zone of a region (RES-02)", edge)
	}
}

func TestPairsShareTheLaw(t *testing.T) {
	oneWay := map[ID]bool{"westus3": true}
	for _, r := range All() {
		if r.Pair == "" {
			continue
		}
		assert.NotEqual(t, r.ID, r.Pair)
		pair, ok := Lookup(r.Pair)
		require.True(t, ok, r.ID)
		assert.Equal(t, r.Cloud, pair.Cloud, r.ID)
		assert.Equal(t, r.Jurisdiction, pair.Jurisdiction, "geo-redundancy of %s would leave the jurisdiction (RES-03)", r.ID)
		assert.Equal(t, oneWay[r.ID], pair.Pair != r.ID, "%s and its pair", r.ID)
	}
	for _, id := range []ID{"italynorth", "polandcentral", "spaincentral"} {
		r, _ := Lookup(id)
		assert.Empty(t, r.Pair, "%s has no geo-redundancy", id)
	}
}

func TestEveryJurisdictionHasAHomeOnEveryCloud(t *testing.T) {
	for _, cloud := range Clouds {
		for _, j := range Jurisdictions {
			homes := slices.DeleteFunc(In(cloud, j), func(r Region) bool { return !r.HasThreeZones() || r.Access == Restricted })
			assert.NotEmpty(t, homes, "%s on %s", j, cloud)
		}
	}
	assert.Empty(t, In(AWS, ""), "no jurisdiction is no jurisdiction to ask for")
}

func TestSwitzerlandHasOneRegionOnAWSAndGCP(t *testing.T) {
	assert.Equal(t, []ID{"eu-central-2"}, ids(In(AWS, CH)))
	assert.Equal(t, []ID{"europe-west6"}, ids(In(GCP, CH)))
	assert.Equal(t, []ID{"switzerlandnorth", "switzerlandwest"}, ids(In(Azure, CH)))
}

func TestThreeZones(t *testing.T) {
	for id, want := range map[ID]bool{"eu-central-2": true, "us-west-1": false, "switzerlandwest": false, "us-central1": true} {
		r, _ := Lookup(id)
		assert.Equal(t, want, r.HasThreeZones(), id)
	}
}

func TestParse(t *testing.T) {
	var r Region
	assert.NoError(t, r.UnmarshalText([]byte("eu-west-2")), "a region outside our jurisdictions is still a region")
	assert.ErrorContains(t, r.UnmarshalText([]byte("eu-centarl-1")), `did you mean "eu-central-1"?`)
	assert.ErrorContains(t, r.UnmarshalText([]byte("SwitzerlandNorth")), `did you mean "switzerlandnorth"?`)
	assert.ErrorContains(t, r.UnmarshalText([]byte("mars-north-1")), "regions/*.go")
	assert.EqualValues(t, "eu-west-2", r.ID, "a refused value changes nothing")

	var j Jurisdiction
	assert.NoError(t, j.UnmarshalText([]byte("CH")))
	assert.EqualError(t, j.UnmarshalText([]byte("ch")), `"ch" is not a jurisdiction: use one of [CH EU US]`)
	assert.Error(t, j.UnmarshalText(nil))
}

func TestLocations(t *testing.T) {
	assert.True(t, slices.IsSortedFunc(Locations, func(a, b Location) int { return strings.Compare(a.Name, b.Name) }))
	for _, l := range Locations {
		assert.NotContains(t, byID, ID(strings.ToLower(l.Name)), "a location shadows a region")
		for _, id := range l.Members {
			r, ok := Lookup(id)
			assert.True(t, ok && r.Cloud == GCP, id)
		}
	}
	for location, want := range map[string]Jurisdiction{
		"EU": EU, "eu": EU, "EUR4": EU, "US": US, "NAM4": US,
		"EUR5": "", "EUR7": "", "EUR8": "", "EUROPE": "", "global": "",
		"EUROPE-WEST6": CH, "europe-west6-a": CH, "europe-west3": EU, "Switzerland North": CH, "West Europe": EU, "eu-west-2": "",
	} {
		got, known := JurisdictionOf(location)
		assert.True(t, known, location)
		assert.Equal(t, want, got, location)
	}
	for _, unknown := range []string{"", "asia", "nam9", "1", "eu-central-1d"} {
		_, known := JurisdictionOf(unknown)
		assert.False(t, known, unknown)
	}
}

func TestEachRefusesTheZeroCloud(t *testing.T) {
	assert.Equal(t, 2, Each[int]{1, 2, 3}.Of(GCP))
	assert.Panics(t, func() { Each[int]{}.Of("") })
}
