// Package had holds the controls of high availability and disaster recovery, one file each.
//
// To add one: write the file, add its line below. Nothing registers itself.
package had

import "tenant-runtime/policy/rule"

// Rules lists the rules of the area by ID.
var Rules = []rule.Rule{
	DatabaseStandby,
}
