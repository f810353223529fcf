// Package database gives a runtime or a tenant its PostgreSQL database.
//
// Guarantees: a standby in another availability zone holds every committed change (HAD-02,
// DAT-05) and takes over by itself; the database is out of reach of the Internet
// (DAT-02), outlives a mistaken deletion (DAT-03), records who did what (DAT-06),
// is encrypted with customer-managed keys (ENC-01, ENC-03) and talks TLS only
// (ENC-11); any moment of the last 35 days can be restored (BAK-01, BAK-02,
// BAK-09), where the jurisdiction has a second region from there too; maintenance
// and patches come by themselves, on Sunday night (ENV-06, ENV-07); workloads log
// in with their platform identity (ACC-13) and no password is in code or state
// (ENC-12).
package database

import (
	"errors"
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/keys"
	"tenant-runtime/components/network"
	"tenant-runtime/components/scope"
	"tenant-runtime/components/site"
)

// Size is how much a database can carry.
type Size string

// The sizes. Storage grows by itself up to ten times what a size starts with.
const (
	Small  Size = "small"  // a tenant of its own: 2 processors
	Medium Size = "medium" // a pool of small tenants: 2 processors
	Large  Size = "large"  // 4 processors with more memory
)

var storage = map[Size]int{Small: 50, Medium: 200, Large: 400}

// GiB is the storage that a size starts with.
func (s Size) GiB() int { return storage[s] }

// What every cloud declares alike.
const (
	// Engine is PostgreSQL's major version: in standard support until 2030, while 18
	// has been on RDS for a year only and log_connections changes its form there.
	Engine = "17"

	Name  = "runtime"       // of the database in the server
	Admin = "runtime_admin" // the administrator's name
	Kept  = 35              // days of automated backups, the most RDS has (BAK-02 asks for 30)
)

// Type is the component's type token.
const Type = "tenant-runtime:database:Database"

// Args says what is needed.
type Args struct {
	Home     site.Site   // with the keys Database and Secrets
	Recovery *site.Site  // with the key Copies; nil: the jurisdiction has no second region
	LogKey   keys.Key    // encrypts the activity log; of the purpose Logs
	Network  network.Ref // the database lies in its data zone
	Size     Size
	Restore  *Source // nil: the database starts empty
}

// Ref is the database. Its outputs resolve when the database is ready. It listens
// on network.DatabasePort.
type Ref struct {
	Address pulumi.StringOutput // host name
	Name    pulumi.StringOutput // of the database in the server
	Secret  pulumi.StringOutput // where the administrator's password is kept, not the password
	AWS     *AWS                // set there only
}

// AWS is what only AWS's other parts need.
type AWS struct {
	ARN        pulumi.StringOutput
	ResourceID pulumi.StringOutput // what a role that logs in is granted: rds-db:connect on this
}

// Where implements component.Args.
func (a Args) Where() scope.Scope { return a.Home.Scope.In(scope.Data).Holding(scope.Customer) }

// Check implements component.Args.
func (a Args) Check() error {
	if err := site.CheckBoth(a.Home, a.Recovery, []keys.Purpose{keys.Database, keys.Secrets}, []keys.Purpose{keys.Copies}); err != nil {
		return err
	}
	switch {
	case a.LogKey.ID.OutputState == nil:
		return errors.New("log key is not given: the activity log is encrypted with a customer-managed key")
	case a.Network == network.Ref{}:
		return errors.New("network is not given: the database lies in its data zone")
	case a.Size.GiB() == 0:
		return fmt.Errorf("size %q is none of %s, %s, %s", a.Size, Small, Medium, Large)
	}
	if a.Restore == nil {
		return nil
	}
	if !a.Home.Scope.Environment.HoldsRealData() {
		return fmt.Errorf("restore: real data does not come into environment %q (ENV-02)", a.Home.Scope.Environment)
	}
	if err := a.Restore.Check(); err != nil {
		return fmt.Errorf("restore %w", err)
	}
	return nil
}
