package aws

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lb"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/wafv2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/component"
	"tenant-runtime/components/identity"
	"tenant-runtime/components/keys"
	"tenant-runtime/components/logging"
	logs "tenant-runtime/components/logging/aws"
)

// managedRules are AWS's own rule groups, in the order they look at a request,
// cheapest first. None has a version, so each follows new threats (EDG-06). The
// list of anonymous networks is not among them: it counts every hosting provider,
// and customers' servers call from there.
//
// The common rules refuse bodies over 8 KiB, because a load balancer shows WAF no
// more than that: what cannot be inspected does not pass. (AWS, "Baseline rule
// groups", read November 2026.)
var managedRules = []string{
	"AWSManagedRulesAmazonIpReputationList",
	"AWSManagedRulesCommonRuleSet", // OWASP Top 10: cross-site scripting, inclusion, traversal, malformed requests
	"AWSManagedRulesKnownBadInputsRuleSet",
	"AWSManagedRulesSQLiRuleSet",
}

// rateLimit is how many requests an address may send in five minutes. A tenant's
// whole office may share one address, so it is some twenty a second.
const rateLimit = 6000

// firewall declares the web ACL, and returns what has to stand before the first
// request is let in.
func (b builder) firewall(balancer *lb.LoadBalancer) ([]pulumi.Resource, error) {
	acl, err := wafv2.NewWebAcl(b.Ctx, b.Name, &wafv2.WebAclArgs{
		Name:             pulumi.String(b.firewallName()),
		Description:      pulumi.String("In front of all applications"),
		Scope:            pulumi.String("REGIONAL"), // TLS ends in the jurisdiction, not at points of presence (RES-12)
		DefaultAction:    &wafv2.WebAclDefaultActionArgs{Allow: &wafv2.WebAclDefaultActionAllowArgs{}},
		Rules:            rules(),
		VisibilityConfig: wafv2.WebAclVisibilityConfigArgs(visible(b.firewallName())),
		Tags:             b.Scope.Tags(b.firewallName()),
	}, b.Child()...)
	if err != nil {
		return nil, err
	}
	log, err := b.firewallLog(acl)
	if err != nil {
		return nil, err
	}
	association, err := wafv2.NewWebAclAssociation(b.Ctx, b.Name, &wafv2.WebAclAssociationArgs{
		ResourceArn: balancer.Arn,
		WebAclArn:   acl.Arn,
	}, b.Child()...)
	return []pulumi.Resource{association, log}, err
}

// firewallName is the web ACL's, and also the name its metrics have.
func (b builder) firewallName() string { return b.Scope.Name("aws:wafv2/webAcl:WebAcl", "edge") }

// rules stops floods first (EDG-14), then runs the managed groups with the
// actions they come with: none is turned down to counting.
func rules() wafv2.WebAclRuleArray {
	list := wafv2.WebAclRuleArray{&wafv2.WebAclRuleArgs{
		Name:     pulumi.String("rate"),
		Priority: pulumi.Int(0),
		Action:   &wafv2.WebAclRuleActionArgs{Block: &wafv2.WebAclRuleActionBlockArgs{}},
		Statement: &wafv2.WebAclRuleStatementArgs{RateBasedStatement: &wafv2.WebAclRuleStatementRateBasedStatementArgs{
			AggregateKeyType:    pulumi.String("IP"),
			Limit:               pulumi.Int(rateLimit),
			EvaluationWindowSec: pulumi.Int(300),
		}},
		VisibilityConfig: visible("rate"),
	}}
	for i, group := range managedRules {
		list = append(list, &wafv2.WebAclRuleArgs{
			Name:           pulumi.String(group),
			Priority:       pulumi.Int(i + 1),
			OverrideAction: &wafv2.WebAclRuleOverrideActionArgs{None: &wafv2.WebAclRuleOverrideActionNoneArgs{}},
			Statement: &wafv2.WebAclRuleStatementArgs{ManagedRuleGroupStatement: &wafv2.WebAclRuleStatementManagedRuleGroupStatementArgs{
				VendorName: pulumi.String("AWS"),
				Name:       pulumi.String(group),
			}},
			VisibilityConfig: visible(group),
		})
	}
	return list
}

// visible turns metrics on and samples off: samples keep cookies and tokens in
// clear, and the log has every request anyway.
func visible(metric string) wafv2.WebAclRuleVisibilityConfigArgs {
	return wafv2.WebAclRuleVisibilityConfigArgs{
		CloudwatchMetricsEnabled: pulumi.Bool(true),
		MetricName:               pulumi.String(metric),
		SampledRequestsEnabled:   pulumi.Bool(false),
	}
}

// redacted are the headers with which a log reader could take over a session.
var redacted = []string{"authorization", "cookie"}

// firewallLog has every request that the firewall judges (EDG-07). The delivery service
// needs a resource policy; without ours, WAF would write one that nobody declared.
func (b builder) firewallLog(acl *wafv2.WebAcl) (*wafv2.WebAclLoggingConfiguration, error) {
	physical := b.Scope.Name("aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration", "edge")
	group, err := logs.Group(b.Ctx, b.Named("firewall"), b.Scope, logging.Security, b.Args.Home.Keys.Of(keys.Logs), physical, b.Child()...)
	if err != nil {
		return nil, err
	}
	policy, err := cloudwatch.NewLogResourcePolicy(b.Ctx, b.Named("firewall"), &cloudwatch.LogResourcePolicyArgs{
		PolicyName: pulumi.String(b.firewallName()),
		PolicyDocument: identity.Document{{
			Sid:       "DeliverFirewallLog",
			Principal: identity.Principal{Services: []string{"delivery.logs.amazonaws.com"}},
			Actions:   []string{"logs:CreateLogStream", "logs:PutLogEvents"},
			Resources: pulumi.StringArray{pulumi.Sprintf("%s:*", group.Arn)},
			Condition: identity.OnBehalfOf(b.Scope.Account, fmt.Sprintf("arn:aws:logs:%s:%s:*", b.Scope.Place.Region.ID, b.Scope.Account)),
		}}.JSON(),
	}, b.Child()...)
	if err != nil {
		return nil, err
	}
	fields := wafv2.WebAclLoggingConfigurationRedactedFieldArray{}
	for _, header := range redacted {
		fields = append(fields, &wafv2.WebAclLoggingConfigurationRedactedFieldArgs{
			SingleHeader: &wafv2.WebAclLoggingConfigurationRedactedFieldSingleHeaderArgs{Name: pulumi.String(header)},
		})
	}
	return wafv2.NewWebAclLoggingConfiguration(b.Ctx, b.Name, &wafv2.WebAclLoggingConfigurationArgs{
		ResourceArn:           acl.Arn,
		LogDestinationConfigs: pulumi.StringArray{group.Arn},
		RedactedFields:        fields,
	}, b.Child(component.After(policy))...)
}
