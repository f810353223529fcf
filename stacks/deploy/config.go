package deploy

import (
	"cmp"
	"fmt"
	"path"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/column"
	"tenant-runtime/components/database"
	"tenant-runtime/components/scope"
	"tenant-runtime/components/tenant"
	"tenant-runtime/components/value"
	"tenant-runtime/regions"
	"tenant-runtime/stacks/deploy/strict"
)

// Config is everything that differs between stacks: who and where, and then up to
// three sections that say what the stack owns. Every value is well formed once it
// exists; check.go says what must hold between values.
type Config struct {
	// Jurisdiction is the law that all data stays under.
	Jurisdiction regions.Jurisdiction `json:"jurisdiction" example:"CH"`

	// Environment changes tags and names, and no guarantee.
	Environment scope.Environment `json:"environment" example:"prod"`

	// Owner is the team that answers for the resources.
	Owner value.Team `json:"owner" example:"platform"`

	// AccountID is the AWS account, GCP project or Azure subscription that everything
	// is in.
	AccountID value.Account `json:"accountId" example:"'111122223333'"`

	// Number is a GCP project's own: its service agents are called by it.
	Number value.ProjectNumber `json:"number,omitempty" example:"'123456789012'"`

	// Home is where the runtime runs. The cloud follows from it.
	Home regions.Region `json:"home" example:"eu-central-2"`

	// Recovery is where it is rebuilt when Home is lost: given where, and only where,
	// the jurisdiction has a second region on the cloud. In a drill it can be left
	// out: the other region may be the one that is lost.
	Recovery regions.Region `json:"recovery,omitzero" example:"eu-west-1"`

	// PartOf names the stack that this one is brought up with, though nothing of it is
	// used: a silo belongs to the runtime of its jurisdiction and shares nothing.
	PartOf value.Stack `json:"partOf,omitempty" example:"eu"`

	// Account is given by the stack that owns what the account has once, and by a
	// stack with a cell in an account that another stack owns.
	Account *Account `json:"account,omitempty" example:"{}"`

	// Cell is a runtime in one home region, or names the stack that owns it.
	Cell *Cell `json:"cell,omitempty" example:"{stack: eu}"`

	// Tenants live in the cell.
	Tenants []Tenant `json:"tenants,omitempty" example:"[{name: alpine, isolation: bridge}]"`
}

// Account is what an account has once: settings that close it as a whole, in every
// region the stack names, and its audit trail.
type Account struct {
	// Stack owns the account; nothing of it is declared here.
	Stack value.Stack `json:"stack,omitempty" example:"eu"`
}

// Cell is one complete runtime. Its keys are given where, and only where, the part
// that reads them is built on the cloud.
type Cell struct {
	// Stack owns the cell; nothing of it is declared here, and the other keys are left
	// out.
	Stack value.Stack `json:"stack,omitempty" example:"eu"`

	// Network is the private range of the cell's addresses.
	Network value.Range `json:"network,omitzero" example:"10.64.0.0/16"`

	// DNSZone holds Hosts.
	DNSZone DNSZone `json:"dnsZone,omitzero" example:"{id: Z0123456789EXAMPLE, name: ch.example.com}"`

	// Hosts are served by the cell. The first names the certificate.
	Hosts []value.Host `json:"hosts,omitempty" example:"[app.ch.example.com]"`

	// Alarms reach these people, day and night.
	Alarms Alarms `json:"alarms,omitzero" example:"{emails: [oncall@example.com], sms: ['+491713920001']}"`

	// Egress lists the third parties that workloads may call (NET-09).
	Egress []value.Host `json:"egress,omitempty" example:"[smtp.example.net]"`

	// Restore says what the cell's database and stores start from.
	Restore *Restore `json:"restore,omitempty" example:"{database: {backups: 'arn:aws:rds:eu-west-1:111122223333:auto-backup:ab-0123456789abcdef0', key: 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'}}"`
}

// IsOwned says whether the stack declares the account's settings.
func (a *Account) IsOwned() bool { return a != nil && a.Stack == "" }

// IsOwned says whether the stack declares the cell.
func (c *Cell) IsOwned() bool { return c != nil && c.Stack == "" }

// DNSZone is a public hosted zone. No stack owns it, because it outlives a lost region.
type DNSZone struct {
	// ID is the zone's on Route 53, in the same account.
	ID value.HostedZoneID `json:"id" example:"Z0123456789EXAMPLE"`

	// Name is the domain that all hosts end in.
	Name value.Host `json:"name" example:"ch.example.com"`
}

// Alarms lists two kinds of channel, because one may be down (LOG-09).
type Alarms struct {
	// Emails are plain addresses. Each confirms its subscription once.
	Emails []value.Email `json:"emails" example:"[oncall@example.com]"`

	// SMS are telephone numbers with their country, in quotes.
	SMS []value.Phone `json:"sms" example:"['+491713920001']"`
}

// Tenant is a customer of the runtime.
type Tenant struct {
	// Name is unique in the stack and part of the names of what is the tenant's own.
	Name value.Tenant `json:"name" example:"alpine"`

	// Isolation says what the tenant has for itself: in silo an account and the whole
	// cell, in bridge database, store and keys, in pool its identity.
	Isolation tenant.Isolation `json:"isolation" example:"bridge"`

	// Restore says what the stores of a tenant in bridge start from; the others' are
	// the cell's.
	Restore *Restore `json:"restore,omitempty" example:"{database: {snapshot: eu-danube-final, key: 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'}}"`
}

// Restore says what a rebuilt runtime starts from.
type Restore struct {
	// Database is what the database is restored from.
	Database *database.Source `json:"database,omitempty" example:"{snapshot: eu-final, key: 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'}"`

	// Stores are filled from recovery points, by jobs that the operator starts.
	Stores []RestoreStore `json:"stores,omitempty" example:"[{store: attachments, copy: 'arn:aws:backup:eu-west-1:111122223333:recovery-point:attachments-1'}]"`
}

// RestoreStore is a recovery point that a store is filled from. No resource of the
// cloud starts a restore: the stack exports what the operator's job needs.
type RestoreStore struct {
	// Store is the one to fill.
	Store StoreName `json:"store" example:"attachments"`

	// Copy is the recovery point.
	Copy value.ARN `json:"copy" example:"arn:aws:backup:eu-west-1:111122223333:recovery-point:attachments-1"`
}

// The configuration is one object under this key, so that a typing error in a key
// cannot leave a setting at a default.
const (
	namespace = "tenant-runtime"
	root      = "runtime"

	// Key is the one key of a stack file.
	Key = namespace + ":" + root
)

// Columns are what each cloud builds. A cloud that a program does not link is empty.
type Columns = regions.Each[column.Column]

// Load reads and checks the configuration of the stack. Its error lists everything
// that has to be corrected.
func Load(ctx *pulumi.Context, columns Columns) (Config, error) {
	var problems strict.Problems
	if err := new(value.Stack).UnmarshalText([]byte(ctx.Stack())); err != nil {
		problems = append(problems, strict.Problem{Path: "stack", Reason: err.Error()})
	}
	text, given := ctx.GetConfig(Key)
	if !given && len(problems) == 0 {
		return Config{}, fmt.Errorf("stack %[1]s has no configuration: describe it under %[2]s in stacks/config/Pulumi.%[1]s.yaml, with stacks/config/Pulumi.eu.yaml as the example", ctx.Stack(), Key)
	}
	var c Config
	if given {
		var found strict.Problems
		c, found = Parse([]byte(text), columns)
		problems = append(problems, found...)
		problems = append(problems, c.selfReferences(ctx.Stack())...)
	}
	if err := problems.Err(); err != nil {
		return Config{}, fmt.Errorf("%s in stacks/config/Pulumi.%s.yaml has %w", Key, ctx.Stack(), err)
	}
	return c, nil
}

// Parse reads and checks a configuration written as JSON. The configuration may be
// used only when there are no problems.
func Parse(text []byte, columns Columns) (Config, strict.Problems) {
	c, unreadable := Read(text)
	return c, unreadable.Merge(c.Problems(columns))
}

// Read reads a configuration written as JSON without a look at what its cloud
// builds; that is for those who link no cloud.
func Read(text []byte) (Config, strict.Problems) {
	var c Config
	return c, strict.Decode(root, text, &c)
}

// Directory has the program of every stack, and below it one per cloud.
const Directory = "stacks"

// Program is the directory of the program that links no more than the stack needs. A
// configuration that does not say where it lives has one too: it says so.
func (c Config) Program() string {
	return path.Join(Directory, string(cmp.Or(c.Home.Cloud, regions.AWS)))
}

// Silo returns the tenant whose own the cell is, or none.
func (c Config) Silo() (Tenant, bool) {
	for _, t := range c.Tenants {
		if t.Isolation == tenant.Silo {
			return t, true
		}
	}
	return Tenant{}, false
}

// Notes says what the accounts need before the first update, because no update can
// do it.
func (c Config) Notes() []string {
	var notes []string
	for _, r := range []regions.Region{c.Home, c.Recovery} {
		switch r.Access {
		case regions.OptIn:
			notes = append(notes, fmt.Sprintf("%s is an opt-in region: enable it in account %s first; that takes minutes", r.ID, c.AccountID))
		case regions.Restricted:
			notes = append(notes, fmt.Sprintf("%s is a restricted region: ask the supplier for access to it first; a drill that assumes it must have it", r.ID))
		}
	}
	if c.Account.IsOwned() && c.Home.Cloud == regions.AWS {
		notes = append(notes, fmt.Sprintf("account %s is closed as a whole: no VPC in it reaches the Internet any more unless it is excepted, and no bucket can be public, whatever else the account is used for; destroying the stack leaves it so", c.AccountID))
	}
	return notes
}
