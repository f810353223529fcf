// Package env holds the controls of change and maintenance, one file each.
//
// To add one: write the file, add its line below. Nothing registers itself.
package env

import "tenant-runtime/policy/rule"

// Rules lists the rules of the area by ID.
var Rules = []rule.Rule{
	MaintenanceWindow,
	DatabasePatches,
}
