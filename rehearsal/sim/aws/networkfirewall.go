package aws

import (
	"crypto/sha256"
	"fmt"
	"reflect"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"tenant-runtime/rehearsal/sim"
)

const firewallSource = "Network Firewall API model 2026-08, terraform-provider-aws 2026-06 (replacements); durations estimated"

const (
	firewall       = "aws:networkfirewall/firewall:Firewall"
	firewallPolicy = "aws:networkfirewall/firewallPolicy:FirewallPolicy"
	ruleGroup      = "aws:networkfirewall/ruleGroup:RuleGroup"
)

// firewallName is how the service names everything.
var firewallName = sim.Name{In: "name", Unique: sim.InAccountRegion, Max: 128, Pattern: `^[a-zA-Z0-9-]+$`, Taken: "InvalidRequestException"}

// awsRuleGroup is a group that AWS writes and keeps current.
const awsRuleGroup = `^arn:[^:]+:network-firewall:[^:]+:aws-managed:stateful-rulegroup/`

var networkFirewallKinds = []sim.Kind{
	{
		Type: ruleGroup, ID: "{arn}", Name: firewallName,
		Compute: sim.Props{"arn": "arn:{partition}:network-firewall:{region}:{account}:stateful-rulegroup/{name}", "updateToken": "{uuid}"},
		Replace: []string{"capacity", "name", "type"},
		Refs:    map[string]sim.Ref{"encryptionConfiguration.keyId": toKey},
		Takes:   sim.Creates(0.05, 0.1, 0.5).Deletes(0.1, 0.5, 10),
		Source:  firewallSource,
	},
	{
		Type: firewallPolicy, ID: "{arn}", Name: firewallName,
		Compute: sim.Props{"arn": "arn:{partition}:network-firewall:{region}:{account}:firewall-policy/{name}", "updateToken": "{uuid}"},
		Replace: []string{"name"},
		Refs: map[string]sim.Ref{
			"encryptionConfiguration.keyId":                             toKey,
			"firewallPolicy.statefulRuleGroupReferences[*].resourceArn": sim.To(ruleGroup).Or(awsRuleGroup),
		},
		Takes:  sim.Creates(0.05, 0.1, 0.5).Deletes(0.1, 0.5, 10),
		Source: firewallSource,
		Quirk: func(o *sim.Op) {
			for _, arn := range o.Texts("firewallPolicy.statefulRuleGroupReferences[*].resourceArn") {
				if o.Verb != sim.Delete && !strings.Contains(arn, ":"+o.Region+":") {
					o.Refuse("firewallPolicy", "%s is of another region than %s", arn, o.Region)
				}
			}
		},
	},
	{
		Type: firewall, ID: "{arn}", Name: firewallName,
		Compute: sim.Props{"arn": "arn:{partition}:network-firewall:{region}:{account}:firewall/{name}", "updateToken": "{uuid}"},
		Default: sim.Props{"deleteProtection": false, "firewallPolicyChangeProtection": false, "subnetChangeProtection": false},
		Replace: []string{"name", "vpcId"},
		Refs: map[string]sim.Ref{
			"vpcId": sim.To(vpc), "firewallPolicyArn": sim.To(firewallPolicy), "subnetMappings[*].subnetId": sim.To(subnet), "encryptionConfiguration.keyId": toKey,
		},
		Guard:  []sim.Guard{{While: "deleteProtection", Error: "InvalidOperationException: set it to false and update before deleting"}},
		Takes:  sim.Creates(4, 7, 15).Updates(1, 2, 10).Deletes(3, 7, 20),
		Quirk:  endpoints,
		Source: firewallSource,
	},
	{
		Type: "aws:networkfirewall/loggingConfiguration:LoggingConfiguration", ID: "{firewallArn}",
		Replace: []string{"firewallArn"},
		Refs: map[string]sim.Ref{
			"firewallArn": sim.To(firewall),
			"loggingConfiguration.logDestinationConfigs[*].logDestination[*]": sim.To(logGroup, bucket).Filling(),
		},
		Source: firewallSource,
	},
}

// endpoints gives a firewall an endpoint in each of its subnets, at most one per
// zone, which routes may name; and refuses the changes it is protected from.
func endpoints(o *sim.Op) {
	var states []any
	zones := map[string]bool{}
	for _, id := range o.Texts("subnetMappings[*].subnetId") {
		in := o.Find(id, subnet)
		if in == nil {
			continue // reported as missing already
		}
		zone := in.Text("availabilityZone")
		if zones[zone] {
			o.Refuse("subnetMappings", "InvalidRequestException: two subnets in zone %s", zone)
		}
		zones[zone] = true
		made := "vpce-" + fmt.Sprintf("%x", sha256.Sum256([]byte(string(o.URN)+id)))[:17]
		o.Handles = append(o.Handles, made)
		states = append(states, sim.Props{"availabilityZone": zone, "attachments": []any{sim.Props{"endpointId": made, "subnetId": id}}})
	}
	o.Computed = sim.Props{"firewallStatuses": []any{sim.Props{"syncStates": states}}}
	if o.Verb != sim.Update {
		return
	}
	for property, protection := range map[string]string{"subnetMappings": "subnetChangeProtection", "firewallPolicyArn": "firewallPolicyChangeProtection"} {
		before := o.Resource.Inputs[resource.PropertyKey(property)].Mappable()
		if o.Resource.Text(protection) == "true" && !reflect.DeepEqual(before, o.Inputs[property]) {
			o.Refuse(property, "InvalidOperationException: %s is on; set it to false and update first", protection)
		}
	}
}
