// Pack residency serves the rules of the areas that belong to it to Pulumi's engine.
package main

import (
	_ "embed"

	"tenant-runtime/policy"
	"tenant-runtime/policy/rule"
)

//go:embed PulumiPolicy.yaml
var project []byte

func main() { policy.Main(rule.Residency, project) }
