package azure

import "tenant-runtime/rehearsal/sim"

var keyvaultKinds = []sim.Kind{
	below(sim.Kind{
		// Older azure-native fails on destroy and up with the same key name; a newer one
		// recovers the old key (pulumi-azure-native pull 4759, 2026-07). This is the older.
		Type: "azure-native:keyvault:Key", At: "vaultName",
		Name: sim.Name{In: "keyName", Unique: "{vaultName}/{name}", Max: 127, Pattern: `^[0-9a-zA-Z-]{1,127}$`,
			Taken: "409 Conflict"},
		Compute: sim.Props{
			"keyUri":            "https://{vaultName}.vault.azure.net/keys/{name}",
			"keyUriWithVersion": "https://{vaultName}.vault.azure.net/keys/{name}/{hex 32}",
		},
		Handles: []string{"{keyUri}", "{keyUriWithVersion}"},
		Replace: []string{"keyName", "vaultName", "properties.kty", "properties.keySize", "properties.curveName"},
		Refs:    map[string]sim.Ref{"vaultName": sim.To(vault)},
		Takes:   sim.Creates(0.05, 0.2, 1).Deletes(0.05, 0.2, 1),
		Ends:    sim.Ending{As: sim.Recoverable, Days: 90},
		Source:  "pulumi-azure-native pull 4759 2026-07, terraform-provider-azurerm 2026-08; durations estimated",
	}, "Microsoft.KeyVault", "vaults/{vaultName}/keys/{name}"),
	below(sim.Kind{
		Type: vault, At: "location",
		Name:    sim.Name{In: "vaultName", Unique: sim.InWorld, Max: 24, Pattern: `^[a-zA-Z](-?[a-zA-Z0-9])+$`, Taken: "409 VaultAlreadyExists"},
		Default: sim.Props{"properties": sim.Props{"enableSoftDelete": true, "softDeleteRetentionInDays": 90, "provisioningState": "Succeeded"}},
		Compute: sim.Props{"properties": sim.Props{"vaultUri": "https://{name}.vault.azure.net/"}},
		Handles: []string{"https://{name}.vault.azure.net/", "https://{name}.vault.azure.net"},
		Replace: []string{"location", "properties.softDeleteRetentionInDays", "properties.tenantId", "vaultName"},
		Takes:   sim.Creates(0.2, 2.3, 2.7).Deletes(0.05, 0.3, 1),
		Ends:    sim.Ending{As: sim.Recoverable, Days: 90, DaysIn: "properties.softDeleteRetentionInDays", Revive: "properties.createMode=recover"},
		Source:  "Key Vault soft-delete overview 2026-08; creation from published logs; deletion estimated",
	}, "Microsoft.KeyVault", "vaults/{name}"),
}
