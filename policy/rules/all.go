// Package rules holds the controls of the runtime, one file each.
//
// To add one: write the file, add its line below. Nothing registers itself.
package rules

import "tenant-runtime/policy/rule"

// All lists every rule by ID.
var All = []rule.Rule{
	StoresNotPublic,
	EncryptedAtRest,
	StrongAlgorithm,
	OwnKeys,
	BackupKeys,
	SealedAttachments,
	KeyRotation,
	KeysSurvive,
	KeyDutiesSeparated,
	EncryptedInTransit,
	InJurisdiction,
	ZonesInJurisdiction,
	CopiesInJurisdiction,
	KeysInJurisdiction,
	StoresNameTenant,
	SiloInOwnAccount,
	PoolMarked,
	TenantBound,
	FilesBound,
	TenantOwnKey,
	TenantOwnIdentity,
}

// Retired lists IDs that once were rules. An ID is never given to another one.
var Retired = []string{}
