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

// door is an edge under construction.
type door struct {
	ctx    *pulumi.Context
	name   string
	args   Args
	net    *network.AWS
	scope  scope.Scope
	parent *Edge
}

func (d *door) child(more ...pulumi.ResourceOption) []pulumi.ResourceOption {
	return d.scope.Child(d.parent, more...)
}

func buildAWS(ctx *pulumi.Context, name string, args Args, e *Edge) error {
	d := &door{ctx: ctx, name: name, args: args, net: args.Network.AWS, scope: args.Scope.In(scope.Edge), parent: e}
	group, err := d.admit()
	if err != nil {
		return err
	}
	certificate, err := d.certify()
	if err != nil {
		return err
	}
	balancer, err := d.balance(group)
	if err != nil {
		return err
	}
	guard, err := d.protect(balancer)
	if err != nil {
		return err
	}
	target, listener, err := d.listen(balancer, certificate, guard)
	if err != nil {
		return err
	}
	if err := d.announce(balancer, listener); err != nil {
		return err
	}
	if err := d.watch(balancer, certificate); err != nil {
		return err
	}
	e.AWS = &AWS{SecurityGroup: group, TargetGroup: target.Arn}
	e.Address = scope.After(balancer.DnsName, listener)
	return nil
}

// admit declares who may talk to the load balancer, and to whom it may talk: the
// Internet in front, the workloads behind, by name of their group (NET-05). It
// returns the load balancer's group, which resolves when its rules are in place.
func (d *door) admit() (pulumi.StringOutput, error) {
	none := pulumi.StringOutput{}
	physical := d.scope.Name("aws:ec2/securityGroup:SecurityGroup", "edge")
	group, err := ec2.NewSecurityGroup(d.ctx, d.name, &ec2.SecurityGroupArgs{
		Name:        pulumi.String(physical),
		Description: pulumi.String("Load balancer: Internet to workloads"),
		VpcId:       d.net.VPC,
		Tags:        d.scope.Tags(physical),
	}, d.child()...)
	if err != nil {
		return none, err
	}
	var ready []pulumi.Resource
	for _, p := range []struct {
		name string
		port int
	}{{"http", 80}, {"https", 443}} { // 80 only to redirect (EDG-03)
		child := d.name + "-" + p.name
		rule, err := vpc.NewSecurityGroupIngressRule(d.ctx, child, &vpc.SecurityGroupIngressRuleArgs{
			SecurityGroupId: group.ID(),
			Description:     pulumi.String("Clients"),
			CidrIpv4:        pulumi.String("0.0.0.0/0"),
			IpProtocol:      pulumi.String("tcp"),
			FromPort:        pulumi.Int(p.port),
			ToPort:          pulumi.Int(p.port),
			Tags:            d.scope.Tags(child),
		}, d.child()...)
		if err != nil {
			return none, err
		}
		ready = append(ready, rule)
	}
	out, err := vpc.NewSecurityGroupEgressRule(d.ctx, d.name+"-workloads", &vpc.SecurityGroupEgressRuleArgs{
		SecurityGroupId:           group.ID(),
		Description:               pulumi.String("To workloads, TLS"),
		ReferencedSecurityGroupId: d.net.Workloads,
		IpProtocol:                pulumi.String("tcp"),
		FromPort:                  pulumi.Int(network.ServicePort),
		ToPort:                    pulumi.Int(network.ServicePort),
		Tags:                      d.scope.Tags(d.name + "-workloads"),
	}, d.child()...)
	if err != nil {
		return none, err
	}
	in, err := vpc.NewSecurityGroupIngressRule(d.ctx, d.name+"-workloads", &vpc.SecurityGroupIngressRuleArgs{
		SecurityGroupId:           d.net.Workloads,
		Description:               pulumi.String("From the load balancer, TLS"),
		ReferencedSecurityGroupId: group.ID(),
		IpProtocol:                pulumi.String("tcp"),
		FromPort:                  pulumi.Int(network.ServicePort),
		ToPort:                    pulumi.Int(network.ServicePort),
		Tags:                      d.scope.In(scope.App).Tags(d.name + "-workloads"),
	}, d.child()...)
	if err != nil {
		return none, err
	}
	ready = append(ready, out, in)
	return scope.After(group.ID().ToStringOutput(), ready...), nil
}

// balance declares the load balancer. It has no listener yet: see listen.
func (d *door) balance(group pulumi.StringOutput) (*lb.LoadBalancer, error) {
	physical := d.scope.Name("aws:lb/loadBalancer:LoadBalancer", "edge")
	subnets := pulumi.StringArray{}
	for _, id := range d.net.Subnets[scope.Edge] {
		subnets = append(subnets, id)
	}
	return lb.NewLoadBalancer(d.ctx, d.name, &lb.LoadBalancerArgs{
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

		AccessLogs:     &lb.LoadBalancerAccessLogsArgs{Enabled: pulumi.Bool(true), Bucket: d.args.AccessLogs, Prefix: pulumi.String("alb")},
		ConnectionLogs: &lb.LoadBalancerConnectionLogsArgs{Enabled: pulumi.Bool(true), Bucket: d.args.AccessLogs, Prefix: pulumi.String("alb")},
		Tags:           d.scope.Tags(physical),
	}, d.child()...)
}

// listen opens the ports, and only once the guard stands: a load balancer without
// a listener answers nobody, so there is no moment without a firewall (EDG-04).
func (d *door) listen(balancer *lb.LoadBalancer, certificate pulumi.StringOutput, guard []pulumi.Resource) (*lb.TargetGroup, *lb.Listener, error) {
	physical := d.scope.Name("aws:lb/targetGroup:TargetGroup", "edge")
	target, err := lb.NewTargetGroup(d.ctx, d.name, &lb.TargetGroupArgs{
		Name:                       pulumi.String(physical),
		VpcId:                      d.net.VPC,
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
		Tags: d.scope.Tags(physical),
	}, d.child()...)
	if err != nil {
		return nil, nil, err
	}
	https, err := lb.NewListener(d.ctx, d.name+"-https", &lb.ListenerArgs{
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
		Tags:                                                  d.scope.Tags(d.name + "-https"),
	}, d.child(pulumi.DependsOn(guard))...)
	if err != nil {
		return nil, nil, err
	}
	_, err = lb.NewListener(d.ctx, d.name+"-http", &lb.ListenerArgs{
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
		Tags:                             d.scope.Tags(d.name + "-http"),
	}, d.child(pulumi.DependsOn(guard))...)
	return target, https, err
}
