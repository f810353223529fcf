// Pack hardening serves the rules of the areas that belong to it to Pulumi's engine.
package main

import (
	"tenant-runtime/policy"
	"tenant-runtime/policy/rule"
)

func main() { policy.Main(rule.Hardening) }
