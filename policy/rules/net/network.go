package net

import (
	"slices"
	"strings"

	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
)

// Security zones, as tags name them.
const (
	edgeZone   = "edge"
	appZone    = "app"
	dataZone   = "data"
	backupZone = "backup"
)

var (
	securityZones = []string{edgeZone, appZone, dataZone, backupZone, "management"}
	closedZones   = []string{dataZone, backupZone, "management"} // no way out
)

// anywhere are the ways to write the whole Internet.
var anywhere = []string{"0.0.0.0/0", "::/0"}

// networkPart is anything of which only its links are looked at.
type networkPart struct{ *rule.Resource }

type subnetView struct {
	*rule.Resource
	Zone  rule.Value[string] `prop:"tags.zone"`
	Range rule.Value[string] `prop:"cidrBlock"`
	Place rule.Value[string] `prop:"availabilityZone"`
}

// way is a route, in a table or as a resource of its own.
type way struct {
	To         rule.Value[string] `prop:"cidrBlock"`
	Gateway    rule.Value[string] `prop:"gatewayId"`
	NAT        rule.Value[string] `prop:"natGatewayId"`
	Endpoint   rule.Value[string] `prop:"vpcEndpointId"`
	EgressOnly rule.Value[string] `prop:"egressOnlyGatewayId"`
	Transit    rule.Value[string] `prop:"transitGatewayId"`
	Peering    rule.Value[string] `prop:"vpcPeeringConnectionId"`
	Interface  rule.Value[string] `prop:"networkInterfaceId"`
}

// targets are the ways a route can lead out of its subnet, those to the Internet first.
func (w way) targets() []rule.Value[string] {
	return []rule.Value[string]{w.Gateway, w.EgressOnly, w.NAT, w.Endpoint, w.Transit, w.Peering, w.Interface}
}

// leads tells whether a route has this target. In a plan that is all one can see
// of it, and enough. The provider returns targets that a route lacks as empty.
func leads(target rule.Value[string]) bool {
	id, state := target.Get()
	return state == rule.Unknown || state == rule.Known && id != "" && id != "local"
}

type tableView struct {
	*rule.Resource
	Ways rule.List[way] `prop:"routes"`
}

type routeView struct {
	*rule.Resource
	way
}

// subnetsOf are the subnets that a resource's route table is for.
func subnetsOf(s *rule.Stack, table *rule.Resource) []subnetView {
	var found []subnetView
	for _, association := range s.Referring(table, "routeTableId", aws.EC2RouteTableAssociation) {
		found = append(found, rule.Linked[subnetView](s, association, "subnetId", aws.EC2Subnet)...)
	}
	return found
}

// tableOf is the table of a subnet, if it has one of its own.
func tableOf(s *rule.Stack, subnet *rule.Resource) []tableView {
	var found []tableView
	for _, association := range s.Referring(subnet, "subnetId", aws.EC2RouteTableAssociation) {
		found = append(found, rule.Linked[tableView](s, association, "routeTableId", aws.EC2RouteTable)...)
	}
	return found
}

// ofFirewall tells whether a subnet holds an endpoint of a firewall.
func ofFirewall(s *rule.Stack, subnet *rule.Resource) bool {
	return len(s.Referring(subnet, "subnetMappings", aws.NetworkFirewallFirewall)) > 0
}

// inZone tells whether a subnet is tagged as part of one of the zones. That it is
// tagged at all is NET-03's concern alone.
func inZone(v subnetView, zones ...string) rule.Truth {
	return v.Zone.Holds(func(zone string) bool { return slices.Contains(zones, zone) }, rule.Maybe)
}

// empty demands that a list has no element.
func empty(r *rule.Report, l rule.List[rule.Value[any]], wanted string) {
	rule.ForEach(r, l, rule.AbsentIsGood, "", func(v rule.Value[any]) {
		rule.Match(r, v, func(any) bool { return false }, wanted, rule.AbsentIsGood)
	})
}

// serves tells whether an endpoint is for a service of AWS: com.amazonaws.eu-central-1.s3.
func serves(name rule.Value[string], services ...string) rule.Truth {
	return name.Holds(func(name string) bool {
		parts := strings.SplitN(name, ".", 4)
		return len(parts) == 4 && slices.Contains(services, parts[3])
	}, rule.No)
}

// ordinary is a network of one zone that every rule accepts as far as it goes:
// two firewalls, an edge between them, workloads behind. Examples edit it.
func ordinary(more ...rule.Given) []rule.Given {
	subnet := func(name, zone, cidr string) rule.Given {
		return rule.Given{Type: aws.EC2Subnet, Name: name, Links: rule.Links{"vpcId": {"net"}},
			Props: rule.Props{"cidrBlock": cidr, "availabilityZone": "eu-central-1a", "tags": rule.Props{"zone": zone}}}
	}
	return append([]rule.Given{
		{Type: aws.EC2Vpc, Name: "net", Props: rule.Props{"cidrBlock": "10.0.0.0/16"}},
		subnet("outer", edgeZone, "10.0.1.0/24"), subnet("edge", edgeZone, "10.0.2.0/24"), subnet("inner", edgeZone, "10.0.3.0/24"),
		subnet("app", appZone, "10.0.4.0/24"), subnet("data", dataZone, "10.0.5.0/24"),
		{Type: aws.EC2InternetGateway, Name: "gateway", Links: rule.Links{"vpcId": {"net"}}},
		firewallIn("outer"), firewallIn("inner"),
		{Type: aws.EC2NatGateway, Name: "nat", Links: rule.Links{"subnetId": {"edge"}}},
		associated("gateway-in", "gatewayId", "gateway", "gateway-table"), tableWith("gateway-table", []string{"outer-firewall"}, rule.Props{"cidrBlock": "10.0.2.0/24", "vpcEndpointId": rule.Unknown}),
	}, more...)
}

// routed is the ordinary network with route tables for all its subnets.
func routed(edge, app, data rule.Given) []rule.Given {
	return ordinary(
		tableWith("outer-table", []string{"gateway"}, rule.Props{"cidrBlock": "0.0.0.0/0", "gatewayId": rule.Unknown}),
		tableWith("inner-table", []string{"nat"}, rule.Props{"cidrBlock": "0.0.0.0/0", "natGatewayId": rule.Unknown}),
		edge, app, data,
		associated("outer-routes", "subnetId", "outer", "outer-table"), associated("inner-routes", "subnetId", "inner", "inner-table"),
		associated("edge-routes", "subnetId", "edge", edge.Name), associated("app-routes", "subnetId", "app", app.Name), associated("data-routes", "subnetId", "data", data.Name),
	)
}

func edgeTable() rule.Given {
	return tableWith("edge-table", []string{"outer-firewall", "inner-firewall"},
		rule.Props{"cidrBlock": "0.0.0.0/0", "vpcEndpointId": rule.Unknown}, rule.Props{"cidrBlock": "10.0.4.0/24", "vpcEndpointId": rule.Unknown})
}

func appTable() rule.Given {
	return tableWith("app-table", []string{"inner-firewall"},
		rule.Props{"cidrBlock": "10.0.2.0/24", "vpcEndpointId": rule.Unknown}, rule.Props{"cidrBlock": "0.0.0.0/0", "vpcEndpointId": rule.Unknown})
}

func dataTable() rule.Given { return tableWith("data-table", nil) }

func tableWith(name string, through []string, routes ...rule.Props) rule.Given {
	return rule.Given{Type: aws.EC2RouteTable, Name: name, Props: rule.Props{"routes": routes}, Links: rule.Links{"vpcId": {"net"}, "routes": through}}
}

func associated(name, prop, with, table string) rule.Given {
	return rule.Given{Type: aws.EC2RouteTableAssociation, Name: name, Links: rule.Links{prop: {with}, "routeTableId": {table}}}
}

func firewallIn(subnet string) rule.Given {
	return rule.Given{Type: aws.NetworkFirewallFirewall, Name: subnet + "-firewall", Props: firewallProtected(nil), Links: rule.Links{"vpcId": {"net"}, "subnetMappings": {subnet}}}
}

func firewallProtected(but rule.Props) rule.Props {
	props := rule.Props{"deleteProtection": true, "firewallPolicyChangeProtection": true, "subnetChangeProtection": true}
	for name, value := range but {
		props[name] = value
	}
	return props
}
