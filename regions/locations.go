package regions

import "strings"

// Location is a place larger than a region that Google Cloud offers for data.
type Location struct {
	Name    string // upper case, as the API answers
	Members []ID   // every region the data may rest in; empty: the supplier does not say
	Source  string
}

const gcsLocations = "docs.cloud.google.com/storage/docs/locations, list of dual-regions as known in 2025"

// Locations lists the predefined multi- and dual-regions, sorted. EUR5, EUR7 and
// EUR8 carry the EU in their name and leave it.
var Locations = []Location{
	{"EU", ids(In(GCP, EU)), gcsLocations}, // in member states only: without London and Zurich
	{"EUR4", []ID{"europe-north1", "europe-west4"}, gcsLocations},
	{"EUR5", []ID{"europe-west1", "europe-west2"}, gcsLocations},
	{"EUR7", []ID{"europe-west2", "europe-west3"}, gcsLocations},
	{"EUR8", []ID{"europe-west3", "europe-west6"}, gcsLocations},
	{"EUROPE", nil, "docs.cloud.google.com/kms/docs/locations, 2025"}, // the continent, not the union
	{"GLOBAL", nil, "docs.cloud.google.com/kms/docs/locations, 2025"},
	{"NAM4", []ID{"us-central1", "us-east1"}, gcsLocations},
	{"US", ids(In(GCP, US)), gcsLocations},
}

// Jurisdiction returns the law that all members are under; it is empty when they
// are under several, under none of ours, or unknown.
func (l Location) Jurisdiction() Jurisdiction {
	var law Jurisdiction
	for i, id := range l.Members {
		member := byID[id].Jurisdiction
		if i > 0 && member != law {
			return ""
		}
		law = member
	}
	return law
}

// JurisdictionOf returns the law at a location as clouds write it: a region in any
// spelling ("EUROPE-WEST6", "Switzerland North"), a zone, or one of Locations. It
// is empty for a place in no or in several of our jurisdictions; the answer is
// false when the catalogue does not know the place at all.
func JurisdictionOf(location string) (Jurisdiction, bool) {
	name := strings.ReplaceAll(strings.ToLower(location), " ", "")
	if r, ok := byID[ID(name)]; ok {
		return r.Jurisdiction, true
	}
	if r, ok := byZone[name]; ok {
		return r.Jurisdiction, true
	}
	for _, l := range Locations {
		if strings.EqualFold(l.Name, name) {
			return l.Jurisdiction(), true
		}
	}
	return "", false
}

func ids(found []Region) []ID {
	list := make([]ID, len(found))
	for i, r := range found {
		list[i] = r.ID
	}
	return list
}
