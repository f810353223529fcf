package azure

import "tenant-runtime/rehearsal/sim"

// child is a part of a storage account.
func child(k sim.Kind, path string) sim.Kind {
	k.At = "accountName"
	k.Replace = append(k.Replace, "accountName")
	if k.Refs == nil {
		k.Refs = map[string]sim.Ref{}
	}
	k.Refs["accountName"] = sim.To(storage)
	k.Takes = sim.Creates(0.02, 0.05, 0.2).Deletes(0.02, 0.05, 0.7)
	k.Source = source
	return below(k, "Microsoft.Storage", "storageAccounts/{accountName}/"+path)
}

var storageKinds = []sim.Kind{
	child(sim.Kind{
		Type:    container,
		Name:    sim.Name{In: "containerName", Unique: "{accountName}/{name}", Max: 63, Pattern: `^[a-z0-9]([a-z0-9-]*[a-z0-9])?$`, Taken: "409 ContainerAlreadyExists"},
		Replace: []string{"containerName", "defaultEncryptionScope"},
	}, "blobServices/default/containers/{name}"),
	child(sim.Kind{
		// Made unlocked; locking it is an action that no resource performs.
		Type:    "azure-native:storage:BlobContainerImmutabilityPolicy",
		Name:    sim.Name{In: "immutabilityPolicyName"},
		Compute: sim.Props{"state": "Unlocked"},
		Replace: []string{"containerName", "immutabilityPolicyName"},
		Refs:    map[string]sim.Ref{"containerName": sim.To(container)},
	}, "blobServices/default/containers/{containerName}/immutabilityPolicies/{name}"),
	child(sim.Kind{
		Type:    "azure-native:storage:BlobServiceProperties",
		Name:    sim.Name{In: "blobServicesName"},
		Replace: []string{"blobServicesName"},
	}, "blobServices/{name}"),
	child(sim.Kind{
		Type:    "azure-native:storage:ManagementPolicy",
		Name:    sim.Name{In: "managementPolicyName"},
		Replace: []string{"managementPolicyName"},
	}, "managementPolicies/{name}"),
	below(sim.Kind{
		Type: storage, At: "location",
		Name: sim.Name{In: "accountName", Unique: sim.InWorld, Max: 24, Pattern: `^[a-z0-9]{3,24}$`, Taken: "StorageAccountAlreadyTaken"},
		Compute: sim.Props{
			"primaryEndpoints":  sim.Props{"blob": "https://{name}.blob.core.windows.net/", "dfs": "https://{name}.dfs.core.windows.net/"},
			"primaryLocation":   "{location}",
			"provisioningState": "Succeeded",
		},
		// Its services exist as soon as it does.
		Handles: []string{"{id}/blobServices/default", "{id}/fileServices/default", "{id}/queueServices/default", "{id}/tableServices/default"},
		Replace: []string{"accountName", "dnsEndpointType", "enableNfsV3", "immutableStorageWithVersioning", "isHnsEnabled", "location"},
		Refs: map[string]sim.Ref{
			"identity.userAssignedIdentities[*]":                           toIdentity,
			"encryption.encryptionIdentity.encryptionUserAssignedIdentity": toIdentity,
			"encryption.keyVaultProperties.keyVaultUri":                    sim.To(vault).Anywhere(),
		},
		Guard:  []sim.Guard{{While: "immutableStorageWithVersioning.enabled", HoldsData: true, Error: "AccountProtectedFromDeletion: immutable blobs have not expired"}},
		Takes:  sim.Creates(0.3, 0.5, 2).Deletes(0.05, 0.2, 2),
		Ends:   sim.Ending{As: sim.Unnamed, Days: 14}, // taking the name ends the chance of recovery
		Source: "Recover a deleted storage account 2022-06, naming rules 2020-02, terraform-provider-azurerm 2026-08; durations estimated",
	}, "Microsoft.Storage", "storageAccounts/{name}"),
}
