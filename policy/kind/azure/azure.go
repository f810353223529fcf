// Package azure names the kinds of resources on Azure that rules look at, by the
// module and the type as pulumi-azure-native spells them. They carry no API
// version; the runner takes it out of what the engine sends.
package azure

// The kinds, sorted.
const (
	AuthorizationManagementLockByScope  = "azure-native:authorization:ManagementLockByScope"
	AuthorizationRoleAssignment         = "azure-native:authorization:RoleAssignment"
	InsightsDiagnosticSetting           = "azure-native:insights:DiagnosticSetting"
	KeyVaultKey                         = "azure-native:keyvault:Key"
	KeyVaultVault                       = "azure-native:keyvault:Vault"
	ManagedIdentityUserAssignedIdentity = "azure-native:managedidentity:UserAssignedIdentity"
	ResourcesResourceGroup              = "azure-native:resources:ResourceGroup"
	StorageBlobContainer                = "azure-native:storage:BlobContainer"
	StorageBlobServiceProperties        = "azure-native:storage:BlobServiceProperties"
	StorageManagementPolicy             = "azure-native:storage:ManagementPolicy"
	StorageStorageAccount               = "azure-native:storage:StorageAccount"
)
