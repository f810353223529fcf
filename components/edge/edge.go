// Package edge gives a runtime its one way in from the Internet.
//
// Guarantees: clients speak TLS 1.2 or 1.3 with forward-secret AEAD suites only
// (EDG-01, EDG-02); plain HTTP is only ever redirected (EDG-03); nothing passes
// but through a firewall that blocks the OWASP classes, follows new threats by
// itself, is logged and raises alarms (EDG-04 to EDG-07); the application cannot
// be framed and browsers stay on HTTPS (EDG-09, EDG-11); the platform issues and
// renews the certificate (EDG-10); traffic stays encrypted behind the load
// balancer (EDG-13); floods are absorbed (EDG-14); changing the region that
// answers is a person's decision (HAD-09) and keeps names and certificates
// (HAD-12).
package edge

import (
	"errors"
	"fmt"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/keys"
	"tenant-runtime/components/network"
	"tenant-runtime/components/scope"
	"tenant-runtime/components/site"
	"tenant-runtime/components/value"
)

// Type is the component's type token.
const Type = "tenant-runtime:edge:Edge"

// HealthPath is what workloads answer with 200 while they can serve.
const HealthPath = "/healthz"

// Args says which names are served, and where records of it go.
type Args struct {
	Home    site.Site    // with a key of the purpose Logs: encrypts the firewall's log
	Network network.Ref  // workloads answer in it on network.ServicePort, with TLS
	Hosts   []value.Host // the certificate's own first

	// DNSZone is the public hosted zone that holds the hosts. No stack owns it: it is
	// delegated by hand, and it must outlive a lost region.
	DNSZone value.HostedZoneID

	// Standby keeps clients away: everything stands, but DNS leads to another region.
	Standby bool

	AccessLogs pulumi.StringOutput // store that access logs land in
}

// Ref is the edge.
type Ref struct {
	Address pulumi.StringOutput // the load balancer's own name; resolves only when the firewall stands in front of it
	AWS     *AWS                // set there only
}

// AWS is what workloads need to be reached.
type AWS struct {
	SecurityGroup pulumi.StringOutput // of the load balancer
	TargetGroup   pulumi.StringOutput // ARN; workloads register in it by address
}

// Where implements component.Args.
func (a Args) Where() scope.Scope { return a.Home.Scope.In(scope.Edge).Holding(scope.Internal) }

// Check implements component.Args.
func (a Args) Check() error {
	if err := a.Home.Check(keys.Logs); err != nil {
		return err
	}
	switch {
	case a.Network == (network.Ref{}):
		return errors.New("network is not given: the edge stands in a network's edge zone")
	case len(a.Hosts) == 0:
		return errors.New("no host is given: name at least one to serve")
	case a.DNSZone == "":
		return errors.New("DNS zone is not given: the certificate is validated and the hosts are announced in it")
	case a.AccessLogs.OutputState == nil:
		return errors.New("access logs have no store: whatever passes the edge is recorded (LOG-16)")
	}
	for i, h := range a.Hosts {
		if slices.Contains(a.Hosts[:i], h) {
			return fmt.Errorf("host %q is given twice", h)
		}
	}
	return nil
}

// Weight is this region's share among the regions that announce the same hosts:
// all or nothing.
func (a Args) Weight() int {
	if a.Standby {
		return 0
	}
	return 1
}
