package clouds_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/rehearsal/sim"
)

const (
	vpcKind      = "aws:ec2/vpc:Vpc"
	subnetKind   = "aws:ec2/subnet:Subnet"
	tableKind    = "aws:ec2/routeTable:RouteTable"
	firewallKind = "aws:networkfirewall/firewall:Firewall"
)

// walled is a network with a subnet in each of two zones and a policy.
func walled(t *testing.T) *bench {
	b := newBench(t)
	b.make(example{vpcKind, "net", sim.Props{"cidrBlock": "10.0.0.0/16"}})
	b.make(example{subnetKind, "a", sim.Props{"vpcId": "@net", "cidrBlock": "10.0.1.0/24", "availabilityZone": "eu-central-1a"}})
	b.make(example{subnetKind, "b", sim.Props{"vpcId": "@net", "cidrBlock": "10.0.2.0/24", "availabilityZone": "eu-central-1b"}})
	b.make(example{"aws:networkfirewall/firewallPolicy:FirewallPolicy", "policy", sim.Props{"name": "policy", "firewallPolicy": sim.Props{
		"statelessDefaultActions": []any{"aws:forward_to_sfe"}, "statelessFragmentDefaultActions": []any{"aws:drop"}}}})
	return b
}

func wall(name string, protected bool, subnets ...any) example {
	mappings := []any{}
	for _, subnet := range subnets {
		mappings = append(mappings, sim.Props{"subnetId": subnet})
	}
	return example{firewallKind, name, sim.Props{"name": name, "vpcId": "@net", "firewallPolicyArn": "@policy", "subnetMappings": mappings,
		"deleteProtection": protected, "subnetChangeProtection": protected}}
}

// Routes name a firewall's endpoint, which has an id of its own in each zone, and
// keep the firewall from being deleted.
func TestRoutesLeadToFirewallEndpoints(t *testing.T) {
	b := walled(t)
	firewall := b.make(wall("wall", false, "@a", "@b"))
	states := firewall.Outputs["firewallStatuses"].ArrayValue()[0].ObjectValue()["syncStates"].ArrayValue()
	require.Len(t, states, 2)
	var ids []string
	for i, zone := range []string{"eu-central-1a", "eu-central-1b"} {
		state := states[i].ObjectValue()
		assert.Equal(t, zone, state["availabilityZone"].StringValue())
		ids = append(ids, state["attachments"].ArrayValue()[0].ObjectValue()["endpointId"].StringValue())
	}
	assert.NotEqual(t, ids[0], ids[1])
	through := func(endpoint string) example {
		return example{tableKind, "routes", sim.Props{"vpcId": "@net", "routes": []any{sim.Props{"cidrBlock": "0.0.0.0/0", "vpcEndpointId": endpoint}}}}
	}
	b.refused(through("vpce-0123456789abcdef0"), "does not exist")
	b.make(through(ids[1]))
	e := wall("wall", false)
	assert.ErrorContains(t, b.Delete(e.config(), e.urn(), firewall.ID), "in use by routes")
}

func TestAFirewallStandsOncePerZoneAndIsProtected(t *testing.T) {
	b := walled(t)
	b.make(example{subnetKind, "a2", sim.Props{"vpcId": "@net", "cidrBlock": "10.0.3.0/24", "availabilityZone": "eu-central-1a"}})
	b.refused(wall("twice", false, "@a", "@a2"), "two subnets in zone eu-central-1a")
	e := wall("wall", true, "@a", "@b")
	made := b.make(e)
	assert.ErrorContains(t, b.Delete(e.config(), e.urn(), made.ID), "InvalidOperationException")
	fewer := resource.NewPropertyMapFromMap(b.inputs(wall("wall", true, "@a").inputs).(sim.Props))
	_, err := b.Update(e.config(), e.urn(), made.ID, fewer)
	assert.ErrorContains(t, err, "subnetChangeProtection is on")
}

func TestNetworkLaws(t *testing.T) {
	b := walled(t)
	b.refused(example{subnetKind, "outside", sim.Props{"vpcId": "@net", "cidrBlock": "10.1.0.0/24", "availabilityZone": "eu-central-1a"}}, "InvalidSubnet.Range")
	b.refused(example{"aws:ec2/vpcEndpoint:VpcEndpoint", "far", sim.Props{"vpcId": "@net", "serviceName": "com.amazonaws.eu-west-3.s3"}}, "InvalidServiceName")
	b.refused(example{"aws:networkfirewall/firewallPolicy:FirewallPolicy", "far", sim.Props{"name": "far", "firewallPolicy": sim.Props{
		"statelessDefaultActions": []any{"aws:pass"}, "statelessFragmentDefaultActions": []any{"aws:pass"},
		"statefulRuleGroupReferences": []any{sim.Props{"resourceArn": "arn:aws:network-firewall:eu-west-3:aws-managed:stateful-rulegroup/MalwareDomainsStrictOrder"}}}}},
		"of another region")
	b.make(example{"aws:ec2/securityGroup:SecurityGroup", "group", sim.Props{"vpcId": "@net", "name": "group"}})
	rule := func(name string) example {
		return example{"aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", name,
			sim.Props{"securityGroupId": "@group", "ipProtocol": "tcp", "fromPort": 443, "toPort": 443, "cidrIpv4": "0.0.0.0/0"}}
	}
	b.make(rule("once"))
	b.refused(rule("twice"), "InvalidPermission.Duplicate")
}

// The block is a switch of account and region: a drill that sets it beside
// production finds it set, and is not refused.
func TestPublicAccessIsBlockedByWhoeverComes(t *testing.T) {
	b := newBench(t)
	for _, name := range []string{"production", "drill"} {
		b.make(example{"aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions", name, sim.Props{"internetGatewayBlockMode": "block-bidirectional"}})
	}
}
