package network_test

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/sns"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/components/keys"
	"tenant-runtime/components/network"
	networkaws "tenant-runtime/components/network/aws"
	"tenant-runtime/components/scope"
	"tenant-runtime/components/value"
	"tenant-runtime/regions"
	"tenant-runtime/rehearsal/sim/mock"
	"tenant-runtime/tests/scopetest"
)

// program declares a network, as a stack does; change edits its arguments, use
// sees what it hands to others.
func program(change func(*network.Args), use func(*pulumi.Context, pulumi.ProviderResource, *network.AWS) error) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		home, err := scopetest.Site(ctx, scopetest.Home(regions.AWS, regions.CH))
		if err != nil {
			return err
		}
		args := network.Args{
			Home: home, Range: value.Range{Prefix: netip.MustParsePrefix("10.20.0.0/16")},
			Egress: []value.Host{"smtp.example.net", "api.example.com"},
		}
		if change != nil {
			change(&args)
		}
		n, err := networkaws.New(ctx, "net", args)
		if err != nil || use == nil {
			return err
		}
		return use(ctx, home.Scope.Place.Provider, n.AWS)
	}
}

func TestEveryResourceIsOurs(t *testing.T) {
	plan := mock.Run(t, "ch", nil, program(nil, nil))
	component, ok := plan.Find(network.Type, "net")
	require.True(t, ok)
	made := 0
	for _, r := range plan.Resources {
		if !r.Custom || strings.HasPrefix(r.Name, "home") {
			continue
		}
		made++
		assert.Equal(t, component.URN, r.Parent, r.URN)
		assert.True(t, r.Name == "net" || strings.HasPrefix(r.Name, "net-"), r.URN)
		if tags := r.Inputs["tags"]; tags.IsObject() {
			for _, name := range []string{"jurisdiction", "environment", "zone", "tenant", "dataClass", "owner", "Name"} {
				assert.NotEmpty(t, tags.ObjectValue()[resource.PropertyKey(name)], "%s: tag %s", r.URN, name)
			}
		} else {
			assert.Contains(t, untaggable, r.Type, "%s has no tags", r.URN)
		}
	}
	assert.NotZero(t, made)
	assert.LessOrEqual(t, made, 130, "each resource costs the engine time")
}

// untaggable are the kinds for which AWS has no tags.
var untaggable = []string{
	"aws:ec2/routeTableAssociation:RouteTableAssociation", "aws:iam/rolePolicy:RolePolicy", "aws:networkfirewall/loggingConfiguration:LoggingConfiguration",
}

// What blocks public access is the account's, and one stack of it declares it.
func TestTheNetworkIsExcludedFromTheAccountsBlock(t *testing.T) {
	plan := mock.Run(t, "ch", nil, program(nil, nil))
	assert.Empty(t, plan.Of("aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions"))
	exclusions := plan.Of("aws:ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion")
	require.Len(t, exclusions, 1)
	vpc, ok := plan.Find("aws:ec2/vpc:Vpc", "net")
	require.True(t, ok)
	assert.Equal(t, vpc.ID, exclusions[0].Inputs["vpcId"].StringValue())
}

// A consumer waits for what closes a network, not only for its id.
func TestOutputsWaitForHardening(t *testing.T) {
	plan := mock.Run(t, "ch", nil, program(nil, func(ctx *pulumi.Context, provider pulumi.ProviderResource, n *network.AWS) error {
		outputs := map[string]pulumi.StringOutput{"vpc": n.VPC, "workloads": n.Workloads, "agents": n.Agents}
		for _, zone := range scope.Zones {
			require.Len(t, n.Subnets[zone], network.AvailabilityZones)
			outputs[string(zone)] = n.Subnets[zone][1]
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
		"aws:ec2/defaultRouteTable:DefaultRouteTable::net-default", "aws:ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion::net",
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
	inputs := func() (all []string) {
		for _, r := range mock.Run(t, "ch", nil, program(nil, nil)).Resources {
			all = append(all, fmt.Sprint(r.URN, r.Inputs.Mappable()))
		}
		return all
	}
	assert.Equal(t, inputs(), inputs())
}

func TestNothingIsAllowedOutUnlessListed(t *testing.T) {
	plan := mock.Run(t, "ch", nil, program(func(a *network.Args) { a.Egress = nil }, nil))
	_, ok := plan.Find("aws:networkfirewall/ruleGroup:RuleGroup", "net-egress")
	assert.False(t, ok)
}

func TestArgsAreChecked(t *testing.T) {
	many := []value.Host{}
	for i := range 40 {
		many = append(many, value.Host(fmt.Sprintf("example%d.com", i)))
	}
	for name, c := range map[string]struct {
		change func(*network.Args)
		want   string
	}{
		"few availability zones": {func(a *network.Args) { a.Home.Scope.Place.Region.Zones = a.Home.Scope.Place.Region.Zones[:2] }, "eu-central-2 does not give every account 3 availability zones"},
		"no range":               {func(a *network.Args) { a.Range = value.Range{} }, "range is not given"},
		"host twice":             {func(a *network.Args) { a.Egress = []value.Host{"a.example.com", "a.example.com"} }, "listed twice"},
		"many vendors":           {func(a *network.Args) { a.Egress = many }, "at most 256 fit into a tag"},
		"no key":                 {func(a *network.Args) { delete(a.Home.Keys, keys.Logs) }, `there is no key for "logs"`},
		"no alarms":              {func(a *network.Args) { a.Home.Alarms.Topic = pulumi.StringOutput{} }, "no alarms are given"},
		"no owner":               {func(a *network.Args) { a.Home.Scope.Owner = "" }, "scope lacks Owner"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := mock.Try(t, "ch", nil, program(c.change, nil))
			assert.ErrorContains(t, err, c.want)
		})
	}
}
