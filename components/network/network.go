// Package network gives a runtime a private network of its own, cut into
// security zones that only a firewall connects.
//
// Guarantees: nothing is reachable but through the edge (NET-01, NET-04); two
// managed firewalls see every packet that crosses the border or enters a security zone,
// in both directions, and drop what no rule allows (NET-02, NET-06, NET-13);
// five of them, the most trusted without any way to the Internet (NET-03); rules
// name peers, not ranges (NET-05); signatures and threat lists are the
// supplier's current ones, and an alarm counts what they stop (NET-07, NET-08);
// traffic leaves to named hosts over TLS only (NET-09); backups travel on
// interfaces of their own (NET-11); every path exists once per availability zone
// (NET-12), and these are the region's own (RES-02); the cloud's own services are
// reached privately (NET-15); all flows are logged (LOG-03).
package network

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/keys"
	"tenant-runtime/components/scope"
	"tenant-runtime/components/site"
	"tenant-runtime/components/value"
)

// Type is the component's type token.
const Type = "tenant-runtime:network:Network"

// The ports on which security zones talk to each other. What listens elsewhere is not
// reached from another one.
const (
	ServicePort  = 8443 // workloads, for the edge and for each other
	DatabasePort = 5432
)

// Args says where the network lies and whom it may talk to.
type Args struct {
	Home   site.Site // with a key of the purpose Logs: encrypts the logs and the firewalls' rules
	Range  value.Range
	Egress []value.Host // may be called over TLS; none unless listed, and each in full (NET-09)
}

// Ref is the network, as each cloud's other components know it. An output resolves
// after everything that closes what it names.
type Ref struct {
	AWS *AWS // set there only
}

// AWS is a VPC. What closes it: flow log, defaults, routes, network ACLs, rules.
type AWS struct {
	VPC       pulumi.StringOutput
	Subnets   map[scope.Zone][]pulumi.StringOutput // one per availability zone; the edge's are those of load balancers
	Workloads pulumi.StringOutput                  // security group of workloads; whoever they may call adds a rule
	Agents    pulumi.StringOutput                  // security group of a backup agent's second interface
}

// Where implements component.Args.
func (a Args) Where() scope.Scope {
	return a.Home.Scope.In(scope.Management).Holding(scope.Internal)
}

// Check implements component.Args.
func (a Args) Check() error {
	if err := a.Home.Check(keys.Logs); err != nil {
		return err
	}
	if region := a.Home.Scope.Place.Region; !region.HasThreeZones() {
		return fmt.Errorf("home region %s does not give every account %d availability zones (NET-12): choose another region", region.ID, AvailabilityZones)
	}
	if !a.Range.IsValid() {
		return errors.New("range is not given: the network needs addresses")
	}
	for i, h := range a.Egress {
		if slices.Contains(a.Egress[:i], h) {
			return fmt.Errorf("egress: %q is listed twice", h)
		}
	}
	if tag := a.Vendors(); len(tag) > maxTag {
		return fmt.Errorf("egress: the vendors' domains are %d characters together, at most %d fit into a tag: split the runtime", len(tag), maxTag)
	}
	return nil
}

const maxTag = 256 // characters in the value of a tag, on AWS and Azure

// Vendors says in a tag whom the rules for egress are for: the domains of the hosts.
func (a Args) Vendors() string {
	var domains []string
	for _, h := range a.Egress {
		labels := strings.Split(string(h), ".")
		domains = append(domains, strings.Join(labels[len(labels)-2:], "."))
	}
	slices.Sort(domains)
	return strings.Join(slices.Compact(domains), " ")
}
