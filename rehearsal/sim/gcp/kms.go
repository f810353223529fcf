package gcp

import "tenant-runtime/rehearsal/sim"

// Key rings and keys can never be deleted: destroy forgets a key ring and destroys the
// versions of a key, and the next creation answers 409 (terraform-provider-google
// 2026-08).
var kmsKinds = []sim.Kind{
	{
		Type: cryptoKey, At: "keyRing", ID: "{keyRing}/cryptoKeys/{name}",
		Name:    sim.Name{In: "name", Unique: "{keyRing}/{name}", Max: 63, Pattern: `^[a-zA-Z0-9_-]{1,63}$`, Taken: "409 ALREADY_EXISTS"},
		Default: sim.Props{"purpose": "ENCRYPT_DECRYPT", "destroyScheduledDuration": "2592000s"},
		Replace: []string{"cryptoKeyBackend", "destroyScheduledDuration", "importOnly", "keyRing", "name", "purpose", "skipInitialVersionCreation"},
		Refs:    map[string]sim.Ref{"keyRing": sim.To(keyRing)},
		Takes:   sim.Creates(0.02, 0.1, 0.3).Deletes(0.02, 0.1, 0.5),
		Ends:    sim.Ending{As: sim.Husk},
		Source:  "terraform-provider-google 2026-08; durations estimated",
	},
	grants("gcp:kms/cryptoKeyIAMBinding:CryptoKeyIAMBinding", "{cryptoKeyId}/{role}", map[string]sim.Ref{"cryptoKeyId": sim.To(cryptoKey)}, "cryptoKeyId"),
	grant("gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember", "{cryptoKeyId}/{role}/{member}", map[string]sim.Ref{"cryptoKeyId": sim.To(cryptoKey)}, "cryptoKeyId"),
	{
		Type: keyRing, At: "location", ID: "projects/{account}/locations/{location}/keyRings/{name}",
		Name:    sim.Name{In: "name", Unique: "{account}/{location}/{name}", Max: 63, Pattern: `^[a-zA-Z0-9_-]{1,63}$`, Taken: "409 ALREADY_EXISTS"},
		Compute: sim.Props{"project": "{account}"},
		Replace: []string{"location", "name", "project"},
		Takes:   sim.Creates(0.02, 0.1, 0.3),
		Ends:    sim.Ending{As: sim.Kept},
		Source:  "terraform-provider-google 2026-08; durations estimated",
	},
}
