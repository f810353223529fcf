// Package backup keeps copies of every store where neither a mistake nor an
// intruder reaches them.
//
// Guarantees: every tagged store is backed up at least daily (BAK-03, BAK-10), in
// three generations (BAK-05) that are kept for at least 90 days (BAK-04) and no
// longer than erasure promises (BAK-15, TEN-11); each backup has a copy, in
// another region where the jurisdiction has one (RES-03); each of both is
// encrypted with a key of its own (ENC-04) and nobody can alter or delete it early
// (BAK-08); a failed or missing backup notifies people (BAK-11).
//
// Recovery to a moment (BAK-01) is the stores' own: 35 days of database log, 90
// days of object versions. It cannot be this plan's, for two reasons: a
// continuous recovery point lives at most 35 days, so a vault that keeps
// everything for 90 refuses it, and AWS Backup would take over the database's
// backup window and retention, which are declared with the database.
package backup

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/keys"
	"tenant-runtime/components/scope"
	"tenant-runtime/components/site"
)

// Type is the component's type token.
const Type = "tenant-runtime:backup:Backup"

// Args says where backups lie.
type Args struct {
	Home     site.Site  // with the key Backup, and Copies where the copy lies here
	Recovery *site.Site // with the key Copies; nil: the jurisdiction has no second region
}

// Ref is where backups lie. Its outputs resolve only after the vaults are locked.
type Ref struct {
	Vault   pulumi.StringOutput // AWS: vault ARN
	Copy    pulumi.StringOutput // likewise
	Restore pulumi.StringOutput // identity that may restore and may not back up (ACC-12)
}

// Second is where the copies lie. Switzerland has one AWS region: they then lie in
// a second vault there, encrypted with a key of their own. They survive the loss of
// the first vault or key, and not that of the region (C-03).
func (a Args) Second() site.Site {
	if a.Recovery == nil {
		return a.Home
	}
	return *a.Recovery
}

// Where implements component.Args.
func (a Args) Where() scope.Scope { return a.Home.Scope.In(scope.Backup).Holding(scope.Customer) }

// Check implements component.Args.
func (a Args) Check() error {
	atHome, there := []keys.Purpose{keys.Backup}, []keys.Purpose{keys.Copies}
	if a.Recovery == nil {
		atHome = append(atHome, there...)
	}
	return site.CheckBoth(a.Home, a.Recovery, atHome, there)
}
