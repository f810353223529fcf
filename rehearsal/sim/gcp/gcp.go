// Package gcp is what the simulated Google Cloud knows: one row per kind. Its
// accounts are projects.
package gcp

import (
	"slices"

	"tenant-runtime/regions"
	"tenant-runtime/rehearsal/sim"
	"tenant-runtime/rehearsal/sim/schema"
)

// Table returns all kinds of Google Cloud.
func Table() sim.Table {
	return sim.Table{Package: "gcp", Cloud: regions.GCP, Schema: schema.GCP(), Kinds: slices.Concat(iamKinds, kmsKinds, storageKinds)}
}

// Kinds that many rows refer to.
const (
	account   = "gcp:serviceaccount/account:Account"
	cryptoKey = "gcp:kms/cryptoKey:CryptoKey"
	keyRing   = "gcp:kms/keyRing:KeyRing"
	bucket    = "gcp:storage/bucket:Bucket"
)

// toMember is who a binding speaks of. A service account of ours must exist; those
// of Google's own services (service-123@gcp-sa-..., p123-456@gcp-sa-logging...) and
// people are outside the world. A binding outlives its member, as deleted:...
var toMember = sim.To(account).Anywhere().Weak().Or(`^(user|group|domain):`, `^serviceAccount:(service-|p)\d+(-\d+)?@`, `^principal(Set)?://`,
	`^project(Owner|Editor|Viewer):`)

// grant is the binding of a role on a resource; of says what it is granted on.
func grant(kind, id string, refs map[string]sim.Ref, replace ...string) sim.Kind {
	refs["member"] = toMember
	return sim.Kind{
		Type: kind, ID: id, At: sim.Global,
		Compute: sim.Props{"etag": "Bw{hex 8}"},
		Replace: append(replace, "condition", "member", "role"),
		Refs:    refs,
		Takes:   sim.Creates(0.02, 0.15, 1).Deletes(0.02, 0.15, 1),
		Source:  "terraform-provider-google 2026-08 (replacements); durations estimated",
	}
}

// grants is the binding of a role to all who have it.
func grants(kind, id string, refs map[string]sim.Ref, replace ...string) sim.Kind {
	k := grant(kind, id, refs, replace...)
	delete(k.Refs, "member")
	k.Refs["members[*]"] = toMember
	k.Replace = append(replace, "condition", "role")
	return k
}
