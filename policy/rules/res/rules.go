// Package res holds the controls of residency, one file each.
//
// To add one: write the file, add its line below. Nothing registers itself.
package res

import "tenant-runtime/policy/rule"

// Rules lists the rules of the area by ID.
var Rules = []rule.Rule{
	InJurisdiction,
	ZonesInJurisdiction,
	CopiesInJurisdiction,
	KeysInJurisdiction,
	Attributable,
}
