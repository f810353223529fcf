// Package keying knows what several areas ask of the keys that something is
// encrypted with.
package keying

import (
	"strings"

	"tenant-runtime/policy/kind/azure"
	"tenant-runtime/policy/rule"
)

// Operators demands a key of the operator: neither none nor one that AWS makes for
// itself.
var Operators = rule.Satisfies(func(id string) bool { return id != "" && !strings.Contains(id, "alias/aws/") },
	"a key of the operator", "arn:aws:kms:eu-central-1:111122223333:key/a", "arn:aws:kms:eu-central-1:111122223333:alias/aws/x")

// OperatorsKey makes the demand on a value.
func OperatorsKey(r *rule.Report, v rule.Value[string]) {
	rule.Demands(r, v, Operators, rule.AbsentIsBad)
}

// Sealed is anything that names its key under kmsKeyId.
type Sealed struct {
	Key rule.Value[string] `prop:"kmsKeyId"`
}

// Vault is an example: a key vault of Azure with the properties.
func Vault(properties rule.Props) []rule.Given {
	return []rule.Given{{Type: azure.KeyVaultVault, Props: rule.Props{"properties": properties}}}
}
