package storage

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/keys"
	"tenant-runtime/components/scope"
)

// content is what a store holds and for how long, in days.
type content struct {
	class  scope.DataClass
	zone   scope.Zone
	key    keys.Purpose
	pooled bool // in a shared store each tenant has a folder, tenants/<name>/ (TEN-05)
	backed bool // the stack's backup plan takes it up (BAK-10); logs only repeat what happened
	lock   int  // nobody can change or delete an object this young; zero: no lock
	keep   int  // objects end after this; zero: they live as long as their tenant
	undo   int  // what was overwritten or deleted can be brought back for this long, and not much longer
}

// contents has a row per purpose. Deleted files come back for 90 days (BAK-04). A
// year of audit trail is what the Swiss ordinance (DSV art. 4) asks, three years
// of evidence cover one ISO 27001 certification cycle. What is locked ends a month
// after its lock, so that the two clocks cannot meet.
var contents = map[Purpose]content{
	Attachments: {class: scope.Customer, zone: scope.Data, key: keys.Storage, pooled: true, backed: true, undo: 90},
	Images:      {class: scope.Public, zone: scope.Data, key: keys.Storage, pooled: true, backed: true, undo: 90},
	Logs:        {class: scope.Confidential, zone: scope.Management, key: keys.Logs, keep: 365, undo: 30},
	Evidence:    {class: scope.Confidential, zone: scope.Management, key: keys.Logs, backed: true, lock: 3 * 365, keep: 3*365 + 30, undo: 30},
	Archive:     {class: scope.Confidential, zone: scope.Management, key: keys.Logs, lock: 365, keep: 365 + 30, undo: 30},
}

// store is what the three clouds' files are given to build one store.
type store struct {
	content
	purpose Purpose
	scope   scope.Scope
	child   string              // logical name of its resources
	key     pulumi.StringOutput // what it is sealed with
	logs    *Storage            // where access is recorded; nil for Logs, which would record its own records
}

func (a Args) store(name string, p Purpose, st *Storage) store {
	c := contents[p]
	s := store{
		content: c,
		purpose: p,
		scope:   a.Scope.In(c.zone).Holding(c.class),
		child:   name + "-" + string(p),
		key:     a.Keys.IDs[c.key],
	}
	if p != Logs {
		s.logs = st
		if a.AccessLogs != nil {
			s.logs = a.AccessLogs
		}
	}
	return s
}

// tags are those of the scope, and for what is backed up the one the plan looks for.
func (s store) tags(name string) pulumi.StringMap {
	if !s.backed {
		return s.scope.Tags(name)
	}
	return s.scope.TagsWith(name, s.scope.Backed())
}

// final says whether the lock is one that nobody can lift. In a drill it is not,
// or the exercise could never be torn down (BAK-08).
func (s store) final() bool { return s.scope.Environment != scope.Drill }

// part declares one part of a store's configuration, or nothing where the store
// does not have it. T is what the parts belong to.
type part[T any] func(ctx *pulumi.Context, s store, of T, opts []pulumi.ResourceOption) (pulumi.Resource, error)

// declare declares the parts one after the other and returns the last: clouds
// refuse two changes of one store at the same moment (S3: 409 OperationAborted).
func declare[T any](ctx *pulumi.Context, st *Storage, s store, of T, first pulumi.Resource, parts []part[T]) (pulumi.Resource, error) {
	last := first
	for _, p := range parts {
		declared, err := p(ctx, s, of, s.scope.Child(st, pulumi.DependsOn([]pulumi.Resource{last})))
		if err != nil {
			return nil, err
		}
		if declared != nil {
			last = declared
		}
	}
	return last, nil
}
