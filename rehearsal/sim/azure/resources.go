package azure

import "tenant-runtime/rehearsal/sim"

// Replacements are translated from azurerm, which replaces on path parts and on
// what the API marks create-only.
const source = "Azure resource naming rules 2020-02, terraform-provider-azurerm 2026-08 (replacements); durations estimated"

var resourcesKinds = []sim.Kind{
	below(sim.Kind{
		Type: identity, At: "location",
		Name:    sim.Name{In: "resourceName", Unique: sim.InResourceGroup, Max: 128, Pattern: `^[a-zA-Z0-9][a-zA-Z0-9_-]{2,127}$`},
		Compute: sim.Props{"clientId": "{uuid}", "principalId": "{uuid}", "tenantId": "{config.tenantId|00000000-0000-4000-a000-000000000000}"},
		Handles: []string{"{principalId}", "{clientId}"},
		Replace: []string{"location", "resourceName"},
		Takes:   sim.Creates(0.03, 0.1, 0.4).Deletes(0.03, 0.1, 0.3),
		Source:  source,
	}, "Microsoft.ManagedIdentity", "userAssignedIdentities/{name}"),
	{
		Type: group, At: "location", ID: "/subscriptions/{account}/resourceGroups/{name}",
		Name:    sim.Name{In: "resourceGroupName", Unique: sim.InAccount, Max: 90, Pattern: `^[-\w._()]{0,89}[-\w_()]$`},
		Compute: sim.Props{"name": "{name}", "type": "Microsoft.Resources/resourceGroups"},
		Replace: []string{"location", "resourceGroupName"},
		Takes:   sim.Creates(0.02, 0.1, 0.5).Deletes(0.3, 5, 60),
		Source:  source,
	},
}
