// Package backup keeps copies of every store where neither a mistake nor an
// intruder reaches them.
//
// Guarantees: every tagged store is backed up at least daily (BAK-03, BAK-10), in
// three generations (BAK-05) that are kept for at least 90 days (BAK-04) and no
// longer than erasure promises (BAK-15, TEN-11); each backup has a copy, in
// another region where the jurisdiction has one (RES-03); both are sealed with
// keys of their own (ENC-04) and nobody can alter or delete them early (BAK-08);
// a failed or missing backup rings (BAK-11).
//
// Recovery to a moment (BAK-01) is the stores' own: 35 days of database log, 90
// days of object versions. It cannot be this plan's, for two reasons: a
// continuous recovery point lives at most 35 days, so a vault that keeps
// everything for 90 refuses it, and AWS Backup would take over the database's
// backup window and retention, which are declared with the database.
package backup

import (
	"errors"
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/scope"
	"tenant-runtime/regions"
)

// Args says where backups lie.
type Args struct {
	Scope scope.Scope
	Home  Site
	Copy  Site // in the scope's recovery region, or at home where there is none
}

// Site is what a vault needs of the region it lies in.
type Site struct {
	Key    pulumi.StringInput // seals the vault; of the purpose Backup, another for each site
	Alarms pulumi.StringInput // where failures are told
}

// Backup is the component. Its outputs resolve only after the vaults are locked.
type Backup struct {
	pulumi.ResourceState

	Vault   pulumi.StringOutput // AWS: vault ARN
	Copy    pulumi.StringOutput // likewise
	Restore pulumi.StringOutput // identity that may restore and may not back up (ACC-12)
}

var build = regions.Each[func(*pulumi.Context, string, Args, *Backup) error]{AWS: buildAWS, GCP: buildGCP, Azure: buildAzure}

// New declares the vaults and the plan that fills them.
func New(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (*Backup, error) {
	if err := args.check(); err != nil {
		return nil, fmt.Errorf("backup %s: %w", name, err)
	}
	b := &Backup{}
	if err := ctx.RegisterComponentResource("tenant-runtime:backup:Backup", name, b, opts...); err != nil {
		return nil, err
	}
	if err := build.Of(args.Scope.Cloud())(ctx, name, args, b); err != nil {
		return nil, fmt.Errorf("backup %s: %w", name, err)
	}
	return b, ctx.RegisterResourceOutputs(b, pulumi.Map{"vault": b.Vault, "copy": b.Copy, "restore": b.Restore})
}

func (a Args) check() error {
	if err := a.Scope.Check(); err != nil {
		return err
	}
	for _, site := range []Site{a.Home, a.Copy} {
		if site.Key == nil || site.Alarms == nil {
			return errors.New("home and copy both need a key and alarms, each of its own region")
		}
	}
	return nil
}
