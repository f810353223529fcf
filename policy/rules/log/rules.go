// Package log holds the controls of logs and audit, one file each.
//
// To add one: write the file, add its line below. Nothing registers itself.
package log

import "tenant-runtime/policy/rule"

// Rules lists the rules of the area by ID.
var Rules = []rule.Rule{
	AuditTrail,
	FlowsLogged,
	LogsKept,
	LogsUnforgeable,
	AccessRecorded,
	LogsOwnKey,
}
