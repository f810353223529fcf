// Package storage gives a runtime and its tenants the object stores they keep
// files, images, logs and evidence in.
//
// Guarantees: stores are managed and durable (DAT-01), out of reach of the
// Internet (DAT-02) and apart from the database (DAT-07); what is deleted by
// accident or on purpose can be brought back (DAT-03); everything is sealed with
// the operator's key and moves over TLS only (ENC-05); nothing is kept for ever
// (BAK-15); evidence and audit trail cannot be altered (BAK-08, INC-06); access
// is logged (LOG-16); every store says what it holds (DAT-09).
package storage

import (
	"fmt"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/keys"
	"tenant-runtime/components/scope"
	"tenant-runtime/regions"
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

// Args says which stores are needed.
type Args struct {
	Scope    scope.Scope
	Keys     *keys.Keys // with the purposes Storage and, for Logs, Evidence and Archive, Logs
	Purposes []Purpose  // one store each

	// AccessLogs is the storage whose Logs store records access to these; nil when
	// Logs is among the purposes.
	AccessLogs *Storage
}

// Storage is the component. Names holds what a consumer names a store by (AWS,
// GCP: bucket; Azure: storage account, whose one container is called like the
// purpose); each resolves only after the store is closed.
type Storage struct {
	pulumi.ResourceState

	Names map[Purpose]pulumi.StringOutput

	AWS   *AWS // set on its cloud only; read only by the same cloud's files elsewhere
	Azure *Azure
}

var build = regions.Each[func(*pulumi.Context, string, Args, *Storage) error]{AWS: buildAWS, GCP: buildGCP, Azure: buildAzure}

// New declares the stores.
func New(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (*Storage, error) {
	if err := args.check(); err != nil {
		return nil, fmt.Errorf("storage %s: %w", name, err)
	}
	st := &Storage{Names: map[Purpose]pulumi.StringOutput{}}
	if err := ctx.RegisterComponentResource("tenant-runtime:storage:Storage", name, st, opts...); err != nil {
		return nil, err
	}
	if err := build.Of(args.Scope.Cloud())(ctx, name, args, st); err != nil {
		return nil, fmt.Errorf("storage %s: %w", name, err)
	}
	names := pulumi.StringMap{}
	for purpose, n := range st.Names {
		names[string(purpose)] = n
	}
	return st, ctx.RegisterResourceOutputs(st, pulumi.Map{"names": names})
}

func (a Args) check() error {
	if err := a.Scope.Check(); err != nil {
		return err
	}
	if len(a.Purposes) == 0 {
		return fmt.Errorf("no purpose is given, so there would be no store")
	}
	if a.Keys == nil {
		return fmt.Errorf("keys are not given: every store is sealed with the operator's key")
	}
	seen := map[Purpose]bool{}
	for _, p := range a.Purposes {
		c, known := contents[p]
		switch {
		case !known:
			return fmt.Errorf("purpose %q is unknown: add a row to contents", p)
		case seen[p]:
			return fmt.Errorf("purpose %q is given twice", p)
		}
		if _, ok := a.Keys.IDs[c.key]; !ok {
			return fmt.Errorf("purpose %q needs a key for %q: add that purpose to the keys", p, c.key)
		}
		seen[p] = true
	}
	if a.AccessLogs == nil {
		if !seen[Logs] {
			return fmt.Errorf("nothing records access: add the purpose %q, or give AccessLogs a storage that has it", Logs)
		}
		return nil
	}
	if _, ok := a.AccessLogs.Names[Logs]; !ok || seen[Logs] {
		return fmt.Errorf("access is recorded in one place: give AccessLogs a storage that has %q, or add that purpose here", Logs)
	}
	return nil
}

// ordered returns the purposes with Logs first: the other stores log to it.
func (a Args) ordered() []Purpose {
	if !slices.Contains(a.Purposes, Logs) {
		return a.Purposes
	}
	others := slices.DeleteFunc(slices.Clone(a.Purposes), func(p Purpose) bool { return p == Logs })
	return append([]Purpose{Logs}, others...)
}
