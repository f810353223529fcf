package deploy

import (
	"fmt"

	"tenant-runtime/components/database"
	"tenant-runtime/components/keys"
	"tenant-runtime/components/site"
	"tenant-runtime/components/storage"
	"tenant-runtime/components/tenant"
)

// tenants declares the tenants of the stack in its cell.
func (s *stack) tenants(c cell) error {
	for _, t := range s.cfg.Tenants {
		if err := s.tenant(c, t); err != nil {
			return fmt.Errorf("tenant %s: %w", t.Name, err)
		}
	}
	return nil
}

func (s *stack) tenant(c cell, t Tenant) error {
	shared := c
	c = c.of(t)
	if t.Isolation == tenant.Bridge {
		if err := s.own(&c, shared, t); err != nil {
			return err
		}
	}
	made, err := s.column.Tenant(s.ctx, string(t.Name), tenant.Args{
		Home: c.home, Recovery: c.recovery, Isolation: t.Isolation,
		Network: c.network, Storage: c.storage, Database: c.database,
	})
	if err != nil {
		return err
	}
	s.exportRestore("restore-"+string(t.Name), t.Restore, c)
	return s.export("tenant-"+string(t.Name), made)
}

// of is the cell as the tenant's: everything in it belongs to the cell still.
func (c cell) of(t Tenant) cell {
	c.home.Scope = c.home.Scope.For(t.Name)
	if c.recovery != nil {
		there := *c.recovery
		there.Scope = there.Scope.For(t.Name)
		c.recovery = &there
	}
	return c
}

// ownStores are the stores that a tenant in bridge has for itself.
var ownStores = []storage.Purpose{storage.Attachments}

// own declares what a tenant in bridge has for itself: keys, store and database. A
// database inside a shared one would be encrypted with a shared key (TEN-07).
// Copies in the recovery region are encrypted with its own keys there.
func (s *stack) own(c *cell, shared cell, t Tenant) (err error) {
	name := string(t.Name)
	c.home, err = s.ownSite(name, c.home, keys.Database, keys.Storage, keys.Secrets)
	if err != nil {
		return err
	}
	if c.recovery != nil {
		there, err := s.ownSite(name+"-copies", *c.recovery, keys.Copies, keys.Secrets)
		if err != nil {
			return err
		}
		c.recovery = &there
	}
	if c.storage, err = s.column.Storage(s.ctx, name, storage.Args{
		Scope: c.home.Scope, Keys: c.home.Keys, Purposes: ownStores, AccessLogs: shared.storage,
	}); err != nil {
		return err
	}
	c.database, err = s.column.Database(s.ctx, name, database.Args{
		Home: c.home, Recovery: c.recovery, LogKey: shared.home.Keys.Of(keys.Logs), Network: c.network,
		Size: database.Small, Restore: t.Restore.source(),
	})
	return err
}

// ownSite has keys of the tenant's own and the cell's alarms.
func (s *stack) ownSite(name string, of site.Site, purposes ...keys.Purpose) (_ site.Site, err error) {
	of.Keys, err = s.column.Keys(s.ctx, name, keys.Args{Scope: of.Scope, Purposes: purposes})
	return of, err
}
