package network_test

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/kms"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/sns"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/components/network"
	"tenant-runtime/components/scope"
	"tenant-runtime/regions"
	"tenant-runtime/rehearsal/sim/mock"
)

const account = "111122223333"

// program declares a network in a region, as a stack does; change edits its
// arguments, use sees what it exports.
func program(region regions.ID, change func(*network.Args), use func(*pulumi.Context, pulumi.ProviderResource, *network.Network) error) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		home, _ := regions.Lookup(region)
		at := home.ID
		if home.Cloud != regions.AWS { // there the network is refused before a provider matters
			at = "eu-central-2"
		}
		provider, err := aws.NewProvider(ctx, "home", &aws.ProviderArgs{Region: pulumi.String(string(at)), AllowedAccountIds: pulumi.ToStringArray([]string{account})})
		if err != nil {
			return err
		}
		key, err := kms.NewKey(ctx, "logs", &kms.KeyArgs{}, pulumi.Provider(provider))
		if err != nil {
			return err
		}
		alarms, err := sns.NewTopic(ctx, "alarms", &sns.TopicArgs{}, pulumi.Provider(provider))
		if err != nil {
			return err
		}
		args := network.Args{
			Scope: scope.Scope{
				Stack: "ch", Jurisdiction: home.Jurisdiction, Environment: scope.Production, Account: account, Owner: "platform",
				Home: scope.Place{Region: home, Provider: provider}, Tenant: scope.Shared, Zone: scope.Management, DataClass: scope.Internal,
			},
			Range: netip.MustParsePrefix("10.20.0.0/16"), Egress: []string{"smtp.example.net", "api.example.com"},
			LogKey: key.Arn, Alarms: alarms.Arn,
		}
		if change != nil {
			change(&args)
		}
		n, err := network.New(ctx, "net", args)
		if err != nil || use == nil {
			return err
		}
		return use(ctx, provider, n)
	}
}

func TestEveryResourceIsOurs(t *testing.T) {
	plan := mock.Run(t, "ch", nil, program("eu-central-2", nil, nil))
	component, ok := plan.Find("tenant-runtime:network:Network", "net")
	require.True(t, ok)
	made := 0
	for _, r := range plan.Resources {
		if !r.Custom || r.Parent != component.URN {
			continue
		}
		made++
		assert.True(t, r.Name == "net" || strings.HasPrefix(r.Name, "net-"), r.URN)
		if tags := r.Inputs["tags"]; tags.IsObject() {
			for _, name := range []string{"jurisdiction", "environment", "zone", "tenant", "dataClass", "owner", "Name"} {
				assert.NotEmpty(t, tags.ObjectValue()[resource.PropertyKey(name)], "%s: tag %s", r.URN, name)
			}
		} else {
			assert.Contains(t, untaggable, r.Type, "%s has no tags", r.URN)
		}
	}
	assert.LessOrEqual(t, made, 130, "each resource costs the engine time")
	assert.Equal(t, made+4, len(plan.Resources), "the rest is the component, its provider, key and topic")
}

// untaggable are the kinds for which AWS has no tags.
var untaggable = []string{
	"aws:ec2/routeTableAssociation:RouteTableAssociation", "aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions",
	"aws:iam/rolePolicy:RolePolicy", "aws:networkfirewall/loggingConfiguration:LoggingConfiguration",
}

// A consumer waits for what closes a network, not only for its id.
func TestOutputsWaitForHardening(t *testing.T) {
	plan := mock.Run(t, "ch", nil, program("eu-central-2", nil, func(ctx *pulumi.Context, provider pulumi.ProviderResource, n *network.Network) error {
		outputs := map[string]pulumi.StringOutput{"vpc": n.AWS.VPC, "workloads": n.AWS.Workloads, "agents": n.AWS.Agents}
		for _, zone := range scope.Zones {
			require.Len(t, n.AWS.Subnets[zone], 3)
			outputs[string(zone)] = n.AWS.Subnets[zone][1]
		}
		for name, output := range outputs {
			if _, err := sns.NewTopic(ctx, "uses-"+name, &sns.TopicArgs{DisplayName: output}, pulumi.Provider(provider)); err != nil {
				return err
			}
		}
		return nil
	}))
	always := []string{
		"aws:ec2/flowLog:FlowLog::net", "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup::net-default", "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl::net-default",
		"aws:ec2/defaultRouteTable:DefaultRouteTable::net-default", "aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions::net",
		"aws:ec2/routeTableAssociation:RouteTableAssociation::net-gateway", "aws:networkfirewall/loggingConfiguration:LoggingConfiguration::net-inner",
		"aws:networkfirewall/loggingConfiguration:LoggingConfiguration::net-outer", "aws:cloudwatch/metricAlarm:MetricAlarm::net-outer-drops",
	}
	closing := map[string][]string{
		"vpc":       nil,
		"workloads": {"aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule::net-workloads-to-vendors-443", "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule::net-workloads-from-workloads"},
		"agents":    {"aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule::net-backup-agents-to-backup-endpoints"},
	}
	for _, zone := range scope.Zones {
		closing[string(zone)] = []string{
			"aws:ec2/networkAcl:NetworkAcl::net-" + string(zone), "aws:ec2/routeTableAssociation:RouteTableAssociation::net-" + string(zone) + "-b",
		}
	}
	for name, wanted := range closing {
		topic, ok := plan.Find("aws:sns/topic:Topic", "uses-"+name)
		require.True(t, ok)
		waits := ""
		for _, urn := range topic.PropertyDependencies["displayName"] {
			waits += string(urn) + "\n"
		}
		for _, urn := range append(wanted, always...) {
			assert.Contains(t, waits, "$"+urn+"\n", "%s does not wait for it", name)
		}
	}
}

func TestSameArgumentsSamePlan(t *testing.T) {
	ids := func() (all []string) {
		for _, r := range mock.Run(t, "eu", nil, program("eu-west-1", nil, nil)).Resources {
			all = append(all, fmt.Sprint(r.URN, r.Inputs.Mappable()))
		}
		return all
	}
	assert.Equal(t, ids(), ids())
}

func TestNothingIsAllowedOutUnlessListed(t *testing.T) {
	plan := mock.Run(t, "ch", nil, program("eu-central-2", func(a *network.Args) { a.Egress = nil }, nil))
	_, ok := plan.Find("aws:networkfirewall/ruleGroup:RuleGroup", "net-egress")
	assert.False(t, ok)
}

func TestRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		region regions.ID
		change func(*network.Args)
		want   string
	}{
		"GCP":         {"europe-west6", nil, "network is not built on GCP yet"},
		"Azure":       {"switzerlandnorth", nil, "network is not built on Azure yet"},
		"few zones":   {"eu-central-2", func(a *network.Args) { a.Scope.Home.Region.Zones = a.Scope.Home.Region.Zones[:2] }, "eu-central-2 has 2 availability zones, a network needs 3"},
		"bad range":   {"eu-central-2", func(a *network.Args) { a.Range = netip.MustParsePrefix("10.0.0.0/24") }, "must be between /16 and /20"},
		"wildcard":    {"eu-central-2", func(a *network.Args) { a.Egress = []string{"*.example.com"} }, "not a full host name"},
		"host twice":  {"eu-central-2", func(a *network.Args) { a.Egress = []string{"a.example.com", "a.example.com"} }, "listed twice"},
		"no alarms":   {"eu-central-2", func(a *network.Args) { a.Alarms = nil }, "LogKey and Alarms are needed"},
		"empty scope": {"eu-central-2", func(a *network.Args) { a.Scope.Owner = "" }, "scope lacks Owner"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := mock.Try(t, "ch", nil, program(c.region, c.change, nil))
			assert.ErrorContains(t, err, c.want)
		})
	}
}
