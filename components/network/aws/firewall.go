package aws

import (
	"fmt"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/networkfirewall"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/identity"
	"tenant-runtime/components/network"
)

const (
	strict      = "STRICT_ORDER"
	customerKey = "CUSTOMER_KMS"
)

// drops says how many dropped packets in five minutes raise the alarm (NET-07).
// The outer firewall meets the noise of the Internet; behind the edge a drop is a
// mistake or an intruder.
var drops = []struct {
	tier    network.Tier
	packets float64
}{
	{network.Outer, 10000},
	{network.Inner, 100},
}

// buildFirewalls declares one policy and the two firewalls that enforce it, one
// on each side of the edge. They are two because an endpoint's subnet has one
// default route: it cannot lead to the NAT gateway for workloads and past it for
// the load balancer.
func (b *builder) buildFirewalls() error {
	policy, err := b.buildPolicy()
	if err != nil {
		return err
	}
	alerts, err := b.logGroup("firewall-alerts", "network", "firewall", "alerts")
	if err != nil {
		return err
	}
	connections, err := b.logGroup("firewall-flows", "network", "firewall", "flows")
	if err != nil {
		return err
	}
	for _, row := range drops {
		firewall, err := b.buildFirewall(row.tier, policy)
		if err != nil {
			return err
		}
		logs, err := networkfirewall.NewLoggingConfiguration(b.Ctx, b.Named(string(row.tier)), &networkfirewall.LoggingConfigurationArgs{
			FirewallArn: firewall.Arn,
			LoggingConfiguration: networkfirewall.LoggingConfigurationLoggingConfigurationArgs{
				LogDestinationConfigs: networkfirewall.LoggingConfigurationLoggingConfigurationLogDestinationConfigArray{
					logTo(alerts, "ALERT"), logTo(connections, "FLOW"),
				},
			},
		}, b.Child()...)
		if err != nil {
			return err
		}
		alarm, err := b.buildAlarm(row.tier, row.packets, firewall)
		if err != nil {
			return err
		}
		b.closed = append(b.closed, logs, alarm)
	}
	return nil
}

func logTo(group *cloudwatch.LogGroup, kind string) networkfirewall.LoggingConfigurationLoggingConfigurationLogDestinationConfigArgs {
	return networkfirewall.LoggingConfigurationLoggingConfigurationLogDestinationConfigArgs{
		LogType:            pulumi.String(kind),
		LogDestinationType: pulumi.String("CloudWatchLogs"),
		LogDestination:     pulumi.StringMap{"logGroup": group.Name},
	}
}

func (b *builder) buildFirewall(t network.Tier, policy *networkfirewall.FirewallPolicy) (*networkfirewall.Firewall, error) {
	mappings := networkfirewall.FirewallSubnetMappingArray{}
	for _, subnet := range b.subnets[t] {
		mappings = append(mappings, networkfirewall.FirewallSubnetMappingArgs{SubnetId: subnet.ID(), IpAddressType: pulumi.String("IPV4")})
	}
	firewall, err := networkfirewall.NewFirewall(b.Ctx, b.Named(string(t)), &networkfirewall.FirewallArgs{
		Name:                           pulumi.String(b.in(t).Name("aws:networkfirewall/firewall:Firewall", string(t))),
		VpcId:                          b.vpc.ID(),
		FirewallPolicyArn:              policy.Arn,
		SubnetMappings:                 mappings,
		DeleteProtection:               pulumi.Bool(true),
		FirewallPolicyChangeProtection: pulumi.Bool(true),
		SubnetChangeProtection:         pulumi.Bool(true),
		EncryptionConfiguration:        networkfirewall.FirewallEncryptionConfigurationArgs{Type: pulumi.String(customerKey), KeyId: b.key.ID},
		Tags:                           b.tags(t, string(t)),
	}, b.Child()...)
	if err != nil {
		return nil, err
	}
	for _, az := range b.azs {
		b.firewalls[t] = append(b.firewalls[t], firewall.FirewallStatuses.ApplyT(func(statuses []networkfirewall.FirewallFirewallStatus) (string, error) {
			return endpointIn(az, statuses)
		}).(pulumi.StringOutput))
	}
	return firewall, nil
}

// endpointIn finds a firewall's endpoint in an availability zone; the cloud lists
// them in no particular order.
func endpointIn(az string, statuses []networkfirewall.FirewallFirewallStatus) (string, error) {
	for _, status := range statuses {
		for _, state := range status.SyncStates {
			if state.AvailabilityZone == nil || *state.AvailabilityZone != az {
				continue
			}
			for _, attachment := range state.Attachments {
				if attachment.EndpointId != nil && *attachment.EndpointId != "" {
					return *attachment.EndpointId, nil
				}
			}
		}
	}
	return "", fmt.Errorf("the firewall has no endpoint in availability zone %s: refresh the stack once the firewall is ready there", az)
}

// buildPolicy puts the managed groups before ours: a rule that lets pass ends the
// inspection.
func (b *builder) buildPolicy() (*networkfirewall.FirewallPolicy, error) {
	references := networkfirewall.FirewallPolicyFirewallPolicyStatefulRuleGroupReferenceArray{}
	refer := func(arn pulumi.StringInput) {
		references = append(references, networkfirewall.FirewallPolicyFirewallPolicyStatefulRuleGroupReferenceArgs{
			Priority: pulumi.Int(10 * (len(references) + 1)), ResourceArn: arn,
		})
	}
	for _, group := range managed {
		refer(pulumi.Sprintf("arn:aws:network-firewall:%s:aws-managed:stateful-rulegroup/%sStrictOrder", b.Scope.Place.Region.ID, group))
	}
	border, err := b.buildRuleGroup("border", borderCapacity, networkfirewall.RuleGroupRuleGroupRulesSourceArgs{
		RulesString: pulumi.String(borderRules()),
	}, nil)
	if err != nil {
		return nil, err
	}
	refer(border.Arn)
	if hosts := slices.Sorted(slices.Values(b.Args.Egress)); len(hosts) > 0 { // the cloud refuses an empty list
		egress, err := b.buildRuleGroup("egress", egressCapacity, networkfirewall.RuleGroupRuleGroupRulesSourceArgs{
			RulesSourceList: networkfirewall.RuleGroupRuleGroupRulesSourceRulesSourceListArgs{
				GeneratedRulesType: pulumi.String("ALLOWLIST"),
				TargetTypes:        pulumi.ToStringArray([]string{"TLS_SNI"}),
				Targets:            identity.Strings(hosts...),
			},
		}, map[string]string{"vendor": b.Args.Vendors()})
		if err != nil {
			return nil, err
		}
		refer(egress.Arn)
	}
	return networkfirewall.NewFirewallPolicy(b.Ctx, b.Name, &networkfirewall.FirewallPolicyArgs{
		Name: pulumi.String(b.in(network.Outer).Name("aws:networkfirewall/firewallPolicy:FirewallPolicy", "network")),
		FirewallPolicy: networkfirewall.FirewallPolicyFirewallPolicyArgs{
			StatelessDefaultActions:         pulumi.ToStringArray([]string{"aws:forward_to_sfe"}),
			StatelessFragmentDefaultActions: pulumi.ToStringArray([]string{"aws:drop"}), // fragments hide what they carry
			StatefulEngineOptions: networkfirewall.FirewallPolicyFirewallPolicyStatefulEngineOptionsArgs{
				RuleOrder:             pulumi.String(strict),
				StreamExceptionPolicy: pulumi.String("DROP"),
			},
			// The app_layer kind waits for the whole TLS hello. Since hellos carry
			// post-quantum keys they come in two packets, and the plain kind drops
			// the connection before the name has been read. (AWS Network Firewall best
			// practices, "Getting started policy", read November 2026.)
			StatefulDefaultActions:      pulumi.ToStringArray([]string{"aws:drop_established_app_layer", "aws:alert_established_app_layer"}),
			StatefulRuleGroupReferences: references,
			PolicyVariables: networkfirewall.FirewallPolicyFirewallPolicyPolicyVariablesArgs{
				RuleVariables: networkfirewall.FirewallPolicyFirewallPolicyPolicyVariablesRuleVariableArray{
					networkfirewall.FirewallPolicyFirewallPolicyPolicyVariablesRuleVariableArgs{
						Key:   pulumi.String("HOME_NET"), // EXTERNAL_NET is everything else
						IpSet: networkfirewall.FirewallPolicyFirewallPolicyPolicyVariablesRuleVariableIpSetArgs{Definitions: pulumi.ToStringArray([]string{b.plan.Network.String()})},
					},
				},
			},
		},
		EncryptionConfiguration: networkfirewall.FirewallPolicyEncryptionConfigurationArgs{Type: pulumi.String(customerKey), KeyId: b.key.ID},
		Tags:                    b.tags(network.Outer, "network"),
	}, b.Child()...)
}

func (b *builder) buildRuleGroup(name string, capacity int, source networkfirewall.RuleGroupRuleGroupRulesSourceArgs, tags map[string]string) (*networkfirewall.RuleGroup, error) {
	variables := networkfirewall.RuleGroupRuleGroupRuleVariablesIpSetArray{}
	for _, v := range []struct {
		key  string
		tier network.Tier
	}{{"EDGE", network.Edge}, {"APP", network.App}} {
		variables = append(variables, networkfirewall.RuleGroupRuleGroupRuleVariablesIpSetArgs{
			Key:   pulumi.String(v.key),
			IpSet: networkfirewall.RuleGroupRuleGroupRuleVariablesIpSetIpSetArgs{Definitions: pulumi.ToStringArray([]string{b.plan.Tiers[v.tier].String()})},
		})
	}
	return networkfirewall.NewRuleGroup(b.Ctx, b.Named(name), &networkfirewall.RuleGroupArgs{
		Name:     pulumi.String(b.in(network.Outer).Name("aws:networkfirewall/ruleGroup:RuleGroup", name)),
		Type:     pulumi.String("STATEFUL"),
		Capacity: pulumi.Int(capacity),
		RuleGroup: networkfirewall.RuleGroupRuleGroupArgs{
			RulesSource:         source,
			RuleVariables:       networkfirewall.RuleGroupRuleGroupRuleVariablesArgs{IpSets: variables},
			StatefulRuleOptions: networkfirewall.RuleGroupRuleGroupStatefulRuleOptionsArgs{RuleOrder: pulumi.String(strict)},
		},
		EncryptionConfiguration: networkfirewall.RuleGroupEncryptionConfigurationArgs{Type: pulumi.String(customerKey), KeyId: b.key.ID},
		Tags:                    b.in(network.Outer).TagsWith(b.Scope.Label(name), tags),
	}, b.Child()...)
}

// buildAlarm adds up a firewall's drops in all availability zones: CloudWatch
// counts them per availability zone, and a burst in one of three must not hide behind
// the other two.
func (b *builder) buildAlarm(t network.Tier, packets float64, firewall *networkfirewall.Firewall) (*cloudwatch.MetricAlarm, error) {
	queries := cloudwatch.MetricAlarmMetricQueryArray{cloudwatch.MetricAlarmMetricQueryArgs{
		Id: pulumi.String("total"), Expression: pulumi.String("SUM(METRICS())"), Label: pulumi.String("dropped packets"), ReturnData: pulumi.Bool(true),
	}}
	for az := range network.AvailabilityZones {
		queries = append(queries, cloudwatch.MetricAlarmMetricQueryArgs{
			Id: pulumi.String("zone_" + b.suffix(az)),
			Metric: cloudwatch.MetricAlarmMetricQueryMetricArgs{
				Namespace: pulumi.String("AWS/NetworkFirewall"), MetricName: pulumi.String("DroppedPackets"), Stat: pulumi.String("Sum"), Period: pulumi.Int(300),
				Dimensions: pulumi.StringMap{"FirewallName": firewall.Name, "AvailabilityZone": pulumi.String(b.azs[az]), "Engine": pulumi.String("Stateful")},
			},
		})
	}
	name := b.in(t).Name("aws:cloudwatch/metricAlarm:MetricAlarm", "firewall", string(t), "drops")
	return cloudwatch.NewMetricAlarm(b.Ctx, b.Named(string(t), "drops"), &cloudwatch.MetricAlarmArgs{
		Name:               pulumi.String(name),
		AlarmDescription:   pulumi.Sprintf("The %s firewall drops more than usual (NET-07): see its alerts in the log group", t),
		MetricQueries:      queries,
		ComparisonOperator: pulumi.String("GreaterThanThreshold"),
		Threshold:          pulumi.Float64(packets),
		EvaluationPeriods:  pulumi.Int(1),
		TreatMissingData:   pulumi.String("notBreaching"), // no traffic, no figure
		AlarmActions:       pulumi.Array{b.Args.Home.Alarms.Topic},
		Tags:               b.in(t).Tags(name),
	}, b.Child()...)
}
