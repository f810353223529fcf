// Package azure declares stores in Azure Storage.
package azure

import (
	"fmt"

	"github.com/pulumi/pulumi-azure-native-sdk/authorization/v2"
	"github.com/pulumi/pulumi-azure-native-sdk/insights/v2"
	"github.com/pulumi/pulumi-azure-native-sdk/resources/v2"
	azurestorage "github.com/pulumi/pulumi-azure-native-sdk/storage/v2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/component"
	"tenant-runtime/components/scope"
	"tenant-runtime/components/storage"
	"tenant-runtime/regions"
)

// restorable is how many days a container can be turned back (BAK-02).
const restorable = 30

type builder struct {
	*component.Builder[storage.Args]

	sku   string
	group pulumi.StringOutput
}

// New declares the stores.
func New(ctx *pulumi.Context, name string, args storage.Args, opts ...pulumi.ResourceOption) (storage.Ref, error) {
	return component.New(ctx, storage.Type, name, args, opts, func(b *component.Builder[storage.Args]) (storage.Ref, error) {
		return (&builder{Builder: b}).build()
	})
}

func (b *builder) build() (storage.Ref, error) {
	sku, err := redundancy(b.Scope.Place.Region)
	if err != nil {
		return nil, err
	}
	groupName := b.Scope.Name("azure-native:resources:ResourceGroup", "storage")
	group, err := resources.NewResourceGroup(b.Ctx, b.Name, &resources.ResourceGroupArgs{
		ResourceGroupName: pulumi.String(groupName),
		Location:          pulumi.String(b.Scope.Place.Region.ID),
		Tags:              b.Scope.Tags(groupName),
	}, b.Child()...)
	if err != nil {
		return nil, err
	}
	b.sku, b.group = sku, group.Name
	return b.Args.Each(b.store)
}

// store declares an account and its settings in order. The lock is the last to be
// made and so the first to go: nothing below it can be deleted while it stands.
func (b *builder) store(p storage.Plan) (storage.Store, error) {
	account, err := b.account(p)
	if err != nil {
		return storage.Store{}, err
	}
	last, err := storage.Declare(p, account,
		b.blobService, b.container, b.lock, b.lifecycle, b.accessLog, b.managementLock)
	if err != nil {
		return storage.Store{}, err
	}
	return storage.Store{Name: scope.After(account.Name, last), ID: scope.After(account.ID().ToStringOutput(), last)}, nil
}

// redundancy chooses three availability zones, and the pair besides where it is under the same
// law (RES-03). One building is not durable storage (DAT-01).
func redundancy(home regions.Region) (string, error) {
	if len(home.Zones) == 0 {
		return "", fmt.Errorf("home region %s has no availability zones, so files would lie in one building (LRS); choose one with zones, such as %s", home.ID, home.Pair)
	}
	if pair, ok := regions.Lookup(home.Pair); ok && pair.Jurisdiction == home.Jurisdiction {
		return "Standard_GZRS", nil
	}
	return "Standard_ZRS", nil
}

// account declares a storage account. Without its lock, restore days and key an
// account is not comparable to a bucket, so a purpose has an account and not just
// a container.
func (b *builder) account(p storage.Plan) (*azurestorage.StorageAccount, error) {
	name := p.Scope.Name("azure-native:storage:StorageAccount", string(p.Purpose))
	key := p.Key.Azure
	return azurestorage.NewStorageAccount(b.Ctx, b.Named(string(p.Purpose)), &azurestorage.StorageAccountArgs{
		AccountName:       pulumi.String(name),
		ResourceGroupName: b.group,
		Location:          pulumi.String(p.Scope.Place.Region.ID),
		Kind:              pulumi.String("StorageV2"),
		Sku:               azurestorage.SkuArgs{Name: pulumi.String(b.sku)},

		Identity: azurestorage.IdentityArgs{Type: pulumi.String("UserAssigned"), UserAssignedIdentities: pulumi.StringArray{key.Identity}},
		Encryption: azurestorage.EncryptionArgs{
			KeySource: pulumi.String("Microsoft.Keyvault"),
			// Without a version, so that the account follows the rotation (ENC-07).
			KeyVaultProperties:              azurestorage.KeyVaultPropertiesArgs{KeyVaultUri: key.VaultURI, KeyName: key.Name},
			EncryptionIdentity:              azurestorage.EncryptionIdentityArgs{EncryptionUserAssignedIdentity: key.Identity},
			RequireInfrastructureEncryption: pulumi.Bool(true),
		},

		PublicNetworkAccess: pulumi.String("Disabled"),
		// The bypass is for Azure Monitor, which delivers access logs.
		NetworkRuleSet:               azurestorage.NetworkRuleSetArgs{DefaultAction: azurestorage.DefaultActionDeny, Bypass: pulumi.String("AzureServices")},
		AllowBlobPublicAccess:        pulumi.Bool(false),
		AllowSharedKeyAccess:         pulumi.Bool(false),
		DefaultToOAuthAuthentication: pulumi.Bool(true),
		AllowCrossTenantReplication:  pulumi.Bool(false),
		AllowedCopyScope:             pulumi.String("AAD"),
		IsLocalUserEnabled:           pulumi.Bool(false),
		IsSftpEnabled:                pulumi.Bool(false),
		EnableHttpsTrafficOnly:       pulumi.Bool(true),
		MinimumTlsVersion:            pulumi.String("TLS1_2"),
		// Should shared keys ever come back, they end.
		KeyPolicy: azurestorage.KeyPolicyArgs{KeyExpirationPeriodInDays: pulumi.Int(90)},
		SasPolicy: azurestorage.SasPolicyArgs{ExpirationAction: pulumi.String("Log"), SasExpirationPeriod: pulumi.String("0.01:00:00")},
		Tags:      p.Scope.Tags(name),
	}, b.Child()...)
}

// blobService keeps what was deleted. A version ends by the age of what it holds,
// not by the time since it was replaced: of an old file the last version goes at
// once, and only soft delete brings it back. Both together end within 120 days.
func (b *builder) blobService(p storage.Plan, a *azurestorage.StorageAccount, after pulumi.ResourceOption) (pulumi.Resource, error) {
	days := pulumi.Int(max(p.Undo, restorable+1)) // a restore needs a day more than it goes back
	undo := azurestorage.DeleteRetentionPolicyArgs{Enabled: pulumi.Bool(true), Days: days}
	args := &azurestorage.BlobServicePropertiesArgs{
		AccountName:                    a.Name,
		ResourceGroupName:              b.group,
		BlobServicesName:               pulumi.String("default"),
		IsVersioningEnabled:            pulumi.Bool(true),
		ChangeFeed:                     azurestorage.ChangeFeedArgs{Enabled: pulumi.Bool(true), RetentionInDays: days},
		DeleteRetentionPolicy:          undo,
		ContainerDeleteRetentionPolicy: undo,
	}
	if p.Lock == 0 { // what is locked cannot be turned back
		args.RestorePolicy = azurestorage.RestorePolicyPropertiesArgs{Enabled: pulumi.Bool(true), Days: pulumi.Int(restorable)}
	}
	return azurestorage.NewBlobServiceProperties(b.Ctx, b.Named(string(p.Purpose)), args, b.Child(after)...)
}

func (b *builder) container(p storage.Plan, a *azurestorage.StorageAccount, after pulumi.ResourceOption) (pulumi.Resource, error) {
	return azurestorage.NewBlobContainer(b.Ctx, b.Named(string(p.Purpose)), &azurestorage.BlobContainerArgs{
		AccountName:       a.Name,
		ResourceGroupName: b.group,
		ContainerName:     pulumi.String(p.Purpose),
		PublicAccess:      azurestorage.PublicAccessNone,
	}, b.Child(after)...)
}

// lock can be declared but not locked: a policy is born unlocked, and
// locking it is an action that no resource performs. Until the runbook has done it
// (`az storage container immutability-policy lock`) an administrator can lift it.
func (b *builder) lock(p storage.Plan, a *azurestorage.StorageAccount, after pulumi.ResourceOption) (pulumi.Resource, error) {
	if p.Lock == 0 {
		return nil, nil
	}
	return azurestorage.NewBlobContainerImmutabilityPolicy(b.Ctx, b.Named(string(p.Purpose)), &azurestorage.BlobContainerImmutabilityPolicyArgs{
		AccountName:                           a.Name,
		ResourceGroupName:                     b.group,
		ContainerName:                         pulumi.String(p.Purpose),
		ImmutabilityPolicyName:                pulumi.String("default"),
		ImmutabilityPeriodSinceCreationInDays: pulumi.Int(p.Lock),
	}, b.Child(after)...)
}

func (b *builder) lifecycle(p storage.Plan, a *azurestorage.StorageAccount, after pulumi.ResourceOption) (pulumi.Resource, error) {
	older := func(days int) azurestorage.DateAfterCreationArgs {
		return azurestorage.DateAfterCreationArgs{DaysAfterCreationGreaterThan: pulumi.Float64(days)}
	}
	actions := azurestorage.ManagementPolicyActionArgs{
		Version:  azurestorage.ManagementPolicyVersionArgs{Delete: older(restorable)},
		Snapshot: azurestorage.ManagementPolicySnapShotArgs{Delete: older(restorable)},
	}
	if p.Keep > 0 {
		actions.BaseBlob = azurestorage.ManagementPolicyBaseBlobArgs{Delete: azurestorage.DateAfterModificationArgs{DaysAfterCreationGreaterThan: pulumi.Float64(p.Keep)}}
	}
	return azurestorage.NewManagementPolicy(b.Ctx, b.Named(string(p.Purpose)), &azurestorage.ManagementPolicyArgs{
		AccountName:          a.Name,
		ResourceGroupName:    b.group,
		ManagementPolicyName: pulumi.String("default"),
		Policy: azurestorage.ManagementPolicySchemaArgs{Rules: azurestorage.ManagementPolicyRuleArray{azurestorage.ManagementPolicyRuleArgs{
			Name:    pulumi.String("end"),
			Type:    pulumi.String("Lifecycle"),
			Enabled: pulumi.Bool(true),
			Definition: azurestorage.ManagementPolicyDefinitionArgs{
				Actions: actions,
				Filters: azurestorage.ManagementPolicyFilterArgs{BlobTypes: pulumi.ToStringArray([]string{"blockBlob", "appendBlob"})},
			},
		}}},
	}, b.Child(after)...)
}

func (b *builder) accessLog(p storage.Plan, a *azurestorage.StorageAccount, after pulumi.ResourceOption) (pulumi.Resource, error) {
	if p.Logs == nil {
		return nil, nil
	}
	logs := insights.LogSettingsArray{}
	for _, category := range []string{"StorageRead", "StorageWrite", "StorageDelete"} {
		logs = append(logs, insights.LogSettingsArgs{Category: pulumi.String(category), Enabled: pulumi.Bool(true)})
	}
	return insights.NewDiagnosticSetting(b.Ctx, b.Named(string(p.Purpose)), &insights.DiagnosticSettingArgs{
		Name:             pulumi.String(p.Scope.Name("azure-native:insights:DiagnosticSetting", string(p.Purpose))),
		ResourceUri:      pulumi.Sprintf("%s/blobServices/default", a.ID()),
		StorageAccountId: p.Logs.ID,
		Logs:             logs,
	}, b.Child(after)...)
}

func (b *builder) managementLock(p storage.Plan, a *azurestorage.StorageAccount, after pulumi.ResourceOption) (pulumi.Resource, error) {
	return authorization.NewManagementLockByScope(b.Ctx, b.Named(string(p.Purpose)), &authorization.ManagementLockByScopeArgs{
		Scope:    a.ID(),
		LockName: pulumi.String(p.Scope.Name("azure-native:authorization:ManagementLockByScope", string(p.Purpose))),
		Level:    pulumi.String("CanNotDelete"),
		Notes:    pulumi.String("Deleting the account deletes everything in it."),
	}, b.Child(after)...)
}
