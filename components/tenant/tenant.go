// Package tenant gives a customer a place of its own in a cell.
//
// Guarantees: a tenant's data is apart from every other's in files, database,
// keys and secrets (TEN-01); in silo its cell is its own too (TEN-02); in pool,
// where stores are shared, every path and every log-in carries the tenant
// (TEN-03); who the tenant is follows from the identity its workload runs as, and
// no session can say otherwise (TEN-04); files are bound to it like rows (TEN-05);
// in silo and bridge its keys are its own, so that it can be cut off or erased
// alone (TEN-07); no two tenants share an identity (TEN-09).
package tenant

import (
	"cmp"
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/database"
	"tenant-runtime/components/keys"
	"tenant-runtime/components/network"
	"tenant-runtime/components/scope"
	"tenant-runtime/components/storage"
	"tenant-runtime/regions"
)

// Cell is the runtime a tenant lives in. In silo it is the tenant's alone and lies
// in an account of its own, with a network and a backup vault too (TEN-02).
type Cell struct {
	Network  *network.Network
	Keys     *keys.Keys         // with the purposes Logs and Secrets, in silo and pool Storage too
	Copies   *keys.Keys         // in the recovery region, with the purpose Secrets; given exactly when the scope has one
	Storage  *storage.Storage   // with the store Attachments, in bridge with Logs
	Database *database.Database // not needed in bridge
	Alarms   pulumi.StringInput // topic, for the database of a tenant in bridge
}

// Args says how far a tenant is apart from others.
type Args struct {
	Scope     scope.Scope // the cell's, for the tenant
	Isolation Isolation
	Cell      Cell

	// In bridge the tenant has a database server of its own: a database inside a
	// shared one would be sealed with a shared key.
	Size    database.Size // zero is small
	Restore *database.Restore
}

// Tenant is the component. Keys, Storage and Database are where its data is: in
// bridge its own, otherwise the cell's.
type Tenant struct {
	pulumi.ResourceState

	Identity pulumi.StringOutput // what its workload runs as (AWS: role ARN); resolves when it may do all it needs
	Secret   pulumi.StringOutput // where its own secrets are kept, not what they are
	Files    pulumi.StringOutput // what its workload names the store by (AWS: bucket, in pool access point ARN)
	User     string              // whom its workload logs in to the database as; in pool, row-level security reads it

	Keys     *keys.Keys
	Storage  *storage.Storage
	Database *database.Database
}

var build = regions.Each[func(*pulumi.Context, string, Args, *Tenant) error]{AWS: buildAWS, GCP: buildGCP, Azure: buildAzure}

// New declares the tenant.
func New(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (*Tenant, error) {
	if err := args.check(); err != nil {
		return nil, fmt.Errorf("tenant %s: %w", name, err)
	}
	t := &Tenant{
		User: user(args.Scope.Tenant),
		Keys: args.Cell.Keys, Storage: args.Cell.Storage, Database: args.Cell.Database,
	}
	if err := ctx.RegisterComponentResource("tenant-runtime:tenant:Tenant", name, t, opts...); err != nil {
		return nil, err
	}
	if args.Isolation == Bridge {
		if err := t.own(ctx, name, &args); err != nil {
			return nil, fmt.Errorf("tenant %s: %w", name, err)
		}
	}
	if err := build.Of(args.Scope.Cloud())(ctx, name, args, t); err != nil {
		return nil, fmt.Errorf("tenant %s: %w", name, err)
	}
	return t, ctx.RegisterResourceOutputs(t, pulumi.Map{"identity": t.Identity, "secret": t.Secret, "files": t.Files})
}

// own declares what a tenant in bridge has for itself. Copies in the recovery
// region are sealed with its own keys there (TEN-07).
func (t *Tenant) own(ctx *pulumi.Context, name string, args *Args) error {
	s, cell := args.Scope, args.Cell
	var err error
	if t.Keys, err = keys.New(ctx, name, keys.Args{
		Scope: s, Purposes: []keys.Purpose{keys.Database, keys.Storage, keys.Secrets},
	}, pulumi.Parent(t)); err != nil {
		return err
	}
	var copyKey pulumi.StringInput
	if s.Recovery != nil {
		if args.Cell.Copies, err = keys.New(ctx, name+"-copies", keys.Args{
			Scope: s.At(*s.Recovery), Purposes: []keys.Purpose{keys.Copies, keys.Secrets},
		}, pulumi.Parent(t)); err != nil {
			return err
		}
		copyKey = args.Cell.Copies.IDs[keys.Copies]
	}
	if t.Storage, err = storage.New(ctx, name, storage.Args{
		Scope: s, Keys: t.Keys, Purposes: []storage.Purpose{storage.Attachments}, AccessLogs: cell.Storage,
	}, pulumi.Parent(t)); err != nil {
		return err
	}
	t.Database, err = database.New(ctx, name, database.Args{
		Scope: s, Network: cell.Network, Keys: t.Keys, LogKey: cell.Keys.IDs[keys.Logs], CopyKey: copyKey,
		Alarms: cell.Alarms, Size: cmp.Or(args.Size, database.Small), Restore: args.Restore,
	}, pulumi.Parent(t))
	return err
}
