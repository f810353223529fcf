package ten

import (
	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/kind/azure"
	"tenant-runtime/policy/kind/gcp"
	"tenant-runtime/policy/rule"
	"tenant-runtime/policy/rules/tenancy"
	"tenant-runtime/regions"
)

// TenantOwnKey is TEN-07. A key that is not in the stack, such as that of a copy
// being restored, cannot be told apart here; that it is the operator's is ENC-03.
var TenantOwnKey = rule.Rule{
	ID: "TEN-07", Name: "own-key", Title: "A store is encrypted with a key of the tenant whose data it holds",
	Severity: rule.High, Level: rule.Mandatory,
	Why: "Only what has a key of its own can be cut off or erased without touching the others.",
	Fix: "Give the store the keys of its tenant's scope.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.InStack(func(v struct{ *rule.Resource }, s *rule.Stack, r *rule.Report) {
				for _, bucket := range rule.Linked[tenancy.Owned](s, v.Resource, "bucket", aws.S3BucketV2) {
					hasOwnKey(s, r, bucket.Tenant(), v.Resource, "rules", aws.KMSKey)
				}
			}, aws.S3BucketServerSideEncryptionConfigurationV2),
			rule.InStack(func(v tenancy.Owned, s *rule.Stack, r *rule.Report) {
				hasOwnKey(s, r, v.Tenant(), v.Resource, "kmsKeyId", aws.KMSKey)
			}, aws.RDSInstance, aws.RDSCluster, aws.EFSFileSystem, aws.SecretsManagerSecret),
		),
		GCP: rule.By(rule.InStack(func(v tenancy.Owned, s *rule.Stack, r *rule.Report) {
			hasOwnKey(s, r, v.Tenant(), v.Resource, "encryption", gcp.KMSCryptoKey)
		}, gcp.StorageBucket)),
		Azure: rule.By(rule.InStack(func(v tenancy.Owned, s *rule.Stack, r *rule.Report) {
			hasOwnKey(s, r, v.Tenant(), v.Resource, "encryption", azure.KeyVaultKey)
		}, azure.StorageStorageAccount)),
	},
	Good: []rule.Example{
		{Given: encryptedBucket("acme", "acme"), Runtime: tenancy.Runtime},
		{Given: encryptedBucket("brick", tenancy.Shared), Runtime: tenancy.Runtime},
		{Given: []rule.Given{{Type: aws.SecretsManagerSecret, Name: "store", Props: tenancy.Tagged(tenancy.Shared, nil), Links: rule.Links{"kmsKeyId": {"key"}}}, {Type: aws.KMSKey, Name: "key", Props: tenancy.Tagged(tenancy.Shared, nil)}}},
		{
			Given: []rule.Given{
				{Type: aws.SecretsManagerSecret, Name: "store", Props: tenancy.Tagged("brook", nil), Links: rule.Links{"kmsKeyId": {"key"}}}, {Type: aws.KMSKey, Name: "key", Props: tenancy.Tagged(tenancy.Shared, nil)},
				{Type: aws.SecretsManagerSecret, Name: "other", Props: tenancy.Tagged(tenancy.Shared, nil), Links: rule.Links{"kmsKeyId": {"key"}}},
			},
			Runtime: &rule.Runtime{Tenants: []rule.Tenant{{Name: "brook", Isolation: "pool"}}},
		},
		{Given: []rule.Given{
			{Type: gcp.StorageBucket, Name: "store", Props: rule.Props{"labels": rule.Props{"tenant": "acme"}}, Links: rule.Links{"encryption": {"key"}}},
			{Type: gcp.KMSCryptoKey, Name: "key", Props: rule.Props{"labels": rule.Props{"tenant": "acme"}}},
		}, Runtime: tenancy.Runtime},
		{Given: []rule.Given{
			{Type: azure.StorageStorageAccount, Name: "store", Props: tenancy.Tagged(tenancy.Shared, nil), Links: rule.Links{"encryption": {"key"}}},
			{Type: azure.KeyVaultKey, Name: "key", Props: tenancy.Tagged(tenancy.Shared, nil)},
		}},
	},
	Bad: []rule.Example{
		{On: "encryption", Caught: "rules", Given: encryptedBucket("acme", tenancy.Shared), DecidedWithout: true, Runtime: tenancy.Runtime},
		{Caught: "kmsKeyId", Given: []rule.Given{
			{Type: aws.RDSInstance, Props: tenancy.Tagged("acme", nil), Links: rule.Links{"kmsKeyId": {"key"}}}, {Type: aws.KMSKey, Name: "key", Props: tenancy.Tagged("brick", nil)},
		}, DecidedWithout: true, Runtime: tenancy.Runtime},
		{Caught: "encryption", Given: []rule.Given{
			{Type: gcp.StorageBucket, Props: rule.Props{"labels": rule.Props{"tenant": "acme"}}, Links: rule.Links{"encryption": {"key"}}},
			{Type: gcp.KMSCryptoKey, Name: "key", Props: rule.Props{"labels": rule.Props{"tenant": tenancy.Shared}}},
		}, DecidedWithout: true, Runtime: tenancy.Runtime},
		{Caught: "encryption", Given: []rule.Given{
			{Type: azure.StorageStorageAccount, Props: tenancy.Tagged("acme", nil), Links: rule.Links{"encryption": {"key"}}}, {Type: azure.KeyVaultKey, Name: "key", Props: tenancy.Tagged(tenancy.Shared, nil)},
		}, DecidedWithout: true, Runtime: tenancy.Runtime},
	},
}

// hasOwnKey follows the dependency from store to key, so it decides in a plan,
// where the key has no name yet. In pool a tenant may do with the cell's key.
func hasOwnKey(s *rule.Stack, r *rule.Report, tenant rule.Value[string], store *rule.Resource, prop, keyType string) {
	tenancy.OfTenant(r, tenant, func(name string) {
		if t, _ := r.Runtime().Tenant(name); t.Isolation == "pool" {
			return // it has no store of its own, only secrets in the shared one (TEN-03)
		}
		for _, key := range rule.Linked[tenancy.Owned](s, store, prop, keyType) {
			tenancy.OfTenant(r, key.Tenant(), func(of string) {
				t, _ := r.Runtime().Tenant(name)
				if of != name && !(t.Isolation == "pool" && of == tenancy.Shared) {
					r.Found(store.At(prop), "a key of "+of, "a key of "+name)
				}
			})
		}
	})
}

func encryptedBucket(tenant, keyOf string) []rule.Given {
	return []rule.Given{
		{Type: aws.S3BucketV2, Name: "files", Props: tenancy.Tagged(tenant, nil)},
		{Type: aws.S3BucketServerSideEncryptionConfigurationV2, Name: "encryption", Links: rule.Links{"bucket": {"files"}, "rules": {"key"}}},
		{Type: aws.KMSKey, Name: "key", Props: tenancy.Tagged(keyOf, nil)},
	}
}
