package storage

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/component"
	"tenant-runtime/components/keys"
	"tenant-runtime/components/scope"
	"tenant-runtime/components/value"
)

// Content is what a store holds and for how long, in days.
type Content struct {
	Class  scope.DataClass
	Zone   scope.Zone
	Key    keys.Purpose
	Pooled bool // in a shared store each tenant has a Folder (TEN-05)
	Backed bool // the stack's backup plan takes it up (BAK-10); logs only repeat what happened
	Lock   int  // nobody can change or delete an object this young; zero: no lock
	Keep   int  // objects end after this; zero: they live as long as their tenant
	Undo   int  // what was overwritten or deleted can be brought back for this long, and not much longer
}

// Contents has a row per purpose. Deleted files come back for 90 days (BAK-04). A
// year of audit trail is what the Swiss ordinance (DSV art. 4) asks, three years
// of evidence cover one ISO 27001 certification cycle. What is locked ends a month
// after its lock, so that the two clocks cannot meet.
var Contents = map[Purpose]Content{
	Attachments: {Class: scope.Customer, Zone: scope.Data, Key: keys.Storage, Pooled: true, Backed: true, Undo: 90},
	Images:      {Class: scope.Public, Zone: scope.Data, Key: keys.Storage, Pooled: true, Backed: true, Undo: 90},
	Logs:        {Class: scope.Confidential, Zone: scope.Management, Key: keys.Logs, Keep: 365, Undo: 30},
	Evidence:    {Class: scope.Confidential, Zone: scope.Management, Key: keys.Logs, Backed: true, Lock: 3 * 365, Keep: 3*365 + 30, Undo: 30},
	Archive:     {Class: scope.Confidential, Zone: scope.Management, Key: keys.Logs, Lock: 365, Keep: 365 + 30, Undo: 30},
}

// Folder is the pattern of a tenant's objects in a shared store.
func Folder(tenant value.Tenant) string { return "tenants/" + string(tenant) + "/*" }

// Plan is what the three clouds are given to build one store.
type Plan struct {
	Content
	Purpose Purpose
	Scope   scope.Scope
	Key     keys.Key // it is encrypted with
	Logs    *Store   // where access is recorded; nil for Logs, which would record its own records
}

// plan returns what the store of a purpose is built from. Made are the stores that
// stand already, Logs among them.
func (a Args) plan(p Purpose, made Ref) Plan {
	c := Contents[p]
	plan := Plan{Content: c, Purpose: p, Scope: a.Scope.In(c.Zone).Holding(c.Class), Key: a.Keys.Of(c.Key)}
	if p != Logs {
		logs := made
		if len(a.AccessLogs) > 0 {
			logs = a.AccessLogs
		}
		store := logs.Of(Logs)
		plan.Logs = &store
	}
	return plan
}

// Tags are those of the scope, and for what is backed up the one the plan looks for.
func (p Plan) Tags(name string) pulumi.StringMap {
	if !p.Backed {
		return p.Scope.Tags(name)
	}
	return p.Scope.TagsWith(name, p.Scope.Backed())
}

// IsFinal says whether the lock is one that nobody can lift. In a drill it is not,
// or the exercise could never be torn down (BAK-08).
func (p Plan) IsFinal() bool { return p.Scope.Environment != scope.Drill }

// Step declares one setting of a store, or nothing where the store does not have
// it. T is the resource that the settings belong to.
type Step[T pulumi.Resource] func(p Plan, of T, after pulumi.ResourceOption) (pulumi.Resource, error)

// Declare takes the steps one after the other and returns what the last declared:
// clouds refuse two changes of one store at the same moment (S3: 409 OperationAborted).
func Declare[T pulumi.Resource](p Plan, of T, steps ...Step[T]) (pulumi.Resource, error) {
	var last pulumi.Resource = of
	for _, step := range steps {
		declared, err := step(p, of, component.After(last))
		if err != nil {
			return nil, err
		}
		if declared != nil {
			last = declared
		}
	}
	return last, nil
}
