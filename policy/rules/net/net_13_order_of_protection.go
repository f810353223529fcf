package net

import (
	"net/netip"

	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// OrderOfProtection is NET-13.
var OrderOfProtection = rule.Rule{
	ID: "NET-13", Name: "order-of-protection", Title: "Between the edge and the workloads stands a firewall, in both directions",
	Severity: rule.High, Level: rule.Mandatory,
	Why: "The web firewall reads requests only; what slips through it meets the network firewall before any machine.",
	Fix: "Take subnets from components/network, whose route tables send edge and workloads through the inner firewall.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(rule.InStack(func(v subnetView, s *rule.Stack, r *rule.Report) {
			facing := map[string]string{appZone: edgeZone, edgeZone: appZone}
			for from, to := range facing {
				if inZone(v, from) != rule.Yes || ofFirewall(s, v.Resource) {
					continue
				}
				for _, network := range s.Linked(v.Resource, "vpcId", aws.EC2Vpc) {
					for _, other := range rule.Referring[subnetView](s, network, "vpcId", aws.EC2Subnet) {
						if inZone(other, to) == rule.Yes && !ofFirewall(s, other.Resource) {
							meetsFirewall(v, other, s, r)
						}
					}
				}
			}
		}, aws.EC2Subnet)),
		GCP:   rule.Pending("network"),
		Azure: rule.Pending("network"),
	},
	Good: []rule.Example{{Given: routed(edgeTable(), appTable(), dataTable())}},
	Bad: []rule.Example{
		{On: "app", Given: routed(edgeTable(), tableWith("app-table", []string{"inner-firewall"}, rule.Props{"cidrBlock": "0.0.0.0/0", "vpcEndpointId": rule.Unknown}), dataTable())},
		{On: "edge", Given: routed(tableWith("edge-table", []string{"outer-firewall"}, rule.Props{"cidrBlock": "0.0.0.0/0", "vpcEndpointId": rule.Unknown},
			rule.Props{"cidrBlock": "10.0.4.0/24", "networkInterfaceId": rule.Unknown}), appTable(), dataTable())},
	},
}

// meetsFirewall looks for a route that is more specific than the network's own
// local one and leads to an endpoint.
func meetsFirewall(from, to subnetView, s *rule.Stack, r *rule.Report) {
	through := rule.No
	for _, table := range tableOf(s, from.Resource) {
		ways, state := table.Ways.Items()
		if state == rule.Unknown {
			through = rule.Maybe
		}
		for _, w := range ways {
			through = through.Or(w.To.Holds(func(cidr string) bool { return cidr == rangeOf(to) }, rule.No).And(rule.TruthOf(leads(w.Endpoint))))
		}
	}
	switch through {
	case rule.Yes:
		r.Looked()
	case rule.Maybe:
		r.Defer(from.Resource)
	case rule.No:
		r.Found(from.Resource, "a direct way to subnet "+to.Name(), "a route through a firewall endpoint")
	}
}

func rangeOf(subnet subnetView) string {
	cidr, _ := subnet.Range.Get()
	prefix, err := netip.ParsePrefix(cidr)
	if err != nil {
		return cidr
	}
	return prefix.Masked().String()
}
