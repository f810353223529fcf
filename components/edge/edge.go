// Package edge gives a runtime its one door to the Internet.
//
// Guarantees: clients speak TLS 1.2 or 1.3 with forward-secret AEAD suites only
// (EDG-01, EDG-02); plain HTTP is only ever redirected (EDG-03); nothing passes
// but through a firewall that blocks the OWASP classes, follows new threats by
// itself, is logged and raises alarms (EDG-04 to EDG-07); the application cannot
// be framed and browsers stay on HTTPS (EDG-09, EDG-11); the platform issues and
// renews the certificate (EDG-10); traffic stays encrypted behind the door
// (EDG-13); floods are absorbed (EDG-14); changing the region that answers is a
// person's decision (HAD-09) and keeps names and certificates (HAD-12).
package edge

import (
	"fmt"
	"regexp"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/network"
	"tenant-runtime/components/scope"
	"tenant-runtime/regions"
)

// Args says which names are served, and where records of it go.
type Args struct {
	Scope   scope.Scope
	Network *network.Network // workloads answer in it on network.ServicePort, with TLS
	Hosts   []string         // full names, the certificate's own first

	// DNSZone is the cloud's id of the public zone that holds the hosts. No stack
	// owns it: it is delegated by hand, and it must outlive a lost region.
	DNSZone string

	// Standby keeps clients away: everything stands, but DNS leads to another region.
	Standby bool

	LogKey     pulumi.StringInput // seals the firewall's log
	AccessLogs pulumi.StringInput // store that access logs land in
	Alarms     pulumi.StringInput // topic that alarms go to
}

// Edge is the component. Address is the door's own name; it resolves only when
// the firewall stands in front of it.
type Edge struct {
	pulumi.ResourceState

	Address pulumi.StringOutput

	AWS *AWS // set on its cloud only; read only by the same cloud's files elsewhere
}

// healthPath is what workloads answer with 200 while they can serve.
const healthPath = "/healthz"

var build = regions.Each[func(*pulumi.Context, string, Args, *Edge) error]{AWS: buildAWS, GCP: buildGCP, Azure: buildAzure}

// New declares the edge.
func New(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (*Edge, error) {
	if err := args.check(); err != nil {
		return nil, fmt.Errorf("edge %s: %w", name, err)
	}
	e := &Edge{}
	if err := ctx.RegisterComponentResource("tenant-runtime:edge:Edge", name, e, opts...); err != nil {
		return nil, err
	}
	if err := build.Of(args.Scope.Cloud())(ctx, name, args, e); err != nil {
		return nil, fmt.Errorf("edge %s: %w", name, err)
	}
	return e, ctx.RegisterResourceOutputs(e, pulumi.Map{"address": e.Address})
}

// host is a name below a public suffix: at least two labels, no wildcard. A
// wildcard certificate would vouch for hosts that nobody declared.
var host = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$`)

func (a Args) check() error {
	if err := a.Scope.Check(); err != nil {
		return err
	}
	switch {
	case a.Network == nil:
		return fmt.Errorf("Network is not given: the edge stands in a network's edge zone")
	case len(a.Hosts) == 0:
		return fmt.Errorf("Hosts is empty: name at least one host to serve")
	case a.DNSZone == "":
		return fmt.Errorf("DNSZone is not given: the certificate is proved and the hosts are announced in it")
	case a.LogKey == nil, a.AccessLogs == nil, a.Alarms == nil:
		return fmt.Errorf("LogKey, AccessLogs and Alarms must all be given: an edge is never unwatched")
	}
	seen := map[string]bool{}
	for _, h := range a.Hosts {
		switch {
		case !host.MatchString(h) || len(h) > 253:
			return fmt.Errorf("host %q is not a full name: use lower-case letters, digits and hyphens, as in app.example.ch", h)
		case seen[h]:
			return fmt.Errorf("host %q is given twice", h)
		}
		seen[h] = true
	}
	return nil
}

// weight is this region's share among the regions that announce the same hosts:
// all or nothing.
func (a Args) weight() int {
	if a.Standby {
		return 0
	}
	return 1
}
