package rules

import (
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// TenantOwnKey is TEN-07. A key that is not in the stack, such as that of a copy
// being restored, cannot be told apart here; that it is the operator's is ENC-03.
var TenantOwnKey = rule.Rule{
	ID: "TEN-07", Name: "own-key", Title: "A store is sealed with a key of the tenant whose data it holds",
	Severity: rule.High, Level: rule.Mandatory,
	Why: "Only what has a key of its own can be cut off or erased without touching the others.",
	Fix: "Give the store the keys of its tenant's scope.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.InStack(func(v struct{ *rule.Resource }, s *rule.Stack, r *rule.Report) {
				for _, bucket := range rule.Linked[owned](s, v.Resource, "bucket", bucketOnAWS) {
					sealedWithOwn(s, r, bucket.tenant(), v.Resource, "rules", keyOnAWS)
				}
			}, sealOnAWS),
			rule.InStack(func(v owned, s *rule.Stack, r *rule.Report) {
				sealedWithOwn(s, r, v.tenant(), v.Resource, "kmsKeyId", keyOnAWS)
			}, "aws:rds/instance:Instance", "aws:rds/cluster:Cluster", "aws:efs/fileSystem:FileSystem", secretOnAWS),
		),
		GCP: rule.By(rule.InStack(func(v owned, s *rule.Stack, r *rule.Report) {
			sealedWithOwn(s, r, v.tenant(), v.Resource, "encryption", keyOnGCP)
		}, bucketOnGCP)),
		Azure: rule.By(rule.InStack(func(v owned, s *rule.Stack, r *rule.Report) {
			sealedWithOwn(s, r, v.tenant(), v.Resource, "encryption", keyOnAzure)
		}, accountOnAzure)),
	},
	Good: []rule.Example{
		{Given: sealedBucket("acme", "acme"), Runtime: tenants},
		{Given: sealedBucket("brick", shared), Runtime: tenants},
		{Given: []rule.Given{{Type: secretOnAWS, Name: "store", Props: tagged(shared, nil), Links: rule.Links{"kmsKeyId": {"key"}}}, {Type: keyOnAWS, Name: "key", Props: tagged(shared, nil)}}},
		{
			Given: []rule.Given{
				{Type: secretOnAWS, Name: "store", Props: tagged("brook", nil), Links: rule.Links{"kmsKeyId": {"key"}}}, {Type: keyOnAWS, Name: "key", Props: tagged(shared, nil)},
				{Type: secretOnAWS, Name: "other", Props: tagged(shared, nil), Links: rule.Links{"kmsKeyId": {"key"}}},
			},
			Runtime: &rule.Runtime{Tenants: []rule.Tenant{{Name: "brook", Isolation: "pool"}}},
		},
		{Given: []rule.Given{
			{Type: bucketOnGCP, Name: "store", Props: rule.Props{"labels": rule.Props{"tenant": "acme"}}, Links: rule.Links{"encryption": {"key"}}},
			{Type: keyOnGCP, Name: "key", Props: rule.Props{"labels": rule.Props{"tenant": "acme"}}},
		}, Runtime: tenants},
		{Given: []rule.Given{
			{Type: accountOnAzure, Name: "store", Props: tagged(shared, nil), Links: rule.Links{"encryption": {"key"}}},
			{Type: keyOnAzure, Name: "key", Props: tagged(shared, nil)},
		}},
	},
	Bad: []rule.Example{
		{On: "seal", Caught: "rules", Given: sealedBucket("acme", shared), DecidedWithout: true, Runtime: tenants},
		{Caught: "kmsKeyId", Given: []rule.Given{
			{Type: "aws:rds/instance:Instance", Props: tagged("acme", nil), Links: rule.Links{"kmsKeyId": {"key"}}}, {Type: keyOnAWS, Name: "key", Props: tagged("brick", nil)},
		}, DecidedWithout: true, Runtime: tenants},
		{Caught: "encryption", Given: []rule.Given{
			{Type: bucketOnGCP, Props: rule.Props{"labels": rule.Props{"tenant": "acme"}}, Links: rule.Links{"encryption": {"key"}}},
			{Type: keyOnGCP, Name: "key", Props: rule.Props{"labels": rule.Props{"tenant": shared}}},
		}, DecidedWithout: true, Runtime: tenants},
		{Caught: "encryption", Given: []rule.Given{
			{Type: accountOnAzure, Props: tagged("acme", nil), Links: rule.Links{"encryption": {"key"}}}, {Type: keyOnAzure, Name: "key", Props: tagged(shared, nil)},
		}, DecidedWithout: true, Runtime: tenants},
	},
}

// sealedWithOwn follows the dependency from store to key, so it decides in a plan,
// where the key has no name yet. In pool a tenant may do with the cell's key.
func sealedWithOwn(s *rule.Stack, r *rule.Report, tenant rule.Value[string], store *rule.Resource, prop, keyType string) {
	ofTenant(r, tenant, func(name string) {
		if t, _ := r.Runtime().Tenant(name); t.Isolation == "pool" {
			return // it has no store of its own, only secrets in the shared one (TEN-03)
		}
		for _, key := range rule.Linked[owned](s, store, prop, keyType) {
			ofTenant(r, key.tenant(), func(of string) {
				t, _ := r.Runtime().Tenant(name)
				if of != name && !(t.Isolation == "pool" && of == shared) {
					r.Found(store.At(prop), "a key of "+of, "a key of "+name)
				}
			})
		}
	})
}

func sealedBucket(tenant, keyOf string) []rule.Given {
	return []rule.Given{
		{Type: bucketOnAWS, Name: "files", Props: tagged(tenant, nil)},
		{Type: sealOnAWS, Name: "seal", Links: rule.Links{"bucket": {"files"}, "rules": {"key"}}},
		{Type: keyOnAWS, Name: "key", Props: tagged(keyOf, nil)},
	}
}
