// Package column says what each cloud builds: one table per cloud, in a folder of
// its own, so that a program links the SDKs only of the clouds it names.
package column

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/account"
	"tenant-runtime/components/backup"
	"tenant-runtime/components/database"
	"tenant-runtime/components/edge"
	"tenant-runtime/components/keys"
	"tenant-runtime/components/logging"
	"tenant-runtime/components/monitoring"
	"tenant-runtime/components/network"
	"tenant-runtime/components/scope"
	"tenant-runtime/components/storage"
	"tenant-runtime/components/tenant"
)

// Part declares one part of a runtime. It is nil where a cloud does not have it yet.
type Part[Args, Ref any] func(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (Ref, error)

// Column is what a cloud builds, in the order in which parts need each other.
type Column struct {
	// Provider reaches a place for everything else. Its scope says for whom.
	Provider func(ctx *pulumi.Context, name string, s scope.Scope) (pulumi.ProviderResource, error)

	Account    Part[account.Args, account.Ref]
	Keys       Part[keys.Args, keys.Ref]
	Monitoring Part[monitoring.Args, monitoring.Ref]
	Storage    Part[storage.Args, storage.Ref]
	Logging    Part[logging.Args, logging.Ref]
	Network    Part[network.Args, network.Ref]
	Edge       Part[edge.Args, edge.Ref]
	Database   Part[database.Args, database.Ref]
	Backup     Part[backup.Args, backup.Ref]
	Tenant     Part[tenant.Args, tenant.Ref]
}

// Standing says of a part whether a cloud builds it.
type Standing struct {
	Part  string
	Built bool
}

// Parts lists the parts, for those who ask what stands where: the rules that wait
// for a part, the README.
func (c Column) Parts() []Standing {
	return []Standing{
		{"account", c.Account != nil},
		{"keys", c.Keys != nil},
		{"monitoring", c.Monitoring != nil},
		{"storage", c.Storage != nil},
		{"logging", c.Logging != nil},
		{"network", c.Network != nil},
		{"edge", c.Edge != nil},
		{"database", c.Database != nil},
		{"backup", c.Backup != nil},
		{"tenant", c.Tenant != nil},
	}
}
