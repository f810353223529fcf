package net

import (
	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// BackupNetwork is NET-11.
var BackupNetwork = rule.Rule{
	ID: "NET-11", Name: "backup-network", Title: "Backups travel on interfaces of a zone of their own",
	Severity: rule.Low, Level: rule.Mandatory,
	Why: "A backup that shares the workloads' interfaces slows them down at night and stops with them in an attack.",
	Fix: "Take the backup endpoints from components/network, which puts them into the backup zone.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.InStack(func(v endpointView, s *rule.Stack, r *rule.Report) {
				carries := serves(v.Service, "backup", "ebs").Or(serves(v.Service, "s3").And(rule.Is(v.Kind, "Interface")))
				if carries != rule.Yes {
					return
				}
				for _, subnet := range rule.Linked[subnetView](s, v.Resource, "subnetIds", aws.EC2Subnet) {
					r.Looked()
					if inZone(subnet, backupZone) == rule.No {
						r.Found(v.At("subnetIds"), "subnet "+subnet.Name(), "subnets of zone backup only")
					}
				}
			}, aws.EC2VpcEndpoint),
			rule.InStack(func(v networkPart, s *rule.Stack, r *rule.Report) {
				r.Expect(v.Resource, hasEndpoint(s, v.Resource, "backup"), "an endpoint for backup")
			}, aws.EC2Vpc),
		),
		GCP:   rule.Pending("network"),
		Azure: rule.Pending("network"),
	},
	Good: []rule.Example{{Given: backingUp(backupZone, "backup")}},
	Bad: []rule.Example{
		{Caught: "subnetIds", On: "endpoint", DecidedWithout: true, Given: backingUp(appZone, "backup")},
		{Caught: "", On: "net", Given: backingUp(backupZone, "kms")},
	},
}

func backingUp(zone, service string) []rule.Given {
	return []rule.Given{
		{Type: aws.EC2Vpc, Name: "net"},
		{Type: aws.EC2Subnet, Name: "subnet", Props: rule.Props{"tags": rule.Props{"zone": zone}}},
		{Type: aws.EC2VpcEndpoint, Name: "endpoint", Links: rule.Links{"vpcId": {"net"}, "subnetIds": {"subnet"}},
			Props: rule.Props{"serviceName": "com.amazonaws.eu-central-1." + service, "vpcEndpointType": "Interface"}},
	}
}
