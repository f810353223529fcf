package deploy

import (
	"fmt"

	"tenant-runtime/components/backup"
	"tenant-runtime/components/database"
	"tenant-runtime/components/edge"
	"tenant-runtime/components/keys"
	"tenant-runtime/components/monitoring"
	"tenant-runtime/components/network"
	"tenant-runtime/components/scope"
	"tenant-runtime/components/site"
	"tenant-runtime/components/storage"
	"tenant-runtime/components/value"
	"tenant-runtime/regions"
)

// cell is one complete runtime in one account, as its parts and tenants see it:
// what bridge and pool tenants share, or what a silo has for itself (TEN-02).
type cell struct {
	home     site.Site
	recovery *site.Site // nil where there is no recovery region
	storage  storage.Ref
	network  network.Ref
	database database.Ref
	backup   backup.Ref
}

// cellRef is the cell in another stack's hands. Place says where it is: a stack
// that lives in the cell must say the same.
type cellRef struct {
	Place    cellPlace
	Home     siteRef
	Recovery *siteRef
	Storage  storage.Ref
	Network  network.Ref
	Database database.Ref
	Backup   backup.Ref
}

type cellPlace struct {
	Jurisdiction regions.Jurisdiction
	Environment  scope.Environment
	AccountID    string
	Home         regions.ID
	Recovery     regions.ID `ref:"optional"`
	Of           string     // whose it is: value.Shared, or a silo's tenant
}

type siteRef struct {
	Keys   keys.Ref
	Alarms monitoring.Ref
}

// cell declares the cell, or reads that of the stack that owns it.
func (s *stack) cell() (cell, error) {
	switch {
	case s.cfg.Cell.IsOwned():
		return s.ownCell()
	case s.cfg.Cell != nil:
		return s.foreignCell()
	}
	return cell{}, nil
}

// ownCell declares every part that the cloud builds, in the order in which they
// need each other, and exports what tenants of other stacks need.
func (s *stack) ownCell() (cell, error) {
	c, err := s.sites()
	if err != nil {
		return c, err
	}
	if c.storage, err = s.column.Storage(s.ctx, "storage", storage.Args{
		Scope: s.scope, Keys: c.home.Keys, Purposes: []storage.Purpose{storage.Logs, storage.Attachments, storage.Images, storage.Evidence},
	}); err != nil {
		return c, err
	}
	for purpose, store := range c.storage {
		s.ctx.Export("store-"+string(purpose), store.Name)
	}
	if s.column.Network == nil {
		return c, nil
	}
	if c.network, err = s.column.Network(s.ctx, "network", network.Args{
		Home: c.home, Range: s.cfg.Cell.Network, Egress: s.cfg.Cell.Egress,
	}); err != nil {
		return c, err
	}
	front, err := s.column.Edge(s.ctx, "edge", edge.Args{
		Home: c.home, Network: c.network, Hosts: s.cfg.Cell.Hosts, DNSZone: s.cfg.Cell.DNSZone.ID,
		Standby:    s.cfg.Environment == scope.Drill,
		AccessLogs: c.storage.Of(storage.Logs).Name,
	})
	if err != nil {
		return c, err
	}
	s.ctx.Export("address", front.Address)
	if c.database, err = s.column.Database(s.ctx, "database", database.Args{
		Home: c.home, Recovery: c.recovery, LogKey: c.home.Keys.Of(keys.Logs), Network: c.network,
		Size: database.Medium, Restore: s.cfg.Cell.Restore.source(),
	}); err != nil {
		return c, err
	}
	if c.backup, err = s.column.Backup(s.ctx, "backup", backup.Args{Home: c.home, Recovery: c.recovery}); err != nil {
		return c, err
	}
	s.ctx.Export("vault", c.backup.Vault)
	s.exportRestore("restore", s.cfg.Cell.Restore, c)
	return c, s.export("cell", s.reference(c))
}

// sites declares keys and alarms, at home and where the cell would be rebuilt.
func (s *stack) sites() (c cell, err error) {
	purposes := []keys.Purpose{keys.Storage, keys.Logs}
	if s.column.Database != nil {
		purposes = ownedPurposes
	}
	if c.home, err = s.site("", s.scope, purposes...); err != nil || s.away == nil || s.column.Backup == nil {
		return c, err
	}
	there, err := s.site("recovery-", s.scope.At(*s.away), copiedPurposes...)
	c.recovery = &there
	return c, err
}

// What the keys of a cell are for, at home and where it would be rebuilt.
var (
	ownedPurposes  = []keys.Purpose{keys.Database, keys.Storage, keys.Logs, keys.Backup, keys.Copies, keys.Secrets, keys.Messaging}
	copiedPurposes = []keys.Purpose{keys.Copies, keys.Secrets, keys.Messaging}
)

func (s *stack) site(prefix string, at scope.Scope, purposes ...keys.Purpose) (made site.Site, err error) {
	made.Scope = at
	if made.Keys, err = s.column.Keys(s.ctx, prefix+"keys", keys.Args{Scope: at, Purposes: purposes}); err != nil || s.column.Monitoring == nil {
		return made, err
	}
	to := s.cfg.Cell.Alarms
	made.Alarms, err = s.column.Monitoring(s.ctx, prefix+"alarms", monitoring.Args{Scope: at, Keys: made.Keys, Emails: to.Emails, SMS: to.SMS})
	return made, err
}

func (s *stack) reference(c cell) cellRef {
	r := cellRef{
		Place:   s.cfg.place(),
		Home:    siteRef{c.home.Keys, c.home.Alarms},
		Storage: c.storage, Network: c.network, Database: c.database, Backup: c.backup,
	}
	if c.recovery != nil {
		r.Recovery = &siteRef{c.recovery.Keys, c.recovery.Alarms}
	}
	return r
}

func (c Config) place() cellPlace {
	of := value.Shared
	if silo, ok := c.Silo(); ok {
		of = silo.Name
	}
	return cellPlace{c.Jurisdiction, c.Environment, string(c.AccountID), c.Home.ID, c.Recovery.ID, string(of)}
}

// foreignCell reads the cell of another stack, and insists that it is where this
// stack's file says.
func (s *stack) foreignCell() (c cell, err error) {
	var r cellRef
	owner := s.cfg.Cell.Stack
	if err := s.read(owner, "cell", &r); err != nil {
		return c, err
	}
	if r.Place.Of != string(value.Shared) {
		return c, fmt.Errorf("%s.cell.stack: the cell of stack %s is tenant %s's alone (TEN-02): name the stack of a shared cell", root, owner, r.Place.Of)
	}
	if here := s.cfg.place(); here != r.Place {
		return c, fmt.Errorf("%s says %s, but the cell of stack %s is %s: both files must say the same", root, here, owner, r.Place)
	}
	c = cell{
		home:    site.Site{Scope: s.scope, Keys: r.Home.Keys, Alarms: r.Home.Alarms},
		storage: r.Storage, network: r.Network, database: r.Database, backup: r.Backup,
	}
	for _, its := range []struct {
		at   *siteRef
		keys []keys.Purpose
	}{{&r.Home, ownedPurposes}, {r.Recovery, copiedPurposes}} {
		if its.at == nil {
			continue
		}
		if err := its.at.Keys.Has(its.keys...); err != nil {
			return c, fmt.Errorf("the cell of stack %[1]s: %[2]w; update %[1]s with this version of the program first", owner, err)
		}
	}
	if (r.Recovery == nil) != (s.away == nil) {
		return c, fmt.Errorf("the cell of stack %[1]s has its keys in its recovery region, or has none, where its place says the opposite: update %[1]s first", owner)
	}
	if r.Recovery != nil {
		c.recovery = &site.Site{Scope: s.scope.At(*s.away), Keys: r.Recovery.Keys, Alarms: r.Recovery.Alarms}
	}
	return c, nil
}

func (p cellPlace) String() string {
	return fmt.Sprintf("jurisdiction %s, environment %s, accountId %s, home %s, recovery %q", p.Jurisdiction, p.Environment, p.AccountID, p.Home, p.Recovery)
}
