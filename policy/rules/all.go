// Package rules puts the areas together.
package rules

import (
	"slices"

	"tenant-runtime/policy/rules/acc"
	"tenant-runtime/policy/rules/bak"
	"tenant-runtime/policy/rules/dat"
	"tenant-runtime/policy/rules/edg"
	"tenant-runtime/policy/rules/enc"
	"tenant-runtime/policy/rules/env"
	"tenant-runtime/policy/rules/had"
	"tenant-runtime/policy/rules/log"
	"tenant-runtime/policy/rules/net"
	"tenant-runtime/policy/rules/res"
	"tenant-runtime/policy/rules/ten"
)

// All lists every rule by ID.
var All = slices.Concat(
	acc.Rules, bak.Rules, dat.Rules, edg.Rules, enc.Rules, env.Rules, had.Rules, log.Rules, net.Rules, res.Rules, ten.Rules,
)

// Retired lists IDs that once were rules. An ID is never given to another one.
var Retired = []string{}
