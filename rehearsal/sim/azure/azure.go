// Package azure is what the simulated Azure knows: one row per kind. Its accounts
// are subscriptions.
package azure

import (
	"slices"

	"tenant-runtime/regions"
	"tenant-runtime/rehearsal/sim"
	"tenant-runtime/rehearsal/sim/schema"
)

// Table returns all kinds of Azure.
func Table() sim.Table {
	return sim.Table{Package: "azure-native", Cloud: regions.Azure, Schema: schema.Azure(),
		Kinds: slices.Concat(authorizationKinds, insightsKinds, keyvaultKinds, resourcesKinds, storageKinds)}
}

// Kinds that many rows refer to.
const (
	group     = "azure-native:resources:ResourceGroup"
	vault     = "azure-native:keyvault:Vault"
	storage   = "azure-native:storage:StorageAccount"
	container = "azure-native:storage:BlobContainer"
	identity  = "azure-native:managedidentity:UserAssignedIdentity"
)

var (
	toGroup      = sim.To(group).Anywhere()
	toIdentity   = sim.To(identity).Anywhere()
	toAnything   = sim.To("*").Anywhere()
	subscription = `^/subscriptions/[0-9a-f-]{36}$`
)

// below is a resource in a resource group: its id, and the outputs and
// replacements that all of them have. What the row says itself stays.
func below(k sim.Kind, provider, path string) sim.Kind {
	k.ID = "/subscriptions/{account}/resourceGroups/{resourceGroupName}/providers/" + provider + "/" + path
	compute := sim.Props{"name": "{name}", "type": provider + "/" + typeOf(path)}
	for name, v := range k.Compute {
		compute[name] = v
	}
	k.Compute = compute
	k.Replace = append(k.Replace, "resourceGroupName")
	if k.Refs == nil {
		k.Refs = map[string]sim.Ref{}
	}
	k.Refs["resourceGroupName"] = toGroup
	return k
}

// typeOf drops the names from vaults/{vaultName}/keys/{name}.
func typeOf(path string) string {
	steps, kept := []byte(path), []byte{}
	for i, depth := 0, 0; i < len(steps); i++ {
		switch c := steps[i]; {
		case c == '{':
			depth++
			kept = kept[:len(kept)-1] // the slash before
		case c == '}':
			depth--
		case depth == 0:
			kept = append(kept, c)
		}
	}
	return string(kept)
}
