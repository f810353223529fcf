// Package keying knows what several areas ask of the keys that something is
// encrypted with.
package keying

import (
	"strings"

	"tenant-runtime/policy/kind/azure"
	"tenant-runtime/policy/rule"
)

// CustomerManaged demands a key of our own: neither none nor one that AWS makes for
// itself.
var CustomerManaged = rule.Satisfies(func(id string) bool { return id != "" && !strings.Contains(id, "alias/aws/") },
	"a customer-managed key", "arn:aws:kms:eu-central-1:111122223333:key/a", "arn:aws:kms:eu-central-1:111122223333:alias/aws/x")

// Vault is an example: a key vault of Azure with the properties.
func Vault(properties rule.Props) []rule.Given {
	return []rule.Given{{Type: azure.KeyVaultVault, Props: rule.Props{"properties": properties}}}
}
