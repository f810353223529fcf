package keys

import (
	"fmt"

	"github.com/pulumi/pulumi-azure-native-sdk/authorization/v2"
	"github.com/pulumi/pulumi-azure-native-sdk/keyvault/v2"
	"github.com/pulumi/pulumi-azure-native-sdk/managedidentity/v2"
	"github.com/pulumi/pulumi-azure-native-sdk/resources/v2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/scope"
)

// Azure is what only Azure's other files need: a consumer names a key by vault
// and name, and uses it as an identity.
type Azure struct {
	VaultURI   pulumi.StringOutput
	Names      map[Purpose]pulumi.StringOutput // each resolves only after the key is fully hardened
	Identities map[Purpose]pulumi.StringOutput // resource IDs; likewise
}

// encryptionUser is the built-in role Key Vault Crypto Service Encryption User:
// wrap, unwrap and read a key, nothing else (ENC-09).
const encryptionUser = "e147488a-f6f5-4113-8e2d-b22465e65bf6"

func buildAzure(ctx *pulumi.Context, name string, args Args, k *Keys) error {
	s := args.Scope
	groupName := s.Name("azure-native:resources:ResourceGroup", "keys")
	group, err := resources.NewResourceGroup(ctx, name, &resources.ResourceGroupArgs{
		ResourceGroupName: pulumi.String(groupName),
		Location:          pulumi.String(s.Home.Region.ID),
		Tags:              s.Tags(groupName),
	}, s.Child(k)...)
	if err != nil {
		return err
	}
	users := map[Purpose]*managedidentity.UserAssignedIdentity{}
	for _, purpose := range args.Purposes {
		users[purpose], err = newUser(ctx, name+"-"+string(purpose), s, purpose, group, k)
		if err != nil {
			return err
		}
	}
	vault, err := newVault(ctx, name, s, group, users[args.Purposes[0]].TenantId, k)
	if err != nil {
		return err
	}
	k.Azure = &Azure{
		VaultURI:   vault.Properties.VaultUri(),
		Names:      map[Purpose]pulumi.StringOutput{},
		Identities: map[Purpose]pulumi.StringOutput{},
	}
	hardening := []pulumi.Resource{}
	keys := map[Purpose]*keyvault.Key{}
	for _, purpose := range args.Purposes {
		child := name + "-" + string(purpose)
		keys[purpose], err = newKey(ctx, child, s, purpose, group, vault, k)
		if err != nil {
			return err
		}
		grant, err := newGrant(ctx, child, s, keys[purpose], users[purpose], k)
		if err != nil {
			return err
		}
		hardening = append(hardening, keys[purpose], grant)
	}
	// Last to be made and so first to go: under a lock no role assignment can be deleted.
	lock, err := authorization.NewManagementLockByScope(ctx, name, &authorization.ManagementLockByScopeArgs{
		Scope:    vault.ID(),
		LockName: pulumi.String(s.Name("azure-native:authorization:ManagementLockByScope", "keys")),
		Level:    pulumi.String("CanNotDelete"),
		Notes:    pulumi.String("Whoever deletes a key deletes what it seals."),
	}, s.Child(k, pulumi.DependsOn(hardening))...)
	if err != nil {
		return err
	}
	for _, purpose := range args.Purposes {
		k.IDs[purpose] = scope.After(keys[purpose].KeyUri, lock) // without version: a rotated key is found by the same URI
		k.Azure.Names[purpose] = scope.After(keys[purpose].Name, lock)
		k.Azure.Identities[purpose] = scope.After(users[purpose].ID().ToStringOutput(), lock)
	}
	return nil
}

// newUser declares the identity as which a service uses one key.
func newUser(ctx *pulumi.Context, name string, s scope.Scope, purpose Purpose, group *resources.ResourceGroup, k *Keys) (*managedidentity.UserAssignedIdentity, error) {
	user := s.Name("azure-native:managedidentity:UserAssignedIdentity", string(purpose))
	return managedidentity.NewUserAssignedIdentity(ctx, name, &managedidentity.UserAssignedIdentityArgs{
		ResourceGroupName: group.Name,
		ResourceName:      pulumi.String(user),
		Location:          pulumi.String(s.Home.Region.ID),
		Tags:              s.Tags(user),
	}, s.Child(k)...)
}

// newVault declares the vault. Its directory is read from an identity that was
// just created, because nothing else knows it without a call.
func newVault(ctx *pulumi.Context, name string, s scope.Scope, group *resources.ResourceGroup, directory pulumi.StringOutput, k *Keys) (*keyvault.Vault, error) {
	vault := s.Name("azure-native:keyvault:Vault", "keys")
	return keyvault.NewVault(ctx, name, &keyvault.VaultArgs{
		ResourceGroupName: group.Name,
		VaultName:         pulumi.String(vault),
		Location:          pulumi.String(s.Home.Region.ID),
		Properties: keyvault.VaultPropertiesArgs{
			TenantId:                  directory,
			Sku:                       keyvault.SkuArgs{Family: pulumi.String("A"), Name: keyvault.SkuNamePremium}, // keys in hardware
			EnableRbacAuthorization:   pulumi.Bool(true),
			EnableSoftDelete:          pulumi.Bool(true),
			SoftDeleteRetentionInDays: pulumi.Int(90), // fixed at creation; 30 would do for ENC-08
			EnablePurgeProtection:     pulumi.Bool(true),
			PublicNetworkAccess:       pulumi.String("Disabled"),
			// Storage and SQL fetch keys from the platform's side, which is what the bypass is for.
			NetworkAcls: keyvault.NetworkRuleSetArgs{DefaultAction: pulumi.String("Deny"), Bypass: pulumi.String("AzureServices")},
		},
		Tags: s.Tags(vault),
	}, s.Child(k)...)
}

// newKey declares a key. Vaults hold no AES keys: a service's AES-256 data keys
// are wrapped by this one (ENC-02). A change of the rotation here reaches new keys
// only, because the management API returns an existing key as it is.
func newKey(ctx *pulumi.Context, name string, s scope.Scope, purpose Purpose, group *resources.ResourceGroup, vault *keyvault.Vault, k *Keys) (*keyvault.Key, error) {
	key := s.Name("azure-native:keyvault:Key", string(purpose))
	return keyvault.NewKey(ctx, name, &keyvault.KeyArgs{
		ResourceGroupName: group.Name,
		VaultName:         vault.Name,
		KeyName:           pulumi.String(key),
		Properties: keyvault.KeyPropertiesArgs{
			Kty:     pulumi.String("RSA-HSM"),
			KeySize: pulumi.Int(4096),
			KeyOps:  pulumi.ToStringArray([]string{"wrapKey", "unwrapKey"}),
			RotationPolicy: keyvault.RotationPolicyArgs{
				LifetimeActions: keyvault.LifetimeActionArray{keyvault.LifetimeActionArgs{
					Action:  keyvault.ActionArgs{Type: keyvault.KeyRotationPolicyActionTypeRotate},
					Trigger: keyvault.TriggerArgs{TimeAfterCreate: pulumi.String(iso(rotation))},
				}},
				// An expired version still unwraps what it wrapped; it seals nothing new.
				Attributes: keyvault.KeyRotationPolicyAttributesArgs{ExpiryTime: pulumi.String(iso(2 * rotation))},
			},
		},
		Tags: s.Tags(key),
	}, s.Child(k)...)
}

// newGrant lets the identity use the key: on the key and not on the vault. The
// name, a UUID, is left to the provider, because a fixed one collides with the
// assignment that a deleted identity leaves behind.
func newGrant(ctx *pulumi.Context, name string, s scope.Scope, key *keyvault.Key, user *managedidentity.UserAssignedIdentity, k *Keys) (*authorization.RoleAssignment, error) {
	return authorization.NewRoleAssignment(ctx, name, &authorization.RoleAssignmentArgs{
		Scope:            key.ID(),
		RoleDefinitionId: pulumi.String(fmt.Sprintf("/subscriptions/%s/providers/Microsoft.Authorization/roleDefinitions/%s", s.Account, encryptionUser)),
		PrincipalId:      user.PrincipalId,
		PrincipalType:    pulumi.String("ServicePrincipal"), // or the new identity is looked up before the directory knows it
	}, s.Child(k)...)
}
