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
	"fmt"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/database"
	"tenant-runtime/components/keys"
	"tenant-runtime/components/network"
	"tenant-runtime/components/scope"
	"tenant-runtime/components/site"
	"tenant-runtime/components/storage"
	"tenant-runtime/components/value"
)

// Type is the component's type token.
const Type = "tenant-runtime:tenant:Tenant"

// Args says how far a tenant is apart from others, and where its data is: in pool
// in what the cell shares, in bridge in stores of its own, in silo in a cell of its
// own (TEN-02).
type Args struct {
	Home      site.Site  // for the tenant, with the keys of its data: the purposes Secrets and Storage
	Recovery  *site.Site // likewise, with the purpose Secrets for the secrets' replica
	Isolation Isolation
	Network   network.Ref
	Storage   storage.Ref // with the store Attachments
	Database  database.Ref
}

// Ref is what a tenant's workload needs.
type Ref struct {
	Identity pulumi.StringOutput // what it runs as (AWS: role ARN); resolves when it may do all it needs
	Secret   pulumi.StringOutput // where its own secrets are kept, not what they are
	Files    pulumi.StringOutput // what it names its store by (AWS: bucket, in pool access point ARN)
	User     string              // whom it logs in to the database as; in pool, row-level security reads it
}

// Where implements component.Args.
func (a Args) Where() scope.Scope { return a.Home.Scope.In(scope.App).Holding(scope.Customer) }

// User is the tenant's name in the database: a hyphen would need quotes there.
func (a Args) User() string {
	return "tenant_" + strings.ReplaceAll(string(a.Home.Scope.Tenant), "-", "_")
}

// Marks say in the inventory how a tenant is kept apart; rls is the duty of the
// shared database (TEN-03).
func (a Args) Marks() map[string]string {
	m := map[string]string{"isolationMode": string(a.Isolation)}
	if a.Isolation == Pool {
		m["rls"] = "required"
	}
	return m
}

// Check implements component.Args.
func (a Args) Check() error {
	if err := site.CheckBoth(a.Home, a.Recovery, []keys.Purpose{keys.Secrets, keys.Storage}, []keys.Purpose{keys.Secrets}); err != nil {
		return err
	}
	s := a.Home.Scope
	switch {
	case s.Tenant == value.Shared:
		return fmt.Errorf("scope is for %q: give it the tenant's name with For", value.Shared)
	case !slices.Contains(Isolations, a.Isolation):
		return fmt.Errorf("isolation %q is none of silo, bridge, pool", a.Isolation)
	case (a.Isolation == Silo) != (s.Cell == s.Tenant):
		return fmt.Errorf("isolation %q does not go with the cell of %q: a silo has a cell of its own, and nobody else is in it (TEN-02)", a.Isolation, s.Cell)
	case a.Database.Address.OutputState == nil:
		return fmt.Errorf("no database is given: in %s the tenant's rows are in it", a.Isolation)
	}
	return a.Storage.Has(storage.Attachments)
}
