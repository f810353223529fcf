// Package keys gives a runtime and its tenants the keys everything else is
// encrypted with.
//
// Guarantees: every key is the operator's own and AES-256 (ENC-02, ENC-03),
// rotates (ENC-07), can be recovered for 30 days after deletion (ENC-08),
// separates who administers it from what uses it (ENC-09), lies in hardware
// (ENC-10) and never leaves its jurisdiction (RES-10). A tenant in silo or bridge
// has keys of its own (TEN-07).
package keys

import (
	"fmt"
	"slices"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/scope"
)

// Purpose is what a key encrypts. One key per purpose keeps a leak or an erasure to
// one kind of data.
type Purpose string

// The purposes of keys.
const (
	Database  Purpose = "database"
	Storage   Purpose = "storage"
	Logs      Purpose = "logs"
	Backup    Purpose = "backup"
	Copies    Purpose = "copies" // second copies of backups, in the recovery region where there is one
	Secrets   Purpose = "secrets"
	Messaging Purpose = "messaging" // alarms
)

var all = []Purpose{Database, Storage, Logs, Backup, Copies, Secrets, Messaging}

const (
	Rotation         = 90 * 24 * time.Hour // ENC-07: at least yearly; quarterly costs no more
	DestructionDelay = 30 * 24 * time.Hour // ENC-08
)

// Type is the component's type token.
const Type = "tenant-runtime:keys:Keys"

// Args says which keys are needed.
type Args struct {
	Scope    scope.Scope
	Purposes []Purpose // one key each
}

// Ref is the keys, by purpose.
type Ref map[Purpose]Key

// Key is what a consumer needs of a key. Its outputs resolve only after the key is
// fully hardened.
type Key struct {
	ID    pulumi.StringOutput // AWS: key ARN; GCP: crypto key ID; Azure: key URI without version
	Azure *AzureKey           // set there only
}

// AzureKey is how Azure's services name a key: by vault and name, and as whom they
// use it.
type AzureKey struct {
	VaultURI pulumi.StringOutput
	Name     pulumi.StringOutput
	Identity pulumi.StringOutput // resource ID
}

// Of returns the key of a purpose. A missing one panics and does not come back as
// an output without a value, which no check could tell from one that is not known
// yet; Has reports it before.
func (r Ref) Of(p Purpose) Key {
	k, ok := r[p]
	if !ok {
		panic(fmt.Sprintf("keys: there is none for %q: ask for it with Has in the component's Check", p))
	}
	return k
}

// Has reports purposes that have no key.
func (r Ref) Has(purposes ...Purpose) error {
	for _, p := range purposes {
		if k, ok := r[p]; !ok || k.ID.OutputState == nil {
			return fmt.Errorf("there is no key for %q: add the purpose to the keys", p)
		}
	}
	return nil
}

// Each builds a key per purpose.
func (a Args) Each(build func(Purpose) (Key, error)) (Ref, error) {
	made := Ref{}
	for _, p := range a.Purposes {
		key, err := build(p)
		if err != nil {
			return nil, err
		}
		made[p] = key
	}
	return made, nil
}

// Where implements component.Args.
func (a Args) Where() scope.Scope { return a.Scope.In(scope.Management).Holding(scope.Confidential) }

// Check implements component.Args.
func (a Args) Check() error {
	if err := a.Scope.Check(); err != nil {
		return err
	}
	if len(a.Purposes) == 0 {
		return fmt.Errorf("no purpose is given, so there would be no key")
	}
	seen := map[Purpose]bool{}
	for _, p := range a.Purposes {
		if !slices.Contains(all, p) {
			return fmt.Errorf("purpose %q is unknown: use one of %v", p, all)
		}
		if seen[p] {
			return fmt.Errorf("purpose %q is given twice", p)
		}
		seen[p] = true
	}
	return nil
}

// Describe says on the key itself what it is for, so that nobody deletes it as unknown.
func Describe(s scope.Scope, purpose Purpose) string {
	return fmt.Sprintf("%s of tenant %s in stack %s", purpose, s.Tenant, s.Stack)
}

// Days is a duration in whole days.
func Days(d time.Duration) int { return int(d.Hours() / 24) }
