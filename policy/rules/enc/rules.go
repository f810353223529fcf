// Package enc holds the controls of encryption and keys, one file each.
//
// To add one: write the file, add its line below. Nothing registers itself.
package enc

import "tenant-runtime/policy/rule"

// Rules lists the rules of the area by ID.
var Rules = []rule.Rule{
	EncryptedAtRest,
	StrongAlgorithm,
	OwnKeys,
	BackupKeys,
	AttachmentsEncrypted,
	KeyRotation,
	KeysSurvive,
	KeyDutiesSeparated,
	KeysInHardware,
	EncryptedInTransit,
}
