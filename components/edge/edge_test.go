package edge_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/s3"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/sns"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/components/edge"
	edgeaws "tenant-runtime/components/edge/aws"
	"tenant-runtime/components/keys"
	"tenant-runtime/components/network"
	"tenant-runtime/components/scope"
	"tenant-runtime/components/value"
	"tenant-runtime/regions"
	"tenant-runtime/rehearsal/sim/mock"
	"tenant-runtime/tests/scopetest"
)

// program declares an edge with the little of a cell that it stands on; change
// edits its arguments, use sees what it hands to others.
func program(change func(*edge.Args), use func(*pulumi.Context, pulumi.ProviderResource, edge.Ref) error) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		home, err := scopetest.Site(ctx, scopetest.Home(regions.AWS, regions.CH))
		if err != nil {
			return err
		}
		place := home.Scope.Place
		net, err := declareNetwork(ctx, place)
		if err != nil {
			return err
		}
		bucket, err := s3.NewBucketV2(ctx, "logs", &s3.BucketV2Args{}, pulumi.Provider(place.Provider))
		if err != nil {
			return err
		}
		args := edge.Args{
			Home: home, Network: network.Ref{AWS: net}, Hosts: []value.Host{"app.example.ch", "api.example.ch"}, DNSZone: "Z0EXAMPLE", AccessLogs: bucket.Bucket,
		}
		if change != nil {
			change(&args)
		}
		e, err := edgeaws.New(ctx, "edge", args)
		if err != nil || use == nil {
			return err
		}
		return use(ctx, place.Provider, e)
	}
}

// declareNetwork declares what the edge needs of a network.
func declareNetwork(ctx *pulumi.Context, place scope.Place) (*network.AWS, error) {
	with := pulumi.Provider(place.Provider)
	vpc, err := ec2.NewVpc(ctx, "vpc", &ec2.VpcArgs{CidrBlock: pulumi.String("10.0.0.0/16")}, with)
	if err != nil {
		return nil, err
	}
	workloads, err := ec2.NewSecurityGroup(ctx, "workloads", &ec2.SecurityGroupArgs{VpcId: vpc.ID()}, with)
	if err != nil {
		return nil, err
	}
	net := &network.AWS{VPC: vpc.ID().ToStringOutput(), Subnets: map[scope.Zone][]pulumi.StringOutput{}, Workloads: workloads.ID().ToStringOutput()}
	for i, az := range place.Region.Zones {
		subnet, err := ec2.NewSubnet(ctx, az, &ec2.SubnetArgs{VpcId: vpc.ID(), CidrBlock: pulumi.Sprintf("10.0.%d.0/24", i), AvailabilityZone: pulumi.String(az)}, with)
		if err != nil {
			return nil, err
		}
		net.Subnets[scope.Edge] = append(net.Subnets[scope.Edge], subnet.ID().ToStringOutput())
	}
	return net, nil
}

// untaggable are the kinds for which AWS has no tags.
var untaggable = []string{
	"aws:acm/certificateValidation:CertificateValidation", "aws:cloudwatch/logResourcePolicy:LogResourcePolicy", "aws:route53/record:Record",
	"aws:wafv2/webAclAssociation:WebAclAssociation", "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
}

func TestEveryResourceIsOurs(t *testing.T) {
	plan := mock.Run(t, "ch", nil, program(nil, nil))
	component, ok := plan.Find(edge.Type, "edge")
	require.True(t, ok)
	for _, r := range plan.Resources {
		if !strings.Contains(string(r.URN), edge.Type+"$") {
			continue
		}
		assert.Equal(t, component.URN, r.Parent, r.URN)
		assert.True(t, r.Name == "edge" || strings.HasPrefix(r.Name, "edge-"), r.URN)
		if tags := r.Inputs["tags"]; tags.IsObject() {
			assert.Contains(t, []string{"edge", "app"}, tags.ObjectValue()["zone"].StringValue(), r.URN)
		} else {
			assert.Contains(t, untaggable, r.Type, "%s has no tags", r.URN)
		}
	}
}

// Nobody is answered before the firewall stands and records (EDG-04, EDG-07).
func TestTheFirewallStandsFirst(t *testing.T) {
	plan := mock.Run(t, "ch", nil, program(nil, func(ctx *pulumi.Context, provider pulumi.ProviderResource, e edge.Ref) error {
		_, err := sns.NewTopic(ctx, "consumer", &sns.TopicArgs{DisplayName: e.Address}, pulumi.Provider(provider))
		return err
	}))
	firewall := []string{"aws:wafv2/webAclAssociation:WebAclAssociation::edge", "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration::edge"}
	listeners := plan.Of("aws:lb/listener:Listener")
	require.Len(t, listeners, 2)
	for _, l := range listeners {
		for _, needed := range firewall {
			assert.Condition(t, depends(l.Dependencies, needed), "%s does not wait for %s", l.Name, needed)
		}
	}
	for _, r := range plan.Of("aws:route53/record:Record") {
		if r.Inputs["type"].StringValue() == "A" {
			assert.Condition(t, depends(r.Dependencies, "aws:lb/listener:Listener::edge-https"), "%s leads to where nothing listens", r.Name)
		}
	}
	consumer, _ := plan.Find("aws:sns/topic:Topic", "consumer")
	assert.Condition(t, depends(consumer.Dependencies, "aws:lb/listener:Listener::edge-https"), "the address is given away too early")
}

func depends(on []resource.URN, suffix string) assert.Comparison {
	return func() bool {
		for _, urn := range on {
			if strings.HasSuffix(string(urn), suffix) {
				return true
			}
		}
		return false
	}
}

// Each host is validated by its own record, which stays when the stack goes.
func TestHostsAreValidated(t *testing.T) {
	plan := mock.Run(t, "ch", nil, program(nil, nil))
	for _, host := range []string{"app.example.ch", "api.example.ch"} {
		record, ok := plan.Find("aws:route53/record:Record", "edge-proof-"+host)
		require.True(t, ok)
		assert.Contains(t, record.Inputs["name"].StringValue(), "."+host)
		assert.True(t, record.Request.GetRetainOnDelete())
	}
}

// What a drill builds stands beside the real thing and takes no clients (HAD-09).
func TestStandbyTakesNoClients(t *testing.T) {
	for standby, weight := range map[bool]float64{false: 1, true: 0} {
		t.Run(fmt.Sprint(standby), func(t *testing.T) {
			plan := mock.Run(t, "ch", nil, program(func(a *edge.Args) { a.Standby = standby }, nil))
			r, ok := plan.Find("aws:route53/record:Record", "edge-app.example.ch")
			require.True(t, ok)
			policy := r.Inputs["weightedRoutingPolicies"].ArrayValue()[0].ObjectValue()
			assert.Equal(t, weight, policy["weight"].NumberValue())
			assert.Equal(t, "eu-central-2", r.Inputs["setIdentifier"].StringValue())
		})
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

func TestArgsAreChecked(t *testing.T) {
	for name, c := range map[string]struct {
		edit func(*edge.Args)
		want string
	}{
		"no network":     {func(a *edge.Args) { a.Network = network.Ref{} }, "network is not given"},
		"no host":        {func(a *edge.Args) { a.Hosts = nil }, "no host is given"},
		"twice":          {func(a *edge.Args) { a.Hosts = []value.Host{"app.example.ch", "app.example.ch"} }, "given twice"},
		"no DNS zone":    {func(a *edge.Args) { a.DNSZone = "" }, "DNS zone is not given"},
		"no log key":     {func(a *edge.Args) { delete(a.Home.Keys, keys.Logs) }, `there is no key for "logs"`},
		"no access logs": {func(a *edge.Args) { a.AccessLogs = pulumi.StringOutput{} }, "access logs have no store"},
		"no alarms":      {func(a *edge.Args) { a.Home.Alarms.Topic = pulumi.StringOutput{} }, "no alarms are given"},
		"no owner":       {func(a *edge.Args) { a.Home.Scope.Owner = "" }, "scope lacks Owner"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := mock.Try(t, "ch", nil, program(c.edit, nil))
			assert.ErrorContains(t, err, c.want)
		})
	}
}
