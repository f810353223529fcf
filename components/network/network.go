// Package network gives a runtime a private network of its own, cut into
// security zones that only a firewall connects.
//
// Guarantees: nothing is reachable but through the edge (NET-01, NET-04); two
// managed firewalls see every packet that crosses the border or enters a zone,
// in both directions, and drop what no rule allows (NET-02, NET-06, NET-13);
// five zones, the most trusted without any way to the Internet (NET-03); rules
// name peers, not ranges (NET-05); signatures and threat lists are the
// supplier's current ones, and an alarm counts what they stop (NET-07, NET-08);
// traffic leaves to named hosts over TLS only (NET-09); backups travel on
// interfaces of their own (NET-11); every path exists once per availability zone
// (NET-12), and the zones are the region's own (RES-02); the cloud's own services
// are reached privately (NET-15); all flows are logged (LOG-03).
package network

import (
	"fmt"
	"net/netip"
	"regexp"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/scope"
	"tenant-runtime/regions"
)

// The ports on which zones talk to each other. What listens elsewhere is not
// reached from another zone.
const (
	ServicePort  = 8443 // workloads, for the edge and for each other
	DatabasePort = 5432
)

// Args says where the network lies and whom it may talk to.
type Args struct {
	Scope  scope.Scope
	Range  netip.Prefix       // private, /16 to /20
	Egress []string           // host names that may be called over TLS; none unless listed
	LogKey pulumi.StringInput // seals the logs and the firewalls' rules
	Alarms pulumi.StringInput // where alarms go
}

// Network is the component.
type Network struct {
	pulumi.ResourceState

	AWS *AWS // set on its cloud only; read only by the same cloud's files elsewhere
}

var build = regions.Each[func(*pulumi.Context, string, Args, *Network) error]{AWS: buildAWS, GCP: buildGCP, Azure: buildAzure}

// New declares the network.
func New(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (*Network, error) {
	if err := args.check(); err != nil {
		return nil, fmt.Errorf("network %s: %w", name, err)
	}
	n := &Network{}
	if err := ctx.RegisterComponentResource("tenant-runtime:network:Network", name, n, opts...); err != nil {
		return nil, err
	}
	if err := build.Of(args.Scope.Cloud())(ctx, name, args, n); err != nil {
		return nil, fmt.Errorf("network %s: %w", name, err)
	}
	return n, ctx.RegisterResourceOutputs(n, pulumi.Map{})
}

// A host is written out in full: a wildcard would allow names that nobody has
// read (NET-09).
var host = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$`)

func (a Args) check() error {
	if err := a.Scope.Check(); err != nil {
		return err
	}
	if _, err := newPlan(a.Range); err != nil {
		return err
	}
	if a.LogKey == nil || a.Alarms == nil {
		return fmt.Errorf("LogKey and Alarms are needed: a firewall that is not logged or whose drops alarm nobody is not watched")
	}
	for i, h := range a.Egress {
		switch {
		case !host.MatchString(h):
			return fmt.Errorf("egress: %q is not a full host name such as api.example.com; wildcards are not allowed", h)
		case slices.Contains(a.Egress[:i], h):
			return fmt.Errorf("egress: %q is listed twice", h)
		}
	}
	if tag := a.vendors(); len(tag) > maxTag {
		return fmt.Errorf("egress: the vendors' domains are %d characters together, at most %d fit into a tag: split the runtime", len(tag), maxTag)
	}
	return nil
}

const maxTag = 256 // characters in the value of a tag, on AWS and Azure

// vendors says in a tag whom the egress rules are for: the domains of the hosts.
func (a Args) vendors() string {
	var domains []string
	for _, h := range a.Egress {
		labels := strings.Split(h, ".")
		domains = append(domains, strings.Join(labels[len(labels)-2:], "."))
	}
	slices.Sort(domains)
	return strings.Join(slices.Compact(domains), " ")
}
