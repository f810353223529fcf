package azure

import "tenant-runtime/rehearsal/sim"

var authorizationKinds = []sim.Kind{
	{
		// What a lock covers includes role assignments and diagnostic settings, so it must
		// be the first to go (Lock Azure resources, 2024-03).
		Type: "azure-native:authorization:ManagementLockByScope", At: sim.Global, ID: "{scope}/providers/Microsoft.Authorization/locks/{name}",
		Name:    sim.Name{In: "lockName", Max: 90},
		Compute: sim.Props{"name": "{name}", "type": "Microsoft.Authorization/locks"},
		Replace: []string{"lockName", "scope"},
		Refs:    map[string]sim.Ref{"scope": toAnything.Weak().Or(subscription)},
		Locks:   "scope",
		Source:  "Lock Azure resources 2024-03; naming rules 2020-02; durations estimated",
	},
	{
		Type: "azure-native:authorization:RoleAssignment", At: sim.Global, ID: "{scope}/providers/Microsoft.Authorization/roleAssignments/{name}",
		Name:    sim.Name{In: "roleAssignmentName", Invent: "{uuid}", Pattern: `^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`, Taken: "409 RoleAssignmentExists"},
		Compute: sim.Props{"name": "{name}", "type": "Microsoft.Authorization/roleAssignments"},
		Replace: []string{"principalId", "roleAssignmentName", "roleDefinitionId", "scope"},
		// An assignment outlives its principal, as that of an unknown identity.
		Refs:   map[string]sim.Ref{"principalId": toAnything.Weak(), "scope": toAnything.Or(subscription)},
		Source: "pulumi-azure-native provider source, autonaming, read 2026-11 (invented name); otherwise estimate",
	},
}
