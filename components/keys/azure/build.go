// Package azure declares keys in Key Vault.
package azure

import (
	"fmt"
	"time"

	"github.com/pulumi/pulumi-azure-native-sdk/authorization/v2"
	"github.com/pulumi/pulumi-azure-native-sdk/keyvault/v2"
	"github.com/pulumi/pulumi-azure-native-sdk/managedidentity/v2"
	"github.com/pulumi/pulumi-azure-native-sdk/resources/v2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/component"
	"tenant-runtime/components/keys"
	"tenant-runtime/components/scope"
)

// encryptionUser is the built-in role Key Vault Crypto Service Encryption User:
// wrap, unwrap and read a key, nothing else (ENC-09).
const encryptionUser = "e147488a-f6f5-4113-8e2d-b22465e65bf6"

type builder struct {
	*component.Builder[keys.Args]

	group *resources.ResourceGroup
	users map[keys.Purpose]*managedidentity.UserAssignedIdentity
	vault *keyvault.Vault

	hardening []pulumi.Resource
}

// New declares the keys.
func New(ctx *pulumi.Context, name string, args keys.Args, opts ...pulumi.ResourceOption) (keys.Ref, error) {
	return component.New(ctx, keys.Type, name, args, opts, func(b *component.Builder[keys.Args]) (keys.Ref, error) {
		return (&builder{Builder: b, users: map[keys.Purpose]*managedidentity.UserAssignedIdentity{}}).build()
	})
}

func (b *builder) build() (made keys.Ref, err error) {
	groupName := b.Scope.Name("azure-native:resources:ResourceGroup", "keys")
	if b.group, err = resources.NewResourceGroup(b.Ctx, b.Name, &resources.ResourceGroupArgs{
		ResourceGroupName: pulumi.String(groupName),
		Location:          pulumi.String(b.Scope.Place.Region.ID),
		Tags:              b.Scope.Tags(groupName),
	}, b.Child()...); err != nil {
		return nil, err
	}
	for _, purpose := range b.Args.Purposes {
		if b.users[purpose], err = b.user(purpose); err != nil {
			return nil, err
		}
	}
	if b.vault, err = b.newVault(b.users[b.Args.Purposes[0]].TenantId); err != nil {
		return nil, err
	}
	if made, err = b.Args.Each(b.key); err != nil {
		return nil, err
	}
	// Last to be made and so first to go: under a lock no role assignment can be deleted.
	lock, err := authorization.NewManagementLockByScope(b.Ctx, b.Name, &authorization.ManagementLockByScopeArgs{
		Scope:    b.vault.ID(),
		LockName: pulumi.String(b.Scope.Name("azure-native:authorization:ManagementLockByScope", "keys")),
		Level:    pulumi.String("CanNotDelete"),
		Notes:    pulumi.String("Whoever deletes a key deletes what it encrypts."),
	}, b.Child(component.After(b.hardening...))...)
	if err != nil {
		return nil, err
	}
	for purpose, key := range made {
		key.ID, key.Azure.Name, key.Azure.Identity = scope.After(key.ID, lock), scope.After(key.Azure.Name, lock), scope.After(key.Azure.Identity, lock)
		made[purpose] = key
	}
	return made, nil
}

// user declares the identity as which a service uses one key.
func (b *builder) user(purpose keys.Purpose) (*managedidentity.UserAssignedIdentity, error) {
	user := b.Scope.Name("azure-native:managedidentity:UserAssignedIdentity", string(purpose))
	return managedidentity.NewUserAssignedIdentity(b.Ctx, b.Named(string(purpose)), &managedidentity.UserAssignedIdentityArgs{
		ResourceGroupName: b.group.Name,
		ResourceName:      pulumi.String(user),
		Location:          pulumi.String(b.Scope.Place.Region.ID),
		Tags:              b.Scope.Tags(user),
	}, b.Child()...)
}

// newVault declares the vault. Its directory is read from an identity that was
// just created, because nothing else knows it without a call.
func (b *builder) newVault(directory pulumi.StringOutput) (*keyvault.Vault, error) {
	vault := b.Scope.Name("azure-native:keyvault:Vault", "keys")
	return keyvault.NewVault(b.Ctx, b.Name, &keyvault.VaultArgs{
		ResourceGroupName: b.group.Name,
		VaultName:         pulumi.String(vault),
		Location:          pulumi.String(b.Scope.Place.Region.ID),
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
		Tags: b.Scope.Tags(vault),
	}, b.Child()...)
}

// key declares a key and who may use it. Vaults hold no AES keys: a service's
// AES-256 data keys are wrapped by this one (ENC-02). A change of the rotation here
// reaches new keys only, because the management API returns an existing key as it is.
func (b *builder) key(purpose keys.Purpose) (keys.Key, error) {
	physical := b.Scope.Name("azure-native:keyvault:Key", string(purpose))
	key, err := keyvault.NewKey(b.Ctx, b.Named(string(purpose)), &keyvault.KeyArgs{
		ResourceGroupName: b.group.Name,
		VaultName:         b.vault.Name,
		KeyName:           pulumi.String(physical),
		Properties: keyvault.KeyPropertiesArgs{
			Kty:     pulumi.String("RSA-HSM"),
			KeySize: pulumi.Int(4096),
			KeyOps:  pulumi.ToStringArray([]string{"wrapKey", "unwrapKey"}),
			RotationPolicy: keyvault.RotationPolicyArgs{
				LifetimeActions: keyvault.LifetimeActionArray{keyvault.LifetimeActionArgs{
					Action:  keyvault.ActionArgs{Type: keyvault.KeyRotationPolicyActionTypeRotate},
					Trigger: keyvault.TriggerArgs{TimeAfterCreate: pulumi.String(iso(keys.Rotation))},
				}},
				// An expired version still unwraps what it wrapped; it encrypts nothing new.
				Attributes: keyvault.KeyRotationPolicyAttributesArgs{ExpiryTime: pulumi.String(iso(2 * keys.Rotation))},
			},
		},
		Tags: b.Scope.Tags(physical),
	}, b.Child()...)
	if err != nil {
		return keys.Key{}, err
	}
	grant, err := b.grant(purpose, key)
	if err != nil {
		return keys.Key{}, err
	}
	b.hardening = append(b.hardening, key, grant)
	return keys.Key{
		ID: key.KeyUri, // without version: a rotated key is found by the same URI
		Azure: &keys.AzureKey{
			VaultURI: b.vault.Properties.VaultUri(),
			Name:     key.Name,
			Identity: b.users[purpose].ID().ToStringOutput(),
		},
	}, nil
}

// grant lets the identity use the key: on the key and not on the vault. The
// name, a UUID, is left to the provider, because a fixed one collides with the
// assignment that a deleted identity leaves behind.
func (b *builder) grant(purpose keys.Purpose, key *keyvault.Key) (*authorization.RoleAssignment, error) {
	return authorization.NewRoleAssignment(b.Ctx, b.Named(string(purpose)), &authorization.RoleAssignmentArgs{
		Scope:            key.ID(),
		RoleDefinitionId: pulumi.String(fmt.Sprintf("/subscriptions/%s/providers/Microsoft.Authorization/roleDefinitions/%s", b.Scope.Account, encryptionUser)),
		PrincipalId:      b.users[purpose].PrincipalId,
		PrincipalType:    pulumi.String("ServicePrincipal"), // or the new identity is looked up before the directory knows it
	}, b.Child()...)
}

func iso(d time.Duration) string { return fmt.Sprintf("P%dD", keys.Days(d)) }
