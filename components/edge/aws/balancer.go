package aws

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lb"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/vpc"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/component"
	"tenant-runtime/components/edge"
	"tenant-runtime/components/network"
	"tenant-runtime/components/scope"
)

// tlsPolicy is ELB's strictest policy that still speaks TLS 1.2: ECDHE with GCM
// only, and a post-quantum key exchange for clients that have one. An unset policy
// would be the one of 2016, with TLS 1.0. (AWS, "Security policies for your
// Application Load Balancer", read November 2026.) ELB has no policy without
// AES-128 that browsers can use.
const tlsPolicy = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"

// securityGroup says who may talk to the load balancer, and to whom it may talk:
// the Internet in front, the workloads behind, by name of their group (NET-05). It
// returns the load balancer's group, which resolves when its rules are in place.
func (b builder) securityGroup() (pulumi.StringOutput, error) {
	none := pulumi.StringOutput{}
	physical := b.Scope.Name("aws:ec2/securityGroup:SecurityGroup", "edge")
	group, err := ec2.NewSecurityGroup(b.Ctx, b.Name, &ec2.SecurityGroupArgs{
		Name:        pulumi.String(physical),
		Description: pulumi.String("Load balancer: Internet to workloads"),
		VpcId:       b.Args.Network.AWS.VPC,
		Tags:        b.Scope.Tags(physical),
	}, b.Child()...)
	if err != nil {
		return none, err
	}
	var ready []pulumi.Resource
	for _, p := range []struct {
		name string
		port int
	}{{"http", 80}, {"https", 443}} { // 80 only to redirect (EDG-03)
		child := b.Named(p.name)
		rule, err := vpc.NewSecurityGroupIngressRule(b.Ctx, child, &vpc.SecurityGroupIngressRuleArgs{
			SecurityGroupId: group.ID(),
			Description:     pulumi.String("Clients"),
			CidrIpv4:        pulumi.String("0.0.0.0/0"),
			IpProtocol:      pulumi.String("tcp"),
			FromPort:        pulumi.Int(p.port),
			ToPort:          pulumi.Int(p.port),
			Tags:            b.Scope.Tags(child),
		}, b.Child()...)
		if err != nil {
			return none, err
		}
		ready = append(ready, rule)
	}
	out, err := vpc.NewSecurityGroupEgressRule(b.Ctx, b.Named("workloads"), &vpc.SecurityGroupEgressRuleArgs{
		SecurityGroupId:           group.ID(),
		Description:               pulumi.String("To workloads, TLS"),
		ReferencedSecurityGroupId: b.Args.Network.AWS.Workloads,
		IpProtocol:                pulumi.String("tcp"),
		FromPort:                  pulumi.Int(network.ServicePort),
		ToPort:                    pulumi.Int(network.ServicePort),
		Tags:                      b.Scope.Tags(b.Named("workloads")),
	}, b.Child()...)
	if err != nil {
		return none, err
	}
	in, err := vpc.NewSecurityGroupIngressRule(b.Ctx, b.Named("workloads"), &vpc.SecurityGroupIngressRuleArgs{
		SecurityGroupId:           b.Args.Network.AWS.Workloads,
		Description:               pulumi.String("From the load balancer, TLS"),
		ReferencedSecurityGroupId: group.ID(),
		IpProtocol:                pulumi.String("tcp"),
		FromPort:                  pulumi.Int(network.ServicePort),
		ToPort:                    pulumi.Int(network.ServicePort),
		Tags:                      b.Scope.In(scope.App).Tags(b.Named("workloads")),
	}, b.Child()...)
	if err != nil {
		return none, err
	}
	ready = append(ready, out, in)
	return scope.After(group.ID().ToStringOutput(), ready...), nil
}

// loadBalancer declares it without a listener: see listeners.
func (b builder) loadBalancer(group pulumi.StringOutput) (*lb.LoadBalancer, error) {
	physical := b.Scope.Name("aws:lb/loadBalancer:LoadBalancer", "edge")
	subnets := pulumi.StringArray{}
	for _, id := range b.Args.Network.AWS.Subnets[scope.Edge] {
		subnets = append(subnets, id)
	}
	return lb.NewLoadBalancer(b.Ctx, b.Name, &lb.LoadBalancerArgs{
		Name:                     pulumi.String(physical),
		LoadBalancerType:         pulumi.String("application"),
		Internal:                 pulumi.Bool(false),
		IpAddressType:            pulumi.String("ipv4"), // the network has no IPv6
		Subnets:                  subnets,
		SecurityGroups:           pulumi.StringArray{group},
		EnableDeletionProtection: pulumi.Bool(true),
		EnableZonalShift:         pulumi.Bool(true), // a person can take an impaired availability zone out

		// What is malformed or ambiguous ends here (EDG-05). The modes guard against
		// request smuggling; strictest refuses whatever RFC 7230 does not allow.
		DropInvalidHeaderFields: pulumi.Bool(true),
		DesyncMitigationMode:    pulumi.String("strictest"),
		EnableWafFailOpen:       pulumi.Bool(false), // no answer from the firewall is a no

		// The client's address is the last one of X-Forwarded-For; those before it are
		// the client's own words.
		XffHeaderProcessingMode:               pulumi.String("append"),
		PreserveHostHeader:                    pulumi.Bool(true),
		EnableTlsVersionAndCipherSuiteHeaders: pulumi.Bool(true), // the application can refuse what it finds too weak
		IdleTimeout:                           pulumi.Int(60),

		AccessLogs:     &lb.LoadBalancerAccessLogsArgs{Enabled: pulumi.Bool(true), Bucket: b.Args.AccessLogs, Prefix: pulumi.String("alb")},
		ConnectionLogs: &lb.LoadBalancerConnectionLogsArgs{Enabled: pulumi.Bool(true), Bucket: b.Args.AccessLogs, Prefix: pulumi.String("alb")},
		Tags:           b.Scope.Tags(physical),
	}, b.Child()...)
}

// listeners opens the ports, and only once the firewall stands: a load balancer
// without a listener answers nobody, so there is no moment without a firewall
// (EDG-04).
func (b builder) listeners(balancer *lb.LoadBalancer, certificate pulumi.StringOutput, firewall []pulumi.Resource) (*lb.TargetGroup, *lb.Listener, error) {
	physical := b.Scope.Name("aws:lb/targetGroup:TargetGroup", "edge")
	target, err := lb.NewTargetGroup(b.Ctx, b.Name, &lb.TargetGroupArgs{
		Name:                       pulumi.String(physical),
		VpcId:                      b.Args.Network.AWS.VPC,
		TargetType:                 pulumi.String("ip"),
		Protocol:                   pulumi.String("HTTPS"),
		Port:                       pulumi.Int(network.ServicePort),
		DeregistrationDelay:        pulumi.Int(60), // as long as a request may take
		LoadBalancingAlgorithmType: pulumi.String("least_outstanding_requests"),
		HealthCheck: &lb.TargetGroupHealthCheckArgs{
			Protocol:           pulumi.String("HTTPS"),
			Path:               pulumi.String(edge.HealthPath),
			Matcher:            pulumi.String("200"),
			Interval:           pulumi.Int(10),
			Timeout:            pulumi.Int(5),
			HealthyThreshold:   pulumi.Int(2),
			UnhealthyThreshold: pulumi.Int(3), // half a minute until a failed instance is out (HAD-04)
		},
		Tags: b.Scope.Tags(physical),
	}, b.Child()...)
	if err != nil {
		return nil, nil, err
	}
	https, err := lb.NewListener(b.Ctx, b.Named("https"), &lb.ListenerArgs{
		LoadBalancerArn: balancer.Arn,
		Port:            pulumi.Int(443),
		Protocol:        pulumi.String("HTTPS"),
		SslPolicy:       pulumi.String(tlsPolicy),
		CertificateArn:  certificate,
		DefaultActions: lb.ListenerDefaultActionArray{&lb.ListenerDefaultActionArgs{
			Type: pulumi.String("forward"), TargetGroupArn: target.Arn,
		}},
		// These replace what the application sends. There is no content security policy
		// among them for that reason: the application's own is finer than ours could be.
		RoutingHttpResponseStrictTransportSecurityHeaderValue: pulumi.String("max-age=63072000; includeSubDomains"),
		RoutingHttpResponseXFrameOptionsHeaderValue:           pulumi.String("DENY"),
		RoutingHttpResponseXContentTypeOptionsHeaderValue:     pulumi.String("nosniff"),
		RoutingHttpResponseServerEnabled:                      pulumi.Bool(false),
		Tags:                                                  b.Scope.Tags(b.Named("https")),
	}, b.Child(component.After(firewall...))...)
	if err != nil {
		return nil, nil, err
	}
	_, err = lb.NewListener(b.Ctx, b.Named("http"), &lb.ListenerArgs{
		LoadBalancerArn: balancer.Arn,
		Port:            pulumi.Int(80),
		Protocol:        pulumi.String("HTTP"),
		DefaultActions: lb.ListenerDefaultActionArray{&lb.ListenerDefaultActionArgs{
			Type: pulumi.String("redirect"),
			Redirect: &lb.ListenerDefaultActionRedirectArgs{
				Protocol: pulumi.String("HTTPS"), Port: pulumi.String("443"), StatusCode: pulumi.String("HTTP_301"),
			},
		}},
		RoutingHttpResponseServerEnabled: pulumi.Bool(false),
		Tags:                             b.Scope.Tags(b.Named("http")),
	}, b.Child(component.After(firewall...))...)
	return target, https, err
}
