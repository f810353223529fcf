package edge

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lb"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/vpc"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/network"
	"tenant-runtime/components/scope"
)

// AWS is what only AWS's other files need.
type AWS struct {
	SecurityGroup pulumi.StringOutput // of the load balancer
	TargetGroup   pulumi.StringOutput // ARN; workloads register in it by address
}

// tlsPolicy is ELB's strictest policy that still speaks TLS 1.2: ECDHE with GCM
// only, and a post-quantum key exchange for clients that have one. An unset policy
// would be the one of 2016, with TLS 1.0. (AWS, "Security policies for your
// Application Load Balancer", read November 2026.) ELB has no policy without
// AES-128 that browsers can use.
const tlsPolicy = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"

func buildAWS(ctx *pulumi.Context, name string, args Args, e *Edge) error {
	s := args.Scope.In(scope.Edge)
	group, err := admit(ctx, name, s, args.Network.AWS, e)
	if err != nil {
		return err
	}
	certificate, err := certify(ctx, name, s, args, e)
	if err != nil {
		return err
	}
	balancer, err := balance(ctx, name, s, args, group, e)
	if err != nil {
		return err
	}
	guard, err := protect(ctx, name, s, args, balancer, e)
	if err != nil {
		return err
	}
	target, listener, err := listen(ctx, name, s, args.Network.AWS, balancer, certificate, guard, e)
	if err != nil {
		return err
	}
	if err := announce(ctx, name, s, args, balancer, listener, e); err != nil {
		return err
	}
	if err := watch(ctx, name, s, args.Alarms, balancer, certificate, e); err != nil {
		return err
	}
	e.AWS = &AWS{SecurityGroup: group, TargetGroup: target.Arn}
	e.Address = pulumi.All(balancer.DnsName, listener.Arn).ApplyT(func(v []any) string { return v[0].(string) }).(pulumi.StringOutput)
	return nil
}

// admit declares who may talk to the load balancer, and to whom it may talk: the
// Internet in front, the workloads behind, by name of their group (NET-05). It
// returns the load balancer's group, which resolves when its rules are in place.
func admit(ctx *pulumi.Context, name string, s scope.Scope, net *network.AWS, e *Edge) (pulumi.StringOutput, error) {
	none := pulumi.StringOutput{}
	physical := s.Name("aws:ec2/securityGroup:SecurityGroup", "edge")
	group, err := ec2.NewSecurityGroup(ctx, name, &ec2.SecurityGroupArgs{
		Name:        pulumi.String(physical),
		Description: pulumi.String("Load balancer: Internet to workloads"),
		VpcId:       net.VPC,
		Tags:        s.Tags(physical),
	}, s.Child(e)...)
	if err != nil {
		return none, err
	}
	ready := []any{group.ID().ToStringOutput()}
	for _, port := range []int{80, 443} { // 80 only to redirect (EDG-03)
		child := name + map[int]string{80: "-http", 443: "-https"}[port]
		rule, err := vpc.NewSecurityGroupIngressRule(ctx, child, &vpc.SecurityGroupIngressRuleArgs{
			SecurityGroupId: group.ID(),
			Description:     pulumi.String("Clients"),
			CidrIpv4:        pulumi.String("0.0.0.0/0"),
			IpProtocol:      pulumi.String("tcp"),
			FromPort:        pulumi.Int(port),
			ToPort:          pulumi.Int(port),
			Tags:            s.Tags(child),
		}, s.Child(e)...)
		if err != nil {
			return none, err
		}
		ready = append(ready, rule.Arn)
	}
	out, err := vpc.NewSecurityGroupEgressRule(ctx, name+"-workloads", &vpc.SecurityGroupEgressRuleArgs{
		SecurityGroupId:           group.ID(),
		Description:               pulumi.String("To workloads, TLS"),
		ReferencedSecurityGroupId: net.Workloads,
		IpProtocol:                pulumi.String("tcp"),
		FromPort:                  pulumi.Int(network.ServicePort),
		ToPort:                    pulumi.Int(network.ServicePort),
		Tags:                      s.Tags(name + "-workloads"),
	}, s.Child(e)...)
	if err != nil {
		return none, err
	}
	in, err := vpc.NewSecurityGroupIngressRule(ctx, name+"-workloads", &vpc.SecurityGroupIngressRuleArgs{
		SecurityGroupId:           net.Workloads,
		Description:               pulumi.String("From the load balancer, TLS"),
		ReferencedSecurityGroupId: group.ID(),
		IpProtocol:                pulumi.String("tcp"),
		FromPort:                  pulumi.Int(network.ServicePort),
		ToPort:                    pulumi.Int(network.ServicePort),
		Tags:                      s.In(scope.App).Tags(name + "-workloads"),
	}, s.Child(e)...)
	if err != nil {
		return none, err
	}
	ready = append(ready, out.Arn, in.Arn)
	return pulumi.All(ready...).ApplyT(func(v []any) string { return v[0].(string) }).(pulumi.StringOutput), nil
}

// balance declares the load balancer. It has no listener yet: see listen.
func balance(ctx *pulumi.Context, name string, s scope.Scope, args Args, group pulumi.StringOutput, e *Edge) (*lb.LoadBalancer, error) {
	physical := s.Name("aws:lb/loadBalancer:LoadBalancer", "edge")
	subnets := pulumi.StringArray{}
	for _, id := range args.Network.AWS.Subnets[scope.Edge] {
		subnets = append(subnets, id)
	}
	return lb.NewLoadBalancer(ctx, name, &lb.LoadBalancerArgs{
		Name:                     pulumi.String(physical),
		LoadBalancerType:         pulumi.String("application"),
		Internal:                 pulumi.Bool(false),
		IpAddressType:            pulumi.String("ipv4"), // the network has no IPv6
		Subnets:                  subnets,
		SecurityGroups:           pulumi.StringArray{group},
		EnableDeletionProtection: pulumi.Bool(true),
		EnableZonalShift:         pulumi.Bool(true), // a person can take an impaired zone out

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

		AccessLogs:     &lb.LoadBalancerAccessLogsArgs{Enabled: pulumi.Bool(true), Bucket: args.AccessLogs, Prefix: pulumi.String("alb")},
		ConnectionLogs: &lb.LoadBalancerConnectionLogsArgs{Enabled: pulumi.Bool(true), Bucket: args.AccessLogs, Prefix: pulumi.String("alb")},
		Tags:           s.Tags(physical),
	}, s.Child(e)...)
}

// listen opens the ports, and only once the guard stands: a load balancer without
// a listener answers nobody, so there is no moment without a firewall (EDG-04).
func listen(ctx *pulumi.Context, name string, s scope.Scope, net *network.AWS, balancer *lb.LoadBalancer, certificate pulumi.StringOutput, guard []pulumi.Resource, e *Edge) (*lb.TargetGroup, *lb.Listener, error) {
	physical := s.Name("aws:lb/targetGroup:TargetGroup", "edge")
	target, err := lb.NewTargetGroup(ctx, name, &lb.TargetGroupArgs{
		Name:                       pulumi.String(physical),
		VpcId:                      net.VPC,
		TargetType:                 pulumi.String("ip"),
		Protocol:                   pulumi.String("HTTPS"),
		Port:                       pulumi.Int(network.ServicePort),
		DeregistrationDelay:        pulumi.Int(60), // as long as a request may take
		LoadBalancingAlgorithmType: pulumi.String("least_outstanding_requests"),
		HealthCheck: &lb.TargetGroupHealthCheckArgs{
			Protocol:           pulumi.String("HTTPS"),
			Path:               pulumi.String(healthPath),
			Matcher:            pulumi.String("200"),
			Interval:           pulumi.Int(10),
			Timeout:            pulumi.Int(5),
			HealthyThreshold:   pulumi.Int(2),
			UnhealthyThreshold: pulumi.Int(3), // half a minute until a failed instance is out (HAD-04)
		},
		Tags: s.Tags(physical),
	}, s.Child(e)...)
	if err != nil {
		return nil, nil, err
	}
	https, err := lb.NewListener(ctx, name+"-https", &lb.ListenerArgs{
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
		Tags:                                                  s.Tags(name + "-https"),
	}, s.Child(e, pulumi.DependsOn(guard))...)
	if err != nil {
		return nil, nil, err
	}
	_, err = lb.NewListener(ctx, name+"-http", &lb.ListenerArgs{
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
		Tags:                             s.Tags(name + "-http"),
	}, s.Child(e, pulumi.DependsOn(guard))...)
	return target, https, err
}
