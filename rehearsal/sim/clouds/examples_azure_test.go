package clouds_test

import "tenant-runtime/rehearsal/sim"

var azureExamples = []example{
	{"azure-native:resources:ResourceGroup", "group", sim.Props{"resourceGroupName": "group"}},
	{"azure-native:managedidentity:UserAssignedIdentity", "identity", sim.Props{"resourceName": "identity", "resourceGroupName": "group"}},
	{"azure-native:keyvault:Vault", "vault", sim.Props{"vaultName": "example-vault", "resourceGroupName": "group",
		"properties": sim.Props{"tenantId": "00000000-0000-0000-0000-000000000002", "sku": sim.Props{"family": "A", "name": "premium"}}}},
	{"azure-native:keyvault:Key", "vaultkey", sim.Props{"keyName": "key", "vaultName": "example-vault", "resourceGroupName": "group",
		"properties": sim.Props{"kty": "RSA-HSM", "keySize": 3072}}},
	{"azure-native:storage:StorageAccount", "storage", sim.Props{"accountName": "examplestorage", "resourceGroupName": "group", "kind": "StorageV2",
		"sku":      sim.Props{"name": "Standard_ZRS"},
		"identity": sim.Props{"type": "UserAssigned", "userAssignedIdentities": []any{"@identity"}},
		"encryption": sim.Props{"keySource": "Microsoft.Keyvault", "encryptionIdentity": sim.Props{"encryptionUserAssignedIdentity": "@identity"},
			"keyVaultProperties": sim.Props{"keyName": "key", "keyVaultUri": "@vault.properties.vaultUri"}}}},
	{"azure-native:storage:BlobContainer", "container", sim.Props{"containerName": "files", "accountName": "examplestorage", "resourceGroupName": "group"}},
	{"azure-native:storage:BlobContainerImmutabilityPolicy", "immutability", sim.Props{"immutabilityPolicyName": "default", "containerName": "files",
		"accountName": "examplestorage", "resourceGroupName": "group", "immutabilityPeriodSinceCreationInDays": 30}},
	{"azure-native:storage:BlobServiceProperties", "blobs", sim.Props{"blobServicesName": "default", "accountName": "examplestorage", "resourceGroupName": "group"}},
	{"azure-native:storage:ManagementPolicy", "management", sim.Props{"managementPolicyName": "default", "accountName": "examplestorage", "resourceGroupName": "group",
		"policy": sim.Props{"rules": []any{sim.Props{"name": "end", "type": "Lifecycle", "definition": sim.Props{"actions": sim.Props{}}}}}}},
	{"azure-native:authorization:RoleAssignment", "assignment", sim.Props{"scope": "@vault", "principalId": "@identity.principalId", "principalType": "ServicePrincipal",
		"roleAssignmentName": "00000000-0000-0000-0000-000000000003", "roleDefinitionId": "/providers/Microsoft.Authorization/roleDefinitions/x"}},
	{"azure-native:insights:DiagnosticSetting", "diagnostics", sim.Props{"name": "audit", "resourceUri": "@vault", "storageAccountId": "@storage"}},
	{"azure-native:authorization:ManagementLockByScope", "azurelock", sim.Props{"lockName": "keep", "scope": "@vault", "level": "CanNotDelete"}},
}
