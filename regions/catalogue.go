package regions

import "slices"

// row is what the catalogue's files state; the rest of a Region follows from it.
type row struct {
	id      ID
	place   string
	country string
	zones   string // one letter or digit each
	pair    ID
	access  Access
	lacks   []string
	source  string
}

// zonePrefix is what precedes a zone's letter or digit.
var zonePrefix = Each[func(ID) string]{
	AWS:   func(id ID) string { return string(id) },
	GCP:   func(id ID) string { return string(id) + "-" },
	Azure: func(ID) string { return "" },
}

func complete(c Cloud, rows []row) []Region {
	all := make([]Region, len(rows))
	for i, r := range rows {
		all[i] = Region{
			ID: r.id, Cloud: c, Place: r.place, Country: r.country, Jurisdiction: countries[r.country].law,
			Pair: r.pair, Access: r.access, Lacks: r.lacks, Source: r.source,
		}
		for _, letter := range r.zones {
			all[i].Zones = append(all[i].Zones, zonePrefix.Of(c)(r.id)+string(letter))
		}
	}
	return all
}

var (
	catalogue = slices.Concat(complete(AWS, awsRows), complete(GCP, gcpRows), complete(Azure, azureRows))
	byID      = index(catalogue, func(r Region) []ID { return []ID{r.ID} })
	byZone    = index(catalogue, func(r Region) []string {
		if r.Cloud == Azure { // logical numbers, the same in every region
			return nil
		}
		return r.Zones
	})
)

func index[K comparable](rows []Region, keys func(Region) []K) map[K]Region {
	m := make(map[K]Region, len(rows))
	for _, r := range rows {
		for _, k := range keys(r) {
			m[k] = r
		}
	}
	return m
}
