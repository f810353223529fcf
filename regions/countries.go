package regions

type country struct {
	name string
	law  Jurisdiction // empty: none of ours
}

// countries has a row per country with a region in the catalogue, by ISO 3166-1
// code. The law follows from the country and from nothing else: Norway belongs to
// the EEA but not to the EU, the United Kingdom left, Switzerland never joined.
// Another jurisdiction is a constant in regions.go and its countries here.
var countries = map[string]country{
	"AT": {"Austria", EU},
	"AU": {"Australia", ""},
	"BE": {"Belgium", EU},
	"CA": {"Canada", ""},
	"CH": {"Switzerland", CH},
	"DE": {"Germany", EU},
	"ES": {"Spain", EU},
	"FI": {"Finland", EU},
	"FR": {"France", EU},
	"GB": {"the United Kingdom", ""},
	"IE": {"Ireland", EU},
	"IT": {"Italy", EU},
	"MX": {"Mexico", ""},
	"NL": {"the Netherlands", EU},
	"NO": {"Norway", ""},
	"PL": {"Poland", EU},
	"SE": {"Sweden", EU},
	"US": {"the United States", US},
}
