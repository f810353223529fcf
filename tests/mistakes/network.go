package main

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/acm"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lb"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/vpc"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/wafv2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// declareNetwork declares a network with a database port open to everyone, and a
// load balancer in it.
func declareNetwork(ctx *pulumi.Context, at places) error {
	// NET-02: no firewall stands in it. LOG-03: its flows are not logged.
	network, err := ec2.NewVpc(ctx, "shop", &ec2.VpcArgs{
		CidrBlock: pulumi.String("10.0.0.0/16"), Tags: tags("shop", "management", "internal"),
	}, at.home)
	if err != nil {
		return err
	}
	subnets := pulumi.StringArray{}
	for i, az := range []string{"eu-central-1a", "eu-central-1b"} {
		subnet, err := ec2.NewSubnet(ctx, "public-"+az, &ec2.SubnetArgs{
			VpcId: network.ID(), CidrBlock: pulumi.Sprintf("10.0.%d.0/24", i), AvailabilityZone: pulumi.String(az),
			MapPublicIpOnLaunch: pulumi.Bool(true), // NET-01: whatever starts here is on the Internet
			Tags:                tags("public-"+az, "edge", "internal"),
		}, at.home)
		if err != nil {
			return err
		}
		subnets = append(subnets, subnet.ID())
	}
	group, err := ec2.NewSecurityGroup(ctx, "database", &ec2.SecurityGroupArgs{
		VpcId: network.ID(), Description: pulumi.String("PostgreSQL"), Tags: tags("database", "data", "internal"),
	}, at.home)
	if err != nil {
		return err
	}
	if _, err := vpc.NewSecurityGroupIngressRule(ctx, "database", &vpc.SecurityGroupIngressRuleArgs{
		SecurityGroupId: group.ID(), Description: pulumi.String("Clients"), IpProtocol: pulumi.String("tcp"),
		FromPort: pulumi.Int(5432), ToPort: pulumi.Int(5432),
		CidrIpv4: pulumi.String("0.0.0.0/0"), // NET-05: the database's port is open to everyone
		Tags:     tags("database", "data", "internal"),
	}, at.home); err != nil {
		return err
	}
	return declareBalancers(ctx, at, network, subnets)
}

// declareBalancers declares two load balancers: one with a firewall that only counts,
// one with none at all.
func declareBalancers(ctx *pulumi.Context, at places, network *ec2.Vpc, subnets pulumi.StringArray) error {
	target, err := lb.NewTargetGroup(ctx, "shop", &lb.TargetGroupArgs{
		Name: pulumi.String("shop"), VpcId: network.ID(), TargetType: pulumi.String("ip"), Port: pulumi.Int(8080),
		Protocol: pulumi.String("HTTP"), // EDG-13: not encrypted behind the load balancer
		Tags:     tags("shop", "app", "internal"),
	}, at.home)
	if err != nil {
		return err
	}
	certificate, err := declareCertificate(ctx, at)
	if err != nil {
		return err
	}
	shop, err := declareBalancer(ctx, at, "shop", subnets, target, certificate)
	if err != nil {
		return err
	}
	if err := declareFirewall(ctx, at, shop); err != nil {
		return err
	}
	_, err = declareBalancer(ctx, at, "api", subnets, target, certificate) // EDG-04: nothing stands in front of it
	return err
}

func declareCertificate(ctx *pulumi.Context, at places) (pulumi.StringInput, error) {
	certificate, err := acm.NewCertificate(ctx, "shop", &acm.CertificateArgs{
		DomainName: pulumi.String("shop.example.com"), SubjectAlternativeNames: pulumi.ToStringArray([]string{"api.example.com"}),
		ValidationMethod: pulumi.String("EMAIL"), // EDG-10: renewed only when somebody reads a mail
		Tags:             tags("shop", "edge", "internal"),
	}, at.home)
	if err != nil {
		return nil, err
	}
	issued, err := acm.NewCertificateValidation(ctx, "shop", &acm.CertificateValidationArgs{CertificateArn: certificate.Arn}, at.home)
	if err != nil {
		return nil, err
	}
	return issued.CertificateArn, nil
}

func declareBalancer(ctx *pulumi.Context, at places, name string, subnets pulumi.StringArray, target *lb.TargetGroup, certificate pulumi.StringInput) (*lb.LoadBalancer, error) {
	// LOG-16: nobody knows who called.
	balancer, err := lb.NewLoadBalancer(ctx, name, &lb.LoadBalancerArgs{
		Name: pulumi.String(name), LoadBalancerType: pulumi.String("application"), Internal: pulumi.Bool(false), Subnets: subnets,
		DropInvalidHeaderFields: pulumi.Bool(false), // EDG-05: malformed requests pass
		Tags:                    tags(name, "edge", "internal"),
	}, at.home)
	if err != nil {
		return nil, err
	}
	forward := lb.ListenerDefaultActionArray{&lb.ListenerDefaultActionArgs{Type: pulumi.String("forward"), TargetGroupArn: target.Arn}}
	if _, err := lb.NewListener(ctx, name+"-http", &lb.ListenerArgs{
		LoadBalancerArn: balancer.Arn, Port: pulumi.Int(80), Protocol: pulumi.String("HTTP"),
		DefaultActions: forward, // EDG-03: served instead of redirected
		Tags:           tags(name, "edge", "internal"),
	}, at.home); err != nil {
		return nil, err
	}
	_, err = lb.NewListener(ctx, name+"-https", &lb.ListenerArgs{
		LoadBalancerArn: balancer.Arn, Port: pulumi.Int(443), Protocol: pulumi.String("HTTPS"),
		CertificateArn: certificate,
		SslPolicy:      pulumi.String("ELBSecurityPolicy-2016-08"), // EDG-01: the default of old, with TLS 1.0
		DefaultActions: forward,
		Tags:           tags(name, "edge", "internal"),
	}, at.home)
	return balancer, err
}

func declareFirewall(ctx *pulumi.Context, at places, balancer *lb.LoadBalancer) error {
	// EDG-07: what it sees is not logged.
	acl, err := wafv2.NewWebAcl(ctx, "shop", &wafv2.WebAclArgs{
		Name: pulumi.String("shop"), Scope: pulumi.String("REGIONAL"),
		DefaultAction: &wafv2.WebAclDefaultActionArgs{Allow: &wafv2.WebAclDefaultActionAllowArgs{}},
		VisibilityConfig: &wafv2.WebAclVisibilityConfigArgs{
			CloudwatchMetricsEnabled: pulumi.Bool(true), SampledRequestsEnabled: pulumi.Bool(false), MetricName: pulumi.String("shop"),
		},
		Rules: wafv2.WebAclRuleArray{&wafv2.WebAclRuleArgs{
			Name: pulumi.String("common"), Priority: pulumi.Int(0),
			OverrideAction: &wafv2.WebAclRuleOverrideActionArgs{Count: &wafv2.WebAclRuleOverrideActionCountArgs{}}, // EDG-05: attacks are counted, and let in
			Statement: &wafv2.WebAclRuleStatementArgs{ManagedRuleGroupStatement: &wafv2.WebAclRuleStatementManagedRuleGroupStatementArgs{
				VendorName: pulumi.String("AWS"), Name: pulumi.String("AWSManagedRulesCommonRuleSet"),
			}},
			VisibilityConfig: &wafv2.WebAclRuleVisibilityConfigArgs{
				CloudwatchMetricsEnabled: pulumi.Bool(true), SampledRequestsEnabled: pulumi.Bool(false), MetricName: pulumi.String("common"),
			},
		}},
		Tags: tags("shop", "edge", "internal"),
	}, at.home)
	if err != nil {
		return err
	}
	_, err = wafv2.NewWebAclAssociation(ctx, "shop", &wafv2.WebAclAssociationArgs{ResourceArn: balancer.Arn, WebAclArn: acl.Arn}, at.home)
	return err
}
