package azure

import "tenant-runtime/rehearsal/sim"

var insightsKinds = []sim.Kind{
	{
		Type: "azure-native:insights:DiagnosticSetting", At: sim.Global, ID: "{resourceUri}/providers/Microsoft.Insights/diagnosticSettings/{name}",
		Name:    sim.Name{In: "name", Max: 260, Taken: "409 Conflict"},
		Compute: sim.Props{"type": "Microsoft.Insights/diagnosticSettings"},
		Replace: []string{"name", "resourceUri"},
		Refs: map[string]sim.Ref{
			"resourceUri":      toAnything.Or(subscription),
			"storageAccountId": sim.To(storage).Filling(),
			"workspaceId":      toAnything,
		},
		Takes:  sim.Creates(0.05, 0.1, 0.5).Deletes(0.05, 0.2, 1),
		Source: "terraform-provider-azurerm 2026-08 (replacements); durations estimated",
	},
}
