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
	Why: "A route around the firewall is a door that nobody watches, in both directions.",
	Fix: "Declare networks through components/network: only the subnets of firewall endpoints have routes to gateways.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.On(func(v struct {
				Delete  rule.Value[bool] `prop:"deleteProtection"`
				Policy  rule.Value[bool] `prop:"firewallPolicyChangeProtection"`
				Subnets rule.Value[bool] `prop:"subnetChangeProtection"`
			}, r *rule.Report) {
				rule.Must(r, v.Delete, true, rule.AbsentIsBad)
				rule.Must(r, v.Policy, true, rule.AbsentIsBad)
				rule.Must(r, v.Subnets, true, rule.AbsentIsBad)
			}, aws.NetworkFirewallFirewall),
			rule.On(refusesByDefault, aws.NetworkFirewallFirewallPolicy),
			rule.InStack(func(v networkPart, s *rule.Stack, r *rule.Report) {
				r.Looked()
				if len(s.Referring(v.Resource, "vpcId", aws.NetworkFirewallFirewall)) == 0 {
					r.Found(v.Resource, "no firewall", "one that all its traffic passes")
				}
			}, aws.EC2Vpc),
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
		{Given: routed(edgeTable(), appTable(), dataTable())},
		{Given: []rule.Given{{Type: aws.NetworkFirewallFirewallPolicy, Props: inspection(nil)}}},
	},
	Bad: []rule.Example{
		{Caught: "deleteProtection", Given: []rule.Given{{Type: aws.NetworkFirewallFirewall, Props: firewallProtected(rule.Props{"deleteProtection": false})}}},
		{Caught: "subnetChangeProtection", Given: []rule.Given{{Type: aws.NetworkFirewallFirewall, Props: firewallProtected(rule.Props{"subnetChangeProtection": false})}}},
		{Caught: "firewallPolicy.statelessDefaultActions[0]", Given: []rule.Given{{Type: aws.NetworkFirewallFirewallPolicy, Props: inspection(rule.Props{"statelessDefaultActions": []string{"aws:pass"}})}}},
		{Caught: "firewallPolicy.statefulDefaultActions", Given: []rule.Given{{Type: aws.NetworkFirewallFirewallPolicy, Props: inspection(rule.Props{"statefulDefaultActions": []string{"aws:alert_established"}})}}},
		{Given: []rule.Given{{Type: aws.EC2Vpc}}},
		{Given: []rule.Given{{Type: aws.EC2InternetGateway}}},
		{Caught: "routes[0].gatewayId", On: "edge-table", DecidedWithout: true, Given: routed(
			tableWith("edge-table", []string{"gateway"}, rule.Props{"cidrBlock": "0.0.0.0/0", "gatewayId": rule.Unknown}), appTable(), dataTable())},
		{Caught: "routes[0].natGatewayId", On: "app-table", DecidedWithout: true, Given: routed(
			edgeTable(), tableWith("app-table", []string{"nat"}, rule.Props{"cidrBlock": "0.0.0.0/0", "natGatewayId": rule.Unknown}), dataTable())},
		{Caught: "gatewayId", On: "shortcut", DecidedWithout: true, Given: append(routed(edgeTable(), appTable(), dataTable()),
			rule.Given{Type: aws.EC2Route, Name: "shortcut", Props: rule.Props{"destinationCidrBlock": "203.0.113.0/24"}, Links: rule.Links{"routeTableId": {"app-table"}, "gatewayId": {"gateway"}}})},
	},
}

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
	if zone, _ := subnet.Zone.Get(); slices.Contains(sealedZones, zone) || ofFirewall(s, subnet.Resource) {
		return
	}
	for _, exit := range []rule.Value[string]{w.Gateway, w.NAT, w.EgressOnly} {
		if leads(exit) {
			r.Reject(exit, "a firewall endpoint: subnet "+subnet.Name()+" holds none")
		}
	}
}
