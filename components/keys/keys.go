// Package keys gives a runtime and its tenants the keys everything else is
// sealed with.
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
	"tenant-runtime/regions"
)

// Purpose is what a key seals. One key per purpose keeps a leak or an erasure to
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
	rotation         = 90 * 24 * time.Hour // ENC-07: at least yearly; quarterly costs no more
	destructionDelay = 30 * 24 * time.Hour // ENC-08
)

// Args says which keys are needed.
type Args struct {
	Scope    scope.Scope
	Purposes []Purpose // one key each
}

// Keys is the component. IDs holds what a consumer names a key by (AWS: key ARN;
// GCP: crypto key ID; Azure: key URI without version), by purpose; each resolves
// only after the key is fully hardened.
type Keys struct {
	pulumi.ResourceState

	IDs map[Purpose]pulumi.StringOutput

	Azure *Azure // set there only; read only by the same cloud's files elsewhere
}

var build = regions.Each[func(*pulumi.Context, string, Args, *Keys) error]{AWS: buildAWS, GCP: buildGCP, Azure: buildAzure}

// New declares the keys.
func New(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (*Keys, error) {
	if err := args.check(); err != nil {
		return nil, fmt.Errorf("keys %s: %w", name, err)
	}
	k := &Keys{IDs: map[Purpose]pulumi.StringOutput{}}
	if err := ctx.RegisterComponentResource("tenant-runtime:keys:Keys", name, k, opts...); err != nil {
		return nil, err
	}
	args.Scope = args.Scope.In(scope.Management).Holding(scope.Confidential)
	if err := build.Of(args.Scope.Cloud())(ctx, name, args, k); err != nil {
		return nil, fmt.Errorf("keys %s: %w", name, err)
	}
	ids := pulumi.StringMap{}
	for purpose, id := range k.IDs {
		ids[string(purpose)] = id
	}
	return k, ctx.RegisterResourceOutputs(k, pulumi.Map{"ids": ids})
}

func (a Args) check() error {
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

// describe says on the key itself what it is for, so that nobody deletes it as unknown.
func describe(s scope.Scope, purpose Purpose) string {
	return fmt.Sprintf("%s of tenant %s in stack %s", purpose, s.Tenant, s.Stack)
}

func days(d time.Duration) int { return int(d.Hours() / 24) }

func seconds(d time.Duration) string { return fmt.Sprintf("%.0fs", d.Seconds()) }

func iso(d time.Duration) string { return fmt.Sprintf("P%dD", days(d)) }
