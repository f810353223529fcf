// Package gcp names the kinds of resources on GCP that rules look at, by the
// module and the type as pulumi-gcp spells them.
package gcp

// The kinds, sorted.
const (
	ComputeDisk             = "gcp:compute/disk:Disk"
	ComputeSnapshot         = "gcp:compute/snapshot:Snapshot"
	KMSCryptoKey            = "gcp:kms/cryptoKey:CryptoKey"
	KMSCryptoKeyIAMBinding  = "gcp:kms/cryptoKeyIAMBinding:CryptoKeyIAMBinding"
	KMSCryptoKeyIAMMember   = "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember"
	KMSKeyRing              = "gcp:kms/keyRing:KeyRing"
	KMSKeyRingIAMBinding    = "gcp:kms/keyRingIAMBinding:KeyRingIAMBinding"
	KMSKeyRingIAMMember     = "gcp:kms/keyRingIAMMember:KeyRingIAMMember"
	KMSKeyRingIAMPolicy     = "gcp:kms/keyRingIAMPolicy:KeyRingIAMPolicy"
	SQLDatabaseInstance     = "gcp:sql/databaseInstance:DatabaseInstance"
	SecretManagerSecret     = "gcp:secretmanager/secret:Secret"
	StorageBucket           = "gcp:storage/bucket:Bucket"
	StorageBucketIAMBinding = "gcp:storage/bucketIAMBinding:BucketIAMBinding"
	StorageBucketIAMMember  = "gcp:storage/bucketIAMMember:BucketIAMMember"
)
