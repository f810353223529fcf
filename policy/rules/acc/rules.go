// Package acc holds the controls of access, one file each.
//
// To add one: write the file, add its line below. Nothing registers itself.
package acc

import "tenant-runtime/policy/rule"

// Rules lists the rules of the area by ID.
var Rules = []rule.Rule{
	DatabasePlatformLogin,
}
