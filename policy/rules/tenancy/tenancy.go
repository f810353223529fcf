// Package tenancy knows what several areas ask about the tenant that something
// belongs to.
package tenancy

import (
	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/kind/azure"
	"tenant-runtime/policy/kind/gcp"
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// Shared is the tenant of what several tenants use.
const Shared = "shared"

// Owned says whom a resource belongs to: a tag on AWS and Azure, a label on GCP.
type Owned struct {
	*rule.Resource
	Tag   rule.Value[string] `prop:"tags.tenant"`
	Label rule.Value[string] `prop:"labels.tenant"`
}

// Tenant is the name that the tag or the label gives.
func (o Owned) Tenant() rule.Value[string] {
	if cloud, _ := o.Cloud(); cloud == regions.GCP {
		return o.Label
	}
	return o.Tag
}

// OfTenant runs a check with a tenant's name once it is known; a name that the
// stack does not have is TEN-01's.
func OfTenant(r *rule.Report, v rule.Value[string], then func(name string)) {
	rule.When(r, v, func(name string) {
		if _, known := r.Runtime().Tenant(name); known || name == Shared {
			then(name)
		}
	})
}

// Stores hold tenants' data or the keys to it.
var Stores = regions.Each[[]string]{
	AWS: []string{
		aws.S3BucketV2, aws.KMSKey, aws.SecretsManagerSecret, aws.BackupVault, aws.DynamoDBTable,
		aws.EFSFileSystem, aws.RDSCluster, aws.RDSInstance,
	},
	GCP:   []string{gcp.StorageBucket, gcp.KMSCryptoKey},
	Azure: []string{azure.StorageStorageAccount, azure.KeyVaultVault, azure.KeyVaultKey},
}

// Runtime is the default runtime of an example with tenants in a shared cell, Silo
// that of a tenant alone.
var (
	Runtime = &rule.Runtime{
		Stack: "example", Jurisdiction: regions.EU, Environment: "prod", Home: "eu-central-1", Account: "111122223333",
		Tenants: []rule.Tenant{{Name: "acme", Isolation: "bridge"}, {Name: "brick", Isolation: "pool"}},
	}
	Silo = &rule.Runtime{
		Stack: "example-crown", Jurisdiction: regions.EU, Environment: "prod", Home: "eu-central-1", Account: "444455556666",
		Tenants: []rule.Tenant{{Name: "crown", Isolation: "silo"}},
	}
)

// Tagged writes the tenant of an example's resource on AWS or Azure.
func Tagged(tenant string, more rule.Props) rule.Props {
	props := rule.Props{"tags": rule.Props{"tenant": tenant}}
	for k, v := range more {
		props[k] = v
	}
	return props
}

// InAccount are the settings of an example's provider that builds in one account only.
func InAccount(id string) rule.Props { return rule.Props{"allowedAccountIds": []string{id}} }

// RefusesOthers is a statement, for examples, that denies a store to the tenants it
// does not belong to.
const RefusesOthers = `{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalTag/tenant":"acme"}}}`
