// Package storage gives a runtime and its tenants the object stores they keep
// files, images, logs and evidence in.
//
// Guarantees: stores are managed and durable (DAT-01), out of reach of the
// Internet (DAT-02) and apart from the database (DAT-07); what is deleted by
// accident or on purpose can be brought back (DAT-03); everything is encrypted with
// a customer-managed key and moves over TLS only (ENC-05); nothing is kept for
// ever (BAK-15); evidence and audit trail cannot be altered (BAK-08, INC-06); access
// is logged (LOG-16); every store says what it holds (DAT-09).
package storage

import (
	"fmt"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/keys"
	"tenant-runtime/components/scope"
)

// Purpose is what a store is for. One store per purpose, because a store has one
// key, one lock and one lifetime.
type Purpose string

// The purposes of stores.
const (
	Attachments Purpose = "attachments" // what users upload
	Images      Purpose = "images"      // static pictures, what a CDN may deliver
	Logs        Purpose = "logs"        // where the cloud's services put access logs
	Evidence    Purpose = "evidence"    // policy reports, drill and restore records
	Archive     Purpose = "archive"     // the audit trail
)

// Type is the component's type token.
const Type = "tenant-runtime:storage:Storage"

// Args says which stores are needed.
type Args struct {
	Scope    scope.Scope
	Keys     keys.Ref  // with the purposes Storage and, for Logs, Evidence and Archive, Logs
	Purposes []Purpose // one store each

	// AccessLogs has the Logs store that records access to these; empty when Logs is
	// among the purposes.
	AccessLogs Ref
}

// Ref is the stores, by purpose.
type Ref map[Purpose]Store

// Store is what a consumer needs of a store. Its outputs resolve only after the
// store is closed.
type Store struct {
	Name pulumi.StringOutput // AWS, GCP: bucket; Azure: storage account, whose one container is called like the purpose
	ID   pulumi.StringOutput // AWS: bucket ARN; GCP: bucket; Azure: resource ID of the account
}

// Of returns the store of a purpose. A missing one panics; Has reports it before.
func (r Ref) Of(p Purpose) Store {
	s, ok := r[p]
	if !ok {
		panic(fmt.Sprintf("storage: there is none for %q: ask for it with Has in the component's Check", p))
	}
	return s
}

// Has reports purposes that have no store.
func (r Ref) Has(purposes ...Purpose) error {
	for _, p := range purposes {
		if s, ok := r[p]; !ok || s.Name.OutputState == nil || s.ID.OutputState == nil {
			return fmt.Errorf("there is no store for %q: add the purpose to the storage", p)
		}
	}
	return nil
}

// Where implements component.Args. Each store has a security zone and a data class of its own.
func (a Args) Where() scope.Scope { return a.Scope }

// Check implements component.Args.
func (a Args) Check() error {
	if err := a.Scope.Check(); err != nil {
		return err
	}
	if len(a.Purposes) == 0 {
		return fmt.Errorf("no purpose is given, so there would be no store")
	}
	seen := map[Purpose]bool{}
	for _, p := range a.Purposes {
		c, known := Contents[p]
		switch {
		case !known:
			return fmt.Errorf("purpose %q is unknown: add a row to Contents", p)
		case seen[p]:
			return fmt.Errorf("purpose %q is given twice", p)
		}
		if err := a.Keys.Has(c.Key); err != nil {
			return fmt.Errorf("purpose %q: %w", p, err)
		}
		seen[p] = true
	}
	if len(a.AccessLogs) == 0 {
		if !seen[Logs] {
			return fmt.Errorf("nothing records access: add the purpose %q, or give AccessLogs a storage that has it", Logs)
		}
		return nil
	}
	if a.AccessLogs.Has(Logs) != nil || seen[Logs] {
		return fmt.Errorf("access is recorded in one place: give AccessLogs a storage that has %q, or add that purpose here", Logs)
	}
	return nil
}

// Each builds a store per purpose, Logs first: the other stores log to it.
func (a Args) Each(build func(Plan) (Store, error)) (Ref, error) {
	ordered := slices.Clone(a.Purposes)
	if i := slices.Index(ordered, Logs); i > 0 {
		ordered[0], ordered[i] = ordered[i], ordered[0]
	}
	made := Ref{}
	for _, p := range ordered {
		store, err := build(a.plan(p, made))
		if err != nil {
			return nil, err
		}
		made[p] = store
	}
	return made, nil
}
