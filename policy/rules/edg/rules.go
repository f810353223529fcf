// Package edg holds the controls of the edge, one file each.
//
// To add one: write the file, add its line below. Nothing registers itself.
package edg

import "tenant-runtime/policy/rule"

// Rules lists the rules of the area by ID.
var Rules = []rule.Rule{
	TLSVersions,
	Ciphers,
	PlainIsRedirected,
	FirewallInFront,
	AttacksBlocked,
	RulesFollowThreats,
	FirewallWatched,
	NotFramed,
	CertificatesIssued,
	HTTPSRemembered,
	EncryptedBehindEdge,
	FloodsAbsorbed,
}
