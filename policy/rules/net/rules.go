// Package net holds the controls of networks, one file each.
//
// To add one: write the file, add its line below. Nothing registers itself.
package net

import "tenant-runtime/policy/rule"

// Rules lists the rules of the area by ID.
var Rules = []rule.Rule{
	OwnNetwork,
	PerimeterFirewall,
	SecurityZones,
	DMZ,
	PeersByName,
	IntrusionPrevention,
	CurrentSignatures,
	ThreatLists,
	EgressByName,
	BackupNetwork,
	RedundantPaths,
	OrderOfProtection,
	PrivateEndpoints,
}
