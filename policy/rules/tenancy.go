package rules

import (
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// shared is the tenant of what several tenants use.
const shared = "shared"

// owned says whom a resource belongs to: a tag on AWS and Azure, a label on GCP.
type owned struct {
	*rule.Resource
	Tag   rule.Value[string] `prop:"tags.tenant"`
	Label rule.Value[string] `prop:"labels.tenant"`
}

func (o owned) tenant() rule.Value[string] {
	if cloud, _ := o.Cloud(); cloud == regions.GCP {
		return o.Label
	}
	return o.Tag
}

// ofTenant runs a check with a tenant's name once it is known; a name that the
// stack does not have is TEN-01's.
func ofTenant(r *rule.Report, v rule.Value[string], then func(name string)) {
	rule.When(r, v, func(name string) {
		if _, known := r.Runtime().Tenant(name); known || name == shared {
			then(name)
		}
	})
}

// stores hold tenants' data or the keys to it.
var stores = regions.Each[[]string]{
	AWS: []string{
		bucketOnAWS, keyOnAWS, secretOnAWS, "aws:backup/vault:Vault", "aws:dynamodb/table:Table",
		"aws:efs/fileSystem:FileSystem", "aws:rds/cluster:Cluster", "aws:rds/instance:Instance",
	},
	GCP:   []string{bucketOnGCP, keyOnGCP},
	Azure: []string{accountOnAzure, vaultOnAzure, keyOnAzure},
}

// tenants is the default runtime of an example with a tenant of every isolation.
var tenants = &rule.Runtime{
	Stack: "example", Jurisdiction: regions.EU, Environment: "prod", Home: "eu-central-1", Account: "111122223333",
	Tenants: []rule.Tenant{{Name: "acme", Isolation: "bridge"}, {Name: "brick", Isolation: "pool"}, {Name: "crown", Isolation: "silo", Account: "444455556666"}},
}

// tagged writes the tenant of an example's resource on AWS or Azure.
func tagged(tenant string, more rule.Props) rule.Props {
	props := rule.Props{"tags": rule.Props{"tenant": tenant}}
	for k, v := range more {
		props[k] = v
	}
	return props
}
