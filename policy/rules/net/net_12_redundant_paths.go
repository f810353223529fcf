package net

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// RedundantPaths is NET-12.
var RedundantPaths = rule.Rule{
	ID: "NET-12", Name: "redundant-paths", Title: "Every path exists once in each of three availability zones",
	Severity: rule.High, Level: rule.Mandatory,
	Why: "One NAT gateway or firewall endpoint for three zones takes all of them down with its own.",
	Fix: "Declare networks through components/network, which lays every path three times.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(rule.InStack(func(v networkPart, s *rule.Stack, r *rule.Report) {
			r.Looked()
			subnets := rule.Referring[subnetView](s, v.Resource, "vpcId", aws.EC2Subnet)
			all := placesOf(subnets)
			if len(all) < 3 {
				r.Found(v.Resource, fmt.Sprintf("subnets in %d availability zones", len(all)), "three")
				return
			}
			for _, firewall := range s.Referring(v.Resource, "vpcId", aws.NetworkFirewallFirewall) {
				covers(r, firewall, "subnetMappings", all, rule.Linked[subnetView](s, firewall, "subnetMappings", aws.EC2Subnet))
			}
			var natted []subnetView
			for _, subnet := range subnets {
				if len(s.Referring(subnet.Resource, "subnetId", aws.EC2NatGateway)) > 0 {
					natted = append(natted, subnet)
				}
			}
			if len(natted) > 0 {
				covers(r, v.Resource, "", all, natted)
			}
		}, aws.EC2Vpc)),
		GCP:   rule.Pending("network"),
		Azure: rule.Pending("network"),
	},
	Good: []rule.Example{{Given: threefold("a", "b", "c")}},
	Bad: []rule.Example{
		{Given: threefold("a", "b", "b")},
		{Caught: "subnetMappings", On: "firewall", DecidedWithout: true, Given: append(threefold("a", "b", "c"),
			rule.Given{Type: aws.NetworkFirewallFirewall, Name: "firewall", Links: rule.Links{"vpcId": {"net"}, "subnetMappings": {"zone-0", "zone-1"}}})},
		{Given: append(threefold("a", "b", "c"), rule.Given{Type: aws.EC2NatGateway, Name: "nat", Links: rule.Links{"subnetId": {"zone-0"}}})},
	},
}

// placesOf are the availability zones of subnets.
func placesOf(subnets []subnetView) []string {
	seen := map[string]bool{}
	for _, subnet := range subnets {
		if place, state := subnet.Place.Get(); state == rule.Known {
			seen[place] = true
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

// covers demands that something stands in every availability zone of its network.
func covers(r *rule.Report, res *rule.Resource, prop string, all []string, subnets []subnetView) {
	at := rule.Located(res)
	if prop != "" {
		at = res.At(prop)
	}
	if places := placesOf(subnets); !slices.Equal(places, all) {
		r.Found(at, "a path in "+strings.Join(places, ", ")+" only", "one in each of "+strings.Join(all, ", "))
	}
}

func threefold(zones ...string) []rule.Given {
	given := []rule.Given{{Type: aws.EC2Vpc, Name: "net"}}
	for i, zone := range zones {
		given = append(given, rule.Given{Type: aws.EC2Subnet, Name: fmt.Sprint("zone-", i), Props: rule.Props{"availabilityZone": "eu-central-1" + zone}, Links: rule.Links{"vpcId": {"net"}}})
	}
	return given
}
