package net

import (
	"slices"

	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// SecurityZones is NET-03.
var SecurityZones = rule.Rule{
	ID: "NET-03", Name: "zones", Title: "Every subnet belongs to a security zone, and the most trusted zones have no way out",
	Severity: rule.High, Level: rule.Mandatory,
	Why: "Databases are placed where nothing leads to the Internet, so that a stolen query has nowhere to go.",
	Fix: "Take subnets from components/network, and databases' from its data zone.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.Row("tags.zone", rule.Among(securityZones...), rule.AbsentIsBad, aws.EC2Subnet),
			rule.InStack(func(v tableView, s *rule.Stack, r *rule.Report) {
				for _, subnet := range subnetsOf(s, v.Resource) {
					rule.ForEach(r, v.Ways, rule.AbsentIsGood, "", func(w way) { staysInside(subnet, w, r) })
				}
			}, aws.EC2RouteTable),
			rule.InStack(func(v routeView, s *rule.Stack, r *rule.Report) {
				for _, table := range s.Linked(v.Resource, "routeTableId", aws.EC2RouteTable) {
					for _, subnet := range subnetsOf(s, table) {
						staysInside(subnet, v.way, r)
					}
				}
			}, aws.EC2Route),
			rule.InStack(func(v networkPart, s *rule.Stack, r *rule.Report) {
				for _, subnet := range rule.Linked[subnetView](s, v.Resource, "subnetIds", aws.EC2Subnet) {
					if inZone(subnet, dataZone) == rule.No {
						r.Found(v.At("subnetIds"), "subnet "+subnet.Name(), "subnets of zone data only")
					}
					r.Looked()
				}
			}, aws.RDSSubnetGroup),
		),
		GCP:   rule.Pending("network"),
		Azure: rule.Pending("network"),
	},
	Good: []rule.Example{
		{Given: routed(edgeTable(), appTable(), dataTable())},
		{Given: ordinary(rule.Given{Type: aws.RDSSubnetGroup, Name: "database", Links: rule.Links{"subnetIds": {"data"}}})},
	},
	Bad: []rule.Example{
		{Caught: "routes[0].gatewayId", On: "data-table", DecidedWithout: true, Given: routed(edgeTable(), appTable(),
			tableWith("data-table", []string{"gateway"}, rule.Props{"cidrBlock": "0.0.0.0/0", "gatewayId": rule.Unknown}))},
		{Caught: "routes[0].vpcEndpointId", On: "data-table", DecidedWithout: true, Given: routed(edgeTable(), appTable(),
			tableWith("data-table", []string{"inner-firewall"}, rule.Props{"cidrBlock": "0.0.0.0/0", "vpcEndpointId": rule.Unknown}))},
		{Caught: "natGatewayId", On: "shortcut", DecidedWithout: true, Given: append(routed(edgeTable(), appTable(), dataTable()),
			rule.Given{Type: aws.EC2Route, Name: "shortcut", Links: rule.Links{"routeTableId": {"data-table"}, "natGatewayId": {"nat"}}})},
		{Caught: "subnetIds", On: "database", DecidedWithout: true, Given: ordinary(
			rule.Given{Type: aws.RDSSubnetGroup, Name: "database", Links: rule.Links{"subnetIds": {"data", "app"}}})},
	},
}

func staysInside(subnet subnetView, w way, r *rule.Report) {
	zone, _ := subnet.Zone.Get()
	if !slices.Contains(closedZones, zone) {
		return
	}
	for _, target := range w.targets() {
		if leads(target) {
			r.Reject(target, "no route out of zone "+zone)
			return
		}
	}
}
