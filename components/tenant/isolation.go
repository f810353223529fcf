package tenant

import (
	"fmt"
	"slices"
	"strings"

	"tenant-runtime/components/keys"
	"tenant-runtime/components/scope"
	"tenant-runtime/components/storage"
)

// Isolation is how far a tenant is apart from others.
type Isolation string

// The modes of isolation, from strongest to weakest.
const (
	Silo   Isolation = "silo"   // an account, network, stores, keys and vault of its own
	Bridge Isolation = "bridge" // stores, keys and identity of its own in a shared network
	Pool   Isolation = "pool"   // an identity of its own, with its paths and rows in shared stores
)

// Isolations lists the modes of isolation.
var Isolations = []Isolation{Silo, Bridge, Pool}

// UnmarshalText accepts silo, bridge or pool.
func (i *Isolation) UnmarshalText(text []byte) error {
	if got := Isolation(text); slices.Contains(Isolations, got) {
		*i = got
		return nil
	}
	return fmt.Errorf("%q is not a mode of isolation: use silo, bridge or pool", text)
}

// user is the tenant's name in the database: a hyphen would need quotes there.
func user(tenant string) string { return "tenant_" + strings.ReplaceAll(tenant, "-", "_") }

func (a Args) check() error {
	if err := a.Scope.Check(); err != nil {
		return err
	}
	cell := a.Cell
	switch {
	case a.Scope.Tenant == scope.Shared:
		return fmt.Errorf("scope is for %q: give it the tenant's name with For", scope.Shared)
	case !slices.Contains(Isolations, a.Isolation):
		return fmt.Errorf("isolation %q is none of silo, bridge, pool", a.Isolation)
	case cell.Network == nil || cell.Keys == nil || cell.Storage == nil:
		return fmt.Errorf("cell lacks network, keys or storage: a tenant lives in a cell")
	case (cell.Copies != nil) != (a.Scope.Recovery != nil):
		return fmt.Errorf("cell's Copies must be given exactly when the scope has a recovery region: they seal the secrets' replica there")
	case a.Isolation == Bridge:
		return a.checkKeys(keys.Logs)
	case a.Size != "" || a.Restore != nil:
		return fmt.Errorf("Size and Restore are for a database of the tenant's own: in %s it is the cell's", a.Isolation)
	case cell.Database == nil:
		return fmt.Errorf("cell has no database: in %s the tenant's rows are in it", a.Isolation)
	}
	if _, ok := cell.Storage.Names[storage.Attachments]; !ok {
		return fmt.Errorf("cell's storage lacks %q: in %s the tenant's files are in it", storage.Attachments, a.Isolation)
	}
	return a.checkKeys(keys.Secrets, keys.Storage)
}

func (a Args) checkKeys(purposes ...keys.Purpose) error {
	for _, p := range purposes {
		if _, ok := a.Cell.Keys.IDs[p]; !ok {
			return fmt.Errorf("cell's keys lack the purpose %q", p)
		}
	}
	return nil
}
