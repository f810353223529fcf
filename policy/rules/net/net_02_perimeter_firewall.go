package net

import (
	"slices"
	"strings"

	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// PerimeterFirewall is NET-02.
var PerimeterFirewall = rule.Rule{
	ID: "NET-02", Name: "perimeter-firewall", Title: "Every way to or from the Internet leads through a managed firewall that refuses by default",
	Severity: rule.Critical, Level: rule.Mandatory,
	Why: "A route around the firewall lets traffic in and out that nobody sees.",
	Fix: "Declare networks through components/network: only the subnets of firewall endpoints have routes to gateways.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.Row("deleteProtection", rule.Equals(true), rule.AbsentIsBad, aws.NetworkFirewallFirewall).Named("protection").WithFix(protected),
			rule.Row("firewallPolicyChangeProtection", rule.Equals(true), rule.AbsentIsBad, aws.NetworkFirewallFirewall).Named("protection").WithFix(protected),
			rule.Row("subnetChangeProtection", rule.Equals(true), rule.AbsentIsBad, aws.NetworkFirewallFirewall).Named("protection").WithFix(protected),
			rule.On(refusesByDefault, aws.NetworkFirewallFirewallPolicy),
			rule.Needs(aws.EC2Vpc, "vpcId", aws.NetworkFirewallFirewall).Missing("no firewall").Wanting("one that all its traffic passes"),
			rule.InStack(entersThroughFirewall, aws.EC2InternetGateway),
			rule.InStack(func(v tableView, s *rule.Stack, r *rule.Report) {
				for _, subnet := range subnetsOf(s, v.Resource) {
					rule.ForEach(r, v.Ways, rule.AbsentIsGood, "", func(w way) { leavesThroughFirewall(subnet, w, s, r) })
				}
			}, aws.EC2RouteTable),
			rule.InStack(func(v routeView, s *rule.Stack, r *rule.Report) {
				for _, table := range s.Linked(v.Resource, "routeTableId", aws.EC2RouteTable) {
					for _, subnet := range subnetsOf(s, table) {
						leavesThroughFirewall(subnet, v.way, s, r)
					}
				}
			}, aws.EC2Route),
		),
		GCP:   rule.Pending("network"),
		Azure: rule.Pending("network"),
	},
	Good: []rule.Example{
		{Given: []rule.Given{{Type: aws.EC2Vpc, Name: "net"}, {Type: aws.NetworkFirewallFirewall, Name: "firewall", Props: firewallProtected(nil), Links: rule.Links{"vpcId": {"net"}}}}},
		{Given: routed(edgeTable(), appTable(), dataTable())},
		{Given: []rule.Given{{Type: aws.NetworkFirewallFirewallPolicy, Props: inspection(nil)}}},
	},
	Bad: []rule.Example{
		{Caught: "firewallPolicy.statelessDefaultActions[0]", Given: []rule.Given{{Type: aws.NetworkFirewallFirewallPolicy, Props: inspection(rule.Props{"statelessDefaultActions": []string{"aws:pass"}})}}},
		{Caught: "firewallPolicy.statefulDefaultActions", Given: []rule.Given{{Type: aws.NetworkFirewallFirewallPolicy, Props: inspection(rule.Props{"statefulDefaultActions": []string{"aws:alert_established"}})}}},
		{Given: []rule.Given{{Type: aws.EC2InternetGateway}}},
		{Caught: "routes[0].gatewayId", On: "edge-table", DecidedWithout: true, Given: routed(
			tableWith("edge-table", []string{"gateway"}, rule.Props{"cidrBlock": "0.0.0.0/0", "gatewayId": rule.Unknown}), appTable(), dataTable())},
		{Caught: "routes[0].natGatewayId", On: "app-table", DecidedWithout: true, Given: routed(
			edgeTable(), tableWith("app-table", []string{"nat"}, rule.Props{"cidrBlock": "0.0.0.0/0", "natGatewayId": rule.Unknown}), dataTable())},
		{Caught: "gatewayId", On: "shortcut", DecidedWithout: true, Given: append(routed(edgeTable(), appTable(), dataTable()),
			rule.Given{Type: aws.EC2Route, Name: "shortcut", Props: rule.Props{"destinationCidrBlock": "203.0.113.0/24"}, Links: rule.Links{"routeTableId": {"app-table"}, "gatewayId": {"gateway"}}})},
	},
}

const protected = "Set the three protections of the firewall: against deletion, another policy and other subnets."

func refusesByDefault(v struct {
	Stateless rule.List[rule.Value[string]] `prop:"firewallPolicy.statelessDefaultActions"`
	Fragments rule.List[rule.Value[string]] `prop:"firewallPolicy.statelessFragmentDefaultActions"`
	Stateful  rule.List[rule.Value[string]] `prop:"firewallPolicy.statefulDefaultActions"`
}, r *rule.Report) {
	for _, actions := range []rule.List[rule.Value[string]]{v.Stateless, v.Fragments} {
		rule.ForEach(r, actions, rule.AbsentIsBad, "aws:forward_to_sfe", func(action rule.Value[string]) {
			rule.MustNot(r, action, "aws:pass", rule.AbsentIsBad)
		})
	}
	rule.Some(r, v.Stateful, func(action rule.Value[string]) rule.Truth {
		return action.Holds(func(a string) bool { return strings.HasPrefix(a, "aws:drop_") }, rule.No)
	}, "aws:drop_established or another that drops")
}

// entersThroughFirewall looks for the gateway's own route table: without one, or
// with a route that names no endpoint, what comes in goes straight to its target.
func entersThroughFirewall(v networkPart, s *rule.Stack, r *rule.Report) {
	r.Looked()
	tables := 0
	for _, association := range s.Referring(v.Resource, "gatewayId", aws.EC2RouteTableAssociation) {
		for _, table := range rule.Linked[tableView](s, association, "routeTableId", aws.EC2RouteTable) {
			tables++
			rule.ForEach(r, table.Ways, rule.AbsentIsBad, "a route per subnet of the edge", func(w way) {
				if !leads(w.Endpoint) {
					r.Reject(w.Endpoint, "a firewall endpoint")
				}
			})
		}
	}
	if tables == 0 {
		r.Found(v.Resource, "no route table of its own", "one that sends what comes in to a firewall")
	}
}

// leavesThroughFirewall: only behind a firewall endpoint comes a gateway. Zones
// without any way out are NET-03's.
func leavesThroughFirewall(subnet subnetView, w way, s *rule.Stack, r *rule.Report) {
	if zone, _ := subnet.Zone.Get(); slices.Contains(closedZones, zone) || ofFirewall(s, subnet.Resource) {
		return
	}
	for _, exit := range []rule.Value[string]{w.Gateway, w.NAT, w.EgressOnly} {
		if leads(exit) {
			r.Reject(exit, "a firewall endpoint: subnet "+subnet.Name()+" holds none")
		}
	}
}
