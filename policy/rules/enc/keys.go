package enc

import (
	"strconv"
	"strings"

	"tenant-runtime/policy/kind/azure"
	"tenant-runtime/policy/rule"
)

const day = 24 * 60 * 60 // in seconds, the unit of GCP's durations

// seconds reads a duration of GCP's: seconds with an s. Anything else is none.
func seconds(duration string) int {
	n, err := strconv.Atoi(strings.TrimSuffix(duration, "s"))
	if err != nil {
		return 0
	}
	return n
}

func rsa(kind string, size int) []rule.Given {
	return []rule.Given{{Type: azure.KeyVaultKey, Props: rule.Props{"properties": rule.Props{"kty": kind, "keySize": size}}}}
}

func ownKeyOnAzure(source string) rule.Props {
	return rule.Props{"encryption": rule.Props{"keySource": source, "keyVaultProperties": rule.Props{"keyVaultUri": "https://v.vault.azure.net/", "keyName": "k"}}}
}
