// Package bak holds the controls of backups, one file each.
//
// To add one: write the file, add its line below. Nothing registers itself.
package bak

import "tenant-runtime/policy/rule"

// Rules lists the rules of the area by ID.
var Rules = []rule.Rule{
	PointInTime,
	ThirtyDays,
	BackupDaily,
	BackupNinetyDays,
	BackupGenerations,
	BackupsLocked,
	BackupsAutomatic,
	StoresCovered,
	RetentionBounded,
}
