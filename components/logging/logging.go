// Package logging records who did what and keeps the record out of reach.
//
// Guarantees: every call to the cloud's interfaces, in every region, and every
// access to tenants' files is recorded (LOG-01, LOG-02); a record is kept for as
// long as its class asks (LOG-06), cannot be altered or removed unnoticed
// (LOG-07) and is sealed with the operator's key (LOG-18).
package logging

import (
	"errors"
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/scope"
	"tenant-runtime/regions"
)

// Args says where the audit trail goes.
type Args struct {
	Scope   scope.Scope
	Key     pulumi.StringInput // seals the trail; of the purpose Logs
	Archive pulumi.StringInput // store of the purpose Archive: locked, and open to this trail only
}

// Logging is the component: the audit trail of a runtime.
type Logging struct {
	pulumi.ResourceState

	Trail pulumi.StringOutput // the trail (AWS: its ARN)
	Group pulumi.StringOutput // where it can be searched and alarmed on (AWS: log group name)
}

var build = regions.Each[func(*pulumi.Context, string, Args, *Logging) error]{AWS: buildAWS, GCP: buildGCP, Azure: buildAzure}

// New declares the audit trail.
func New(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (*Logging, error) {
	if err := args.check(); err != nil {
		return nil, fmt.Errorf("logging %s: %w", name, err)
	}
	l := &Logging{}
	if err := ctx.RegisterComponentResource("tenant-runtime:logging:Logging", name, l, opts...); err != nil {
		return nil, err
	}
	if err := build.Of(args.Scope.Cloud())(ctx, name, args, l); err != nil {
		return nil, fmt.Errorf("logging %s: %w", name, err)
	}
	return l, ctx.RegisterResourceOutputs(l, pulumi.Map{"trail": l.Trail, "group": l.Group})
}

func (a Args) check() error {
	if err := a.Scope.Check(); err != nil {
		return err
	}
	if a.Key == nil {
		return errors.New("key is not given: the trail is sealed with the operator's key")
	}
	if a.Archive == nil {
		return errors.New("archive is not given: the trail goes to a locked store")
	}
	return nil
}
