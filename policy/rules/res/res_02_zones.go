package res

import (
	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/kind/azure"
	"tenant-runtime/policy/kind/gcp"
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// ZonesInJurisdiction is RES-02.
var ZonesInJurisdiction = rule.Rule{
	ID: "RES-02", Name: "zones", Title: "Every availability zone in use lies in the jurisdiction",
	Severity: rule.High, Level: rule.Mandatory,
	Why: "Local, Wavelength and edge zones carry a region's name and stand in another country.",
	Fix: "Take zones from the region's row in regions/.",
	Checks: regions.Each[rule.Checks]{
		// Where none is named, the region chooses one of its own.
		AWS: rule.By(
			rule.Row("availabilityZone", here, rule.AbsentIsGood, aws.EC2Subnet, aws.EC2Instance, aws.EBSVolume, aws.RDSInstance),
			rule.Row("availabilityZones[]", here, rule.AbsentIsBad, aws.RDSCluster),
		),
		GCP: rule.By(rule.On(func(v struct {
			Zone rule.Value[string] `prop:"zone"`
		}, r *rule.Report) {
			rule.Demands(r, v.Zone, here, rule.AbsentIsGood)
		}, "gcp:*")),
		// Azure's zones are numbers inside of the region; what is outside is called
		// an extended location.
		Azure: rule.By(rule.On(func(v struct {
			Edge rule.Value[any] `prop:"extendedLocation"`
		}, r *rule.Report) {
			r.Looked() // its absence is what is wanted
			rule.Match(r, v.Edge, func(any) bool { return false }, "none: an edge zone is not in the region", rule.AbsentIsGood)
		}, "azure-native:*")),
	},
	Good: []rule.Example{
		{Given: []rule.Given{{Type: aws.EC2Subnet, Props: rule.Props{"availabilityZone": "eu-central-1a"}}}},
		{Given: []rule.Given{{Type: aws.RDSCluster, Props: rule.Props{"availabilityZones": []string{"eu-central-1a", "eu-central-1b"}}}}},
		{Given: []rule.Given{{Type: gcp.ComputeDisk, Props: rule.Props{"zone": "europe-west3-a"}}}},
		{Given: []rule.Given{{Type: azure.StorageStorageAccount, Props: rule.Props{"location": "westeurope"}}}},
	},
	Bad: []rule.Example{
		{Caught: "availabilityZone", Given: []rule.Given{{Type: aws.EC2Subnet, Props: rule.Props{"availabilityZone": "eu-central-1-ham-1a"}}}},
		{Caught: "availabilityZones[1]", Given: []rule.Given{{Type: aws.RDSCluster, Props: rule.Props{"availabilityZones": []string{"eu-central-1a", "eu-west-2a"}}}}},
		{Caught: "zone", Given: []rule.Given{{Type: gcp.ComputeDisk, Props: rule.Props{"zone": "europe-west6-a"}}}},
		{Caught: "extendedLocation", Given: []rule.Given{{Type: azure.StorageStorageAccount, Props: rule.Props{"extendedLocation": rule.Props{"name": "losangeles", "type": "EdgeZone"}}}}},
	},
}
