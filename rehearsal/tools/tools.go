//go:build tools

// Package tools pins the Pulumi CLI that a rehearsal compiles when the machine has none, and has in
// without/ what stands in for the parts of it that no rehearsal needs.
//
// It is a module of its own because the CLI needs hundreds of modules that neither the program nor
// its tests use. `go install pkg@version` is no way around it: the CLI's go.mod has replace
// directives, which that command refuses (Go 1.26, 2026-11).
package tools

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
