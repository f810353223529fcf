// Package ten holds the controls of tenants, one file each.
//
// To add one: write the file, add its line below. Nothing registers itself.
package ten

import "tenant-runtime/policy/rule"

// Rules lists the rules of the area by ID.
var Rules = []rule.Rule{
	StoresNameTenant,
	SiloInOwnAccount,
	PoolMarked,
	TenantBound,
	FilesBound,
	TenantOwnKey,
	TenantOwnIdentity,
}
