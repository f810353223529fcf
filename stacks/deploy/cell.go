package deploy

import (
	"net/netip"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/backup"
	"tenant-runtime/components/database"
	"tenant-runtime/components/edge"
	"tenant-runtime/components/keys"
	"tenant-runtime/components/logging"
	"tenant-runtime/components/monitoring"
	"tenant-runtime/components/network"
	"tenant-runtime/components/scope"
	"tenant-runtime/components/storage"
	"tenant-runtime/regions"
)

// cell is one complete runtime in one account: what bridge and pool tenants share,
// or what a silo tenant has for itself (TEN-02). Parts that its cloud does not have
// yet are nil.
type cell struct {
	scope    scope.Scope
	keys     *keys.Keys // of the home region
	away     *keys.Keys // of the recovery region; nil where there is none
	storage  *storage.Storage
	network  *network.Network
	edge     *edge.Edge
	database *database.Database
	backup   *backup.Backup
	alarms   *monitoring.Monitoring // of the home region
}

// site is what differs between the shared cell and a silo's.
type site struct {
	scope   scope.Scope
	network netip.Prefix
	hosts   []Host
	dnsZone DNSZone
}

var buildCell = regions.Each[func(*pulumi.Context, Config, site) (*cell, error)]{
	AWS: wholeCell,
	GCP: sealedStores, Azure: sealedStores, // the rest is not built there yet
}

// sealedStores declares keys and what they seal.
func sealedStores(ctx *pulumi.Context, _ Config, at site) (*cell, error) {
	c := &cell{scope: at.scope}
	return c, c.declare(
		c.keysAt(ctx, keys.Storage, keys.Logs),
		c.stores(ctx, storage.Logs, storage.Attachments, storage.Images, storage.Evidence),
	)
}

// wholeCell declares every part, in the order in which they need each other.
func wholeCell(ctx *pulumi.Context, cfg Config, at site) (*cell, error) {
	c := &cell{scope: at.scope}
	var awayAlarms *monitoring.Monitoring
	return c, c.declare(
		c.keysAt(ctx, keys.Database, keys.Storage, keys.Logs, keys.Backup, keys.Copies, keys.Secrets, keys.Messaging),
		func() (err error) {
			c.alarms, err = c.monitor(ctx, "alarms", c.scope, c.keys, cfg.Alarms)
			return err
		},
		func() (err error) {
			if c.scope.Recovery == nil {
				return nil
			}
			there := c.scope.At(*c.scope.Recovery)
			c.away, err = keys.New(ctx, c.name("recovery-keys"), keys.Args{Scope: there, Purposes: []keys.Purpose{keys.Copies, keys.Secrets, keys.Messaging}})
			if err != nil {
				return err
			}
			awayAlarms, err = c.monitor(ctx, "recovery-alarms", there, c.away, cfg.Alarms)
			return err
		},
		c.stores(ctx, storage.Logs, storage.Archive, storage.Attachments, storage.Images, storage.Evidence),
		func() error { return storage.CloseAccount(ctx, c.storage, c.name("storage-account"), c.scope) },
		func() error {
			_, err := logging.New(ctx, c.name("logging"), logging.Args{
				Scope: c.scope, Key: c.keys.IDs[keys.Logs], Archive: c.storage.Names[storage.Archive],
			})
			return err
		},
		func() (err error) {
			c.network, err = network.New(ctx, c.name("network"), network.Args{
				Scope: c.scope, Range: at.network, Egress: texts(cfg.Egress),
				LogKey: c.keys.IDs[keys.Logs], Alarms: c.alarms.Topic,
			})
			return err
		},
		func() (err error) {
			c.edge, err = edge.New(ctx, c.name("edge"), edge.Args{
				Scope: c.scope, Network: c.network, Hosts: texts(at.hosts), DNSZone: string(at.dnsZone.ID),
				Standby: c.scope.Environment == scope.Drill,
				LogKey:  c.keys.IDs[keys.Logs], AccessLogs: c.storage.Names[storage.Logs], Alarms: c.alarms.Topic,
			})
			return err
		},
		func() (err error) {
			c.database, err = database.New(ctx, c.name("database"), database.Args{
				Scope: c.scope, Network: c.network, Keys: c.keys, LogKey: c.keys.IDs[keys.Logs], CopyKey: c.copyKey(), Alarms: c.alarms.Topic,
				Size: database.Medium,
			})
			return err
		},
		func() (err error) {
			copies := backup.Site{Key: c.keys.IDs[keys.Copies], Alarms: c.alarms.Topic}
			if c.away != nil {
				copies = backup.Site{Key: c.away.IDs[keys.Copies], Alarms: awayAlarms.Topic}
			}
			c.backup, err = backup.New(ctx, c.name("backup"), backup.Args{
				Scope: c.scope, Home: backup.Site{Key: c.keys.IDs[keys.Backup], Alarms: c.alarms.Topic}, Copy: copies,
			})
			return err
		},
	)
}

// declare runs the steps until one fails.
func (c *cell) declare(steps ...func() error) error {
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (c *cell) keysAt(ctx *pulumi.Context, purposes ...keys.Purpose) func() error {
	return func() (err error) {
		c.keys, err = keys.New(ctx, c.name("keys"), keys.Args{Scope: c.scope, Purposes: purposes})
		return err
	}
}

func (c *cell) stores(ctx *pulumi.Context, purposes ...storage.Purpose) func() error {
	return func() (err error) {
		c.storage, err = storage.New(ctx, c.name("storage"), storage.Args{Scope: c.scope, Keys: c.keys, Purposes: purposes})
		return err
	}
}

func (c *cell) monitor(ctx *pulumi.Context, part string, s scope.Scope, k *keys.Keys, to Alarms) (*monitoring.Monitoring, error) {
	return monitoring.New(ctx, c.name(part), monitoring.Args{
		Scope: s, Key: k.IDs[keys.Messaging], Emails: texts(to.Emails), SMS: texts(to.SMS),
	})
}

// copyKey seals what is copied to the recovery region; nothing is where there is none.
func (c *cell) copyKey() pulumi.StringInput {
	if c.away == nil {
		return nil
	}
	return c.away.IDs[keys.Copies]
}

// name puts a silo's name before its parts; the shared cell's stand alone.
func (c *cell) name(part string) string {
	if c.scope.Tenant == scope.Shared {
		return part
	}
	return c.scope.Tenant + "-" + part
}

func texts[T ~string](values []T) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}
