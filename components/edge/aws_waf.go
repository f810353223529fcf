package edge

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lb"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/wafv2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/identity"
	"tenant-runtime/components/logging"
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

// protect declares the firewall, and returns what has to stand before the first
// request is let in.
func (d *door) protect(balancer *lb.LoadBalancer) ([]pulumi.Resource, error) {
	acl, err := wafv2.NewWebAcl(d.ctx, d.name, &wafv2.WebAclArgs{
		Name:             pulumi.String(d.firewall()),
		Description:      pulumi.String("In front of all applications"),
		Scope:            pulumi.String("REGIONAL"), // TLS ends in the jurisdiction, not at points of presence (RES-12)
		DefaultAction:    &wafv2.WebAclDefaultActionArgs{Allow: &wafv2.WebAclDefaultActionAllowArgs{}},
		Rules:            rules(),
		VisibilityConfig: wafv2.WebAclVisibilityConfigArgs(visible(d.firewall())),
		Tags:             d.scope.Tags(d.firewall()),
	}, d.child()...)
	if err != nil {
		return nil, err
	}
	log, err := d.record(acl)
	if err != nil {
		return nil, err
	}
	association, err := wafv2.NewWebAclAssociation(d.ctx, d.name, &wafv2.WebAclAssociationArgs{
		ResourceArn: balancer.Arn,
		WebAclArn:   acl.Arn,
	}, d.child()...)
	return []pulumi.Resource{association, log}, err
}

// firewall is its name, and also the name its metrics have.
func (d *door) firewall() string { return d.scope.Name("aws:wafv2/webAcl:WebAcl", "edge") }

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

// redacted are the headers a log reader could take a session over with.
var redacted = []string{"authorization", "cookie"}

// record logs every request the firewall judges (EDG-07). The delivery service
// needs a resource policy; without ours, WAF would write one that nobody declared.
func (d *door) record(acl *wafv2.WebAcl) (*wafv2.WebAclLoggingConfiguration, error) {
	group, err := logging.GroupNamed(d.ctx, d.parent, d.name+"-firewall", d.scope, logging.Security, d.args.LogKey, d.scope.Name("aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration", "edge"))
	if err != nil {
		return nil, err
	}
	policy, err := cloudwatch.NewLogResourcePolicy(d.ctx, d.name+"-firewall", &cloudwatch.LogResourcePolicyArgs{
		PolicyName: pulumi.String(d.firewall()),
		PolicyDocument: identity.Document{{
			Sid:       "DeliverFirewallLog",
			Principal: identity.Principal{Services: []string{"delivery.logs.amazonaws.com"}},
			Actions:   []string{"logs:CreateLogStream", "logs:PutLogEvents"},
			Resources: pulumi.StringArray{pulumi.Sprintf("%s:*", group.Arn)},
			Condition: identity.Condition{
				"StringEquals": {"aws:SourceAccount": identity.Strings(d.scope.Account)},
				"ArnLike":      {"aws:SourceArn": identity.Strings(fmt.Sprintf("arn:aws:logs:%s:%s:*", d.scope.Home.Region.ID, d.scope.Account))},
			},
		}}.JSON(),
	}, d.child()...)
	if err != nil {
		return nil, err
	}
	fields := wafv2.WebAclLoggingConfigurationRedactedFieldArray{}
	for _, header := range redacted {
		fields = append(fields, &wafv2.WebAclLoggingConfigurationRedactedFieldArgs{
			SingleHeader: &wafv2.WebAclLoggingConfigurationRedactedFieldSingleHeaderArgs{Name: pulumi.String(header)},
		})
	}
	return wafv2.NewWebAclLoggingConfiguration(d.ctx, d.name, &wafv2.WebAclLoggingConfigurationArgs{
		ResourceArn:           acl.Arn,
		LogDestinationConfigs: pulumi.StringArray{group.Arn},
		RedactedFields:        fields,
	}, d.child(pulumi.DependsOn([]pulumi.Resource{policy}))...)
}
