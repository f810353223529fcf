// Package dat holds the controls of data stores, one file each.
//
// To add one: write the file, add its line below. Nothing registers itself.
package dat

import "tenant-runtime/policy/rule"

// Rules lists the rules of the area by ID.
var Rules = []rule.Rule{
	StoresDurable,
	StoresNotPublic,
	StoresOutliveMistakes,
	DatabaseClusters,
	DatabaseActivity,
	FilesApart,
}
