package res

import (
	"strings"

	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// stays demands a place under the stack's law. Without a law RES-01 complains
// about the stack, and nothing else is worth saying.
func stays(r *rule.Report, v rule.Value[string], absent rule.Absence) {
	law := r.Runtime().Jurisdiction
	if law == "" {
		return
	}
	rule.Match(r, v, func(place string) bool { return under(place, law) }, "a place in "+string(law), absent)
}

// under takes a region, a zone or a location as any cloud writes it; GCP sometimes
// gives the whole URL.
func under(place string, law regions.Jurisdiction) bool {
	got, known := regions.JurisdictionOf(place[strings.LastIndex(place, "/")+1:])
	return known && got == law
}

// regionAt finds the row of a region in any spelling; the zero row has no pair and
// no law.
func regionAt(place string) regions.Region {
	r, _ := regions.Lookup(regions.ID(strings.ToLower(strings.ReplaceAll(place, " ", ""))))
	return r
}

// pairOf finds the region that the supplier pairs with another.
func pairOf(r regions.Region) (regions.Region, bool) { return regions.Lookup(r.Pair) }

// arnStays demands that an ARN is of a region under the stack's law.
func arnStays(r *rule.Report, v rule.Value[string], absent rule.Absence) {
	law := r.Runtime().Jurisdiction
	if law == "" {
		return
	}
	rule.Match(r, v, func(arn string) bool {
		parts := strings.Split(arn, ":")
		return len(parts) > 3 && under(parts[3], law)
	}, "an ARN of a region in "+string(law), absent)
}

// inLaw is the default runtime of an example under another law.
func inLaw(law regions.Jurisdiction, home string) *rule.Runtime {
	return &rule.Runtime{Stack: "example", Jurisdiction: law, Environment: "prod", Home: home}
}
