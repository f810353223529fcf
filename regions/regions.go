// Package regions is the one list of clouds, jurisdictions and regions.
//
// It promises that a region's jurisdiction is a fact of the catalogue and never
// guessed from its name: eu-west-2 is the United Kingdom, eu-central-2 is
// Switzerland, and neither is the EU. It imports nothing of ours.
package regions

import (
	"fmt"
	"slices"
)

// Cloud is one of the three clouds. The zero value is invalid, never a default.
type Cloud string

// The clouds, by the name of their Pulumi package.
const (
	AWS   Cloud = "aws"
	GCP   Cloud = "gcp"
	Azure Cloud = "azure"
)

// Clouds lists the clouds in the order they are compared everywhere.
var Clouds = []Cloud{AWS, GCP, Azure}

// Each holds one value per cloud. It is the only place that lists the clouds:
// code that differs per cloud is a table of this type, not a switch.
type Each[T any] struct{ AWS, GCP, Azure T }

// Of returns the value for the cloud. An invalid cloud is a bug of the caller,
// caught when the configuration is parsed, so it panics.
func (e Each[T]) Of(c Cloud) T {
	switch c {
	case AWS:
		return e.AWS
	case GCP:
		return e.GCP
	case Azure:
		return e.Azure
	}
	panic(fmt.Sprintf("regions: invalid cloud %q", c))
}

// Jurisdiction is the law a customer chose for its data. The zero value marks a
// region that belongs to none of ours.
type Jurisdiction string

// The jurisdictions a stack can be declared for.
const (
	CH Jurisdiction = "CH"
	EU Jurisdiction = "EU"
	US Jurisdiction = "US"
)

// Jurisdictions lists the jurisdictions a stack can be declared for.
var Jurisdictions = []Jurisdiction{CH, EU, US}

// UnmarshalText accepts CH, EU or US.
func (j *Jurisdiction) UnmarshalText(text []byte) error {
	if got := Jurisdiction(text); slices.Contains(Jurisdictions, got) {
		*j = got
		return nil
	}
	return fmt.Errorf("%q is not a jurisdiction: use one of %v", text, Jurisdictions)
}

// ID is a cloud's own name of a region, for example eu-central-2. Names are
// unique across the three clouds.
type ID string

// Access says what an account must have done before the region can be used.
type Access string

// The kinds of access.
const (
	Open       Access = ""           // usable at once
	OptIn      Access = "opt-in"     // the account enables it (AWS)
	Restricted Access = "restricted" // an approved request is needed (Azure)
)

// Region is one row of the catalogue.
type Region struct {
	ID           ID
	Cloud        Cloud
	Place        string       // city or area, for people
	Country      string       // ISO 3166-1 alpha-2; the pin "DE only" is decided by it
	Jurisdiction Jurisdiction // follows from the country; empty: outside CH, EU and US
	Zones        []string     // full zone names in order; empty: no availability zones
	Pair         ID           // the supplier's fixed pair (Azure); empty elsewhere
	Access       Access
	Lacks        []string // services and features missing here, in the cloud's words
	Source       string   // where the row was learned, and when
}

// UnmarshalText accepts the name of a region of the catalogue, whether or not it
// lies in one of our jurisdictions.
func (r *Region) UnmarshalText(text []byte) error {
	found, ok := Lookup(ID(text))
	if !ok {
		return fmt.Errorf("%q is not a region of the catalogue%s", text, suggestion(string(text)))
	}
	*r = found
	return nil
}

// MarshalText writes the region's name.
func (r Region) MarshalText() ([]byte, error) { return []byte(r.ID), nil }

// Where names the region's place for people.
func (r Region) Where() string { return r.Place + " in " + countries[r.Country].name }

// HasThreeZones says whether every account finds three availability zones here, which a home
// region needs (HAD-03).
func (r Region) HasThreeZones() bool {
	return len(r.Zones) >= 3 && !slices.Contains(r.Lacks, thirdZone)
}

// thirdZone is lacked where the zones are three but an account sees only two.
const thirdZone = "a third zone in each account"

// Lookup finds a region by name.
func Lookup(id ID) (Region, bool) {
	r, ok := byID[id]
	return r, ok
}

// All returns every region of the catalogue, ordered by cloud and name.
func All() []Region { return slices.Clone(catalogue) }

// In returns the regions of a cloud that lie in the jurisdiction, in order.
func In(c Cloud, j Jurisdiction) []Region {
	var found []Region
	for _, r := range catalogue {
		if r.Cloud == c && r.Jurisdiction == j && j != "" {
			found = append(found, r)
		}
	}
	return found
}
