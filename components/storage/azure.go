package storage

import (
	"fmt"

	"github.com/pulumi/pulumi-azure-native-sdk/authorization/v2"
	"github.com/pulumi/pulumi-azure-native-sdk/insights/v2"
	"github.com/pulumi/pulumi-azure-native-sdk/resources/v2"
	"github.com/pulumi/pulumi-azure-native-sdk/storage/v2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/keys"
	"tenant-runtime/components/scope"
	"tenant-runtime/regions"
)

// Azure is what only Azure's other files need.
type Azure struct {
	IDs map[Purpose]pulumi.StringOutput // of the accounts; each resolves only after its account is closed
}

// restorable is how many days a container can be turned back (BAK-02).
const restorable = 30

// account is what the parts of a store belong to.
type account struct {
	*storage.StorageAccount
	group pulumi.StringOutput
}

// azureParts in order. The lock is the last to be made and so the first to go:
// nothing below it can be deleted while it stands.
var azureParts = []part[account]{blobService, container, immutability, managementPolicy, diagnostics, managementLock}

func buildAzure(ctx *pulumi.Context, name string, args Args, st *Storage) error {
	sku, err := redundancy(args.Scope.Home.Region)
	if err != nil {
		return err
	}
	groupName := args.Scope.Name("azure-native:resources:ResourceGroup", "storage")
	group, err := resources.NewResourceGroup(ctx, name, &resources.ResourceGroupArgs{
		ResourceGroupName: pulumi.String(groupName),
		Location:          pulumi.String(args.Scope.Home.Region.ID),
		Tags:              args.Scope.Tags(groupName),
	}, args.Scope.Child(st)...)
	if err != nil {
		return err
	}
	st.Azure = &Azure{IDs: map[Purpose]pulumi.StringOutput{}}
	for _, purpose := range args.ordered() {
		s := args.store(name, purpose, st)
		// Without its lock, restore days and key an account is not comparable to a
		// bucket, so a purpose has an account and not just a container.
		made, err := newAccount(ctx, st, s, sku, group.Name, args.Keys.Azure)
		if err != nil {
			return err
		}
		last, err := declare(ctx, st, s, account{made, group.Name}, made, azureParts)
		if err != nil {
			return err
		}
		st.Names[purpose] = scope.After(made.Name, last)
		st.Azure.IDs[purpose] = scope.After(made.ID().ToStringOutput(), last)
	}
	return nil
}

// redundancy chooses three zones, and the pair besides where it is under the same
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

func newAccount(ctx *pulumi.Context, st *Storage, s store, sku string, group pulumi.StringOutput, sealing *keys.Azure) (*storage.StorageAccount, error) {
	name := s.scope.Name("azure-native:storage:StorageAccount", string(s.purpose))
	user := sealing.Identities[s.content.key]
	return storage.NewStorageAccount(ctx, s.child, &storage.StorageAccountArgs{
		AccountName:       pulumi.String(name),
		ResourceGroupName: group,
		Location:          pulumi.String(s.scope.Home.Region.ID),
		Kind:              pulumi.String("StorageV2"),
		Sku:               storage.SkuArgs{Name: pulumi.String(sku)},

		Identity: storage.IdentityArgs{Type: pulumi.String("UserAssigned"), UserAssignedIdentities: pulumi.StringArray{user}},
		Encryption: storage.EncryptionArgs{
			KeySource: pulumi.String("Microsoft.Keyvault"),
			// Without a version, so that the account follows the rotation (ENC-07).
			KeyVaultProperties:              storage.KeyVaultPropertiesArgs{KeyVaultUri: sealing.VaultURI, KeyName: sealing.Names[s.content.key]},
			EncryptionIdentity:              storage.EncryptionIdentityArgs{EncryptionUserAssignedIdentity: user},
			RequireInfrastructureEncryption: pulumi.Bool(true),
		},

		PublicNetworkAccess: pulumi.String("Disabled"),
		// The bypass is for Azure Monitor, which delivers access logs.
		NetworkRuleSet:               storage.NetworkRuleSetArgs{DefaultAction: storage.DefaultActionDeny, Bypass: pulumi.String("AzureServices")},
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
		KeyPolicy: storage.KeyPolicyArgs{KeyExpirationPeriodInDays: pulumi.Int(90)},
		SasPolicy: storage.SasPolicyArgs{ExpirationAction: pulumi.String("Log"), SasExpirationPeriod: pulumi.String("0.01:00:00")},
		Tags:      s.scope.Tags(name),
	}, s.scope.Child(st)...)
}

// blobService keeps what was deleted. A version ends by the age of what it holds,
// not by the time since it was replaced: of an old file the last version goes at
// once, and only soft delete brings it back. Both together end within 120 days.
func blobService(ctx *pulumi.Context, s store, a account, opts []pulumi.ResourceOption) (pulumi.Resource, error) {
	days := pulumi.Int(max(s.undo, restorable+1)) // a restore needs a day more than it goes back
	undo := storage.DeleteRetentionPolicyArgs{Enabled: pulumi.Bool(true), Days: days}
	args := &storage.BlobServicePropertiesArgs{
		AccountName:                    a.Name,
		ResourceGroupName:              a.group,
		BlobServicesName:               pulumi.String("default"),
		IsVersioningEnabled:            pulumi.Bool(true),
		ChangeFeed:                     storage.ChangeFeedArgs{Enabled: pulumi.Bool(true), RetentionInDays: days},
		DeleteRetentionPolicy:          undo,
		ContainerDeleteRetentionPolicy: undo,
	}
	if s.lock == 0 { // what is locked cannot be turned back
		args.RestorePolicy = storage.RestorePolicyPropertiesArgs{Enabled: pulumi.Bool(true), Days: pulumi.Int(restorable)}
	}
	return storage.NewBlobServiceProperties(ctx, s.child, args, opts...)
}

func container(ctx *pulumi.Context, s store, a account, opts []pulumi.ResourceOption) (pulumi.Resource, error) {
	return storage.NewBlobContainer(ctx, s.child, &storage.BlobContainerArgs{
		AccountName:       a.Name,
		ResourceGroupName: a.group,
		ContainerName:     pulumi.String(s.purpose),
		PublicAccess:      storage.PublicAccessNone,
	}, opts...)
}

// immutability can be declared but not locked: a policy is born unlocked, and
// locking it is an action that no resource performs. Until the runbook has done it
// (`az storage container immutability-policy lock`) an administrator can lift it.
func immutability(ctx *pulumi.Context, s store, a account, opts []pulumi.ResourceOption) (pulumi.Resource, error) {
	if s.lock == 0 {
		return nil, nil
	}
	return storage.NewBlobContainerImmutabilityPolicy(ctx, s.child, &storage.BlobContainerImmutabilityPolicyArgs{
		AccountName:                           a.Name,
		ResourceGroupName:                     a.group,
		ContainerName:                         pulumi.String(s.purpose),
		ImmutabilityPolicyName:                pulumi.String("default"),
		ImmutabilityPeriodSinceCreationInDays: pulumi.Int(s.lock),
	}, opts...)
}

func managementPolicy(ctx *pulumi.Context, s store, a account, opts []pulumi.ResourceOption) (pulumi.Resource, error) {
	after := func(days int) storage.DateAfterCreationArgs {
		return storage.DateAfterCreationArgs{DaysAfterCreationGreaterThan: pulumi.Float64(days)}
	}
	actions := storage.ManagementPolicyActionArgs{
		Version:  storage.ManagementPolicyVersionArgs{Delete: after(restorable)},
		Snapshot: storage.ManagementPolicySnapShotArgs{Delete: after(restorable)},
	}
	if s.keep > 0 {
		actions.BaseBlob = storage.ManagementPolicyBaseBlobArgs{Delete: storage.DateAfterModificationArgs{DaysAfterCreationGreaterThan: pulumi.Float64(s.keep)}}
	}
	return storage.NewManagementPolicy(ctx, s.child, &storage.ManagementPolicyArgs{
		AccountName:          a.Name,
		ResourceGroupName:    a.group,
		ManagementPolicyName: pulumi.String("default"),
		Policy: storage.ManagementPolicySchemaArgs{Rules: storage.ManagementPolicyRuleArray{storage.ManagementPolicyRuleArgs{
			Name:    pulumi.String("end"),
			Type:    pulumi.String("Lifecycle"),
			Enabled: pulumi.Bool(true),
			Definition: storage.ManagementPolicyDefinitionArgs{
				Actions: actions,
				Filters: storage.ManagementPolicyFilterArgs{BlobTypes: pulumi.ToStringArray([]string{"blockBlob", "appendBlob"})},
			},
		}}},
	}, opts...)
}

func diagnostics(ctx *pulumi.Context, s store, a account, opts []pulumi.ResourceOption) (pulumi.Resource, error) {
	if s.logs == nil {
		return nil, nil
	}
	logs := insights.LogSettingsArray{}
	for _, category := range []string{"StorageRead", "StorageWrite", "StorageDelete"} {
		logs = append(logs, insights.LogSettingsArgs{Category: pulumi.String(category), Enabled: pulumi.Bool(true)})
	}
	return insights.NewDiagnosticSetting(ctx, s.child, &insights.DiagnosticSettingArgs{
		Name:             pulumi.String(s.scope.Name("azure-native:insights:DiagnosticSetting", string(s.purpose))),
		ResourceUri:      pulumi.Sprintf("%s/blobServices/default", a.ID()),
		StorageAccountId: s.logs.Azure.IDs[Logs],
		Logs:             logs,
	}, opts...)
}

func managementLock(ctx *pulumi.Context, s store, a account, opts []pulumi.ResourceOption) (pulumi.Resource, error) {
	return authorization.NewManagementLockByScope(ctx, s.child, &authorization.ManagementLockByScopeArgs{
		Scope:    a.ID(),
		LockName: pulumi.String(s.scope.Name("azure-native:authorization:ManagementLockByScope", string(s.purpose))),
		Level:    pulumi.String("CanNotDelete"),
		Notes:    pulumi.String("Deleting the account deletes everything in it."),
	}, opts...)
}
