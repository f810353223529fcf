// Package database gives a runtime or a tenant its PostgreSQL database.
//
// Guarantees: a standby in another zone holds every committed change (HAD-02,
// DAT-05) and takes over by itself; the database is out of reach of the Internet
// (DAT-02), outlives a mistaken deletion (DAT-03), records who did what (DAT-06),
// is sealed with the operator's keys (ENC-01, ENC-03) and talks TLS only (ENC-11);
// any moment of the last 35 days can be restored (BAK-01, BAK-02, BAK-09), where
// the jurisdiction has a second region from there too; maintenance and patches
// come by themselves, on Sunday night (ENV-06, ENV-07); workloads log in with
// their platform identity (ACC-13) and no password is in code or state (ENC-12).
package database

import (
	"errors"
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/keys"
	"tenant-runtime/components/network"
	"tenant-runtime/components/scope"
	"tenant-runtime/regions"
)

// Size is how much a database can carry.
type Size string

// The sizes. Storage grows by itself up to ten times what a size starts with.
const (
	Small  Size = "small"  // a tenant of its own: 2 processors, 50 GiB
	Medium Size = "medium" // a pool of small tenants: 2 processors, 200 GiB
	Large  Size = "large"  // 4 processors with more memory, 400 GiB
)

// Args says what is needed.
type Args struct {
	Scope   scope.Scope
	Network *network.Network
	Keys    *keys.Keys         // with the purposes Database and Secrets
	LogKey  pulumi.StringInput // seals the activity log; of the purpose Logs
	CopyKey pulumi.StringInput // seals the copy in the recovery region; of the purpose Copies there, given exactly when the scope has that region
	Alarms  pulumi.StringInput // where failures and failovers are told
	Size    Size
	Restore *Restore // nil: the database starts empty
}

// Database is the component. Its outputs resolve when the database is ready.
type Database struct {
	pulumi.ResourceState

	Address pulumi.StringOutput // host name
	Port    pulumi.IntOutput
	Name    pulumi.StringOutput // of the database in the server
	Secret  pulumi.StringOutput // where the administrator's password is kept, not the password

	AWS *AWS // set on its cloud only; read only by the same cloud's files elsewhere
}

var build = regions.Each[func(*pulumi.Context, string, Args, *Database) error]{AWS: buildAWS, GCP: buildGCP, Azure: buildAzure}

// New declares the database.
func New(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (*Database, error) {
	if err := args.check(); err != nil {
		return nil, fmt.Errorf("database %s: %w", name, err)
	}
	d := &Database{}
	if err := ctx.RegisterComponentResource("tenant-runtime:database:Database", name, d, opts...); err != nil {
		return nil, err
	}
	if err := build.Of(args.Scope.Cloud())(ctx, name, args, d); err != nil {
		return nil, fmt.Errorf("database %s: %w", name, err)
	}
	return d, ctx.RegisterResourceOutputs(d, pulumi.Map{"address": d.Address, "port": d.Port, "name": d.Name, "secret": d.Secret})
}

func (a Args) check() error {
	if err := a.Scope.Check(); err != nil {
		return err
	}
	switch {
	case a.Network == nil:
		return errors.New("network is not given: the database lies in its data zone")
	case a.Keys == nil:
		return errors.New("keys are not given: the database is sealed with the operator's keys")
	case a.LogKey == nil:
		return errors.New("log key is not given: the activity log is sealed with the operator's key")
	case a.Alarms == nil:
		return errors.New("alarms are not given: a failover at night must ring")
	case (a.CopyKey != nil) != (a.Scope.Recovery != nil):
		return errors.New("copy key must be given exactly when the scope has a recovery region: it seals the copy there")
	}
	for _, purpose := range []keys.Purpose{keys.Database, keys.Secrets} {
		if _, ok := a.Keys.IDs[purpose]; !ok {
			return fmt.Errorf("keys lack the purpose %q", purpose)
		}
	}
	if _, ok := sizes[a.Size]; !ok {
		return fmt.Errorf("size %q is none of %s, %s, %s", a.Size, Small, Medium, Large)
	}
	return a.Restore.check(a.Scope.Environment)
}
