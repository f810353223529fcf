package res

import (
	"strings"

	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// here demands a place under the stack's law. Without a law RES-01 complains about
// the stack, and nothing else is worth saying.
var here = rule.OfRuntime(func(rt *rule.Runtime) rule.Demand[string] {
	return underLaw(rt, "a place", func(place string) string { return place })
}, "eu-central-1", "us-east-1")

// arnHere demands that an ARN is of a region under the stack's law.
var arnHere = rule.OfRuntime(func(rt *rule.Runtime) rule.Demand[string] {
	return underLaw(rt, "an ARN of a region", func(arn string) string {
		if parts := strings.Split(arn, ":"); len(parts) > 3 {
			return parts[3]
		}
		return ""
	})
}, "arn:aws:x:eu-west-1:111122223333:copy", "arn:aws:x:us-east-1:111122223333:copy")

func underLaw(rt *rule.Runtime, what string, region func(string) string) rule.Demand[string] {
	law := rt.Jurisdiction
	if law == "" {
		return rule.Demand[string]{}
	}
	return rule.Satisfies(func(v string) bool { return under(region(v), law) }, what+" in "+string(law), "", "")
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

// inLaw is the default runtime of an example under another law.
func inLaw(law regions.Jurisdiction, home string) *rule.Runtime {
	return &rule.Runtime{Stack: "example", Jurisdiction: law, Environment: "prod", Home: home}
}
