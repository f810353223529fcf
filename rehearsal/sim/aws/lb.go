package aws

import "tenant-runtime/rehearsal/sim"

const lbSource = "ELB API model 2026-08, terraform-provider-aws 2026-06 (replacements), published run logs (creation); other durations estimated"

const (
	loadBalancer = "aws:lb/loadBalancer:LoadBalancer"
	targetGroup  = "aws:lb/targetGroup:TargetGroup"
)

const elb = "arn:{partition}:elasticloadbalancing:{region}:{account}:"

var lbKinds = []sim.Kind{
	{
		// A certificate is accepted only when it has been issued (UnsupportedCertificate).
		Type: "aws:lb/listener:Listener", ID: "{arn}",
		Name:    sim.Name{Unique: "{loadBalancerArn}/{port}", Taken: "DuplicateListener"},
		Compute: sim.Props{"arn": elb + "listener/{ref.loadBalancerArn.arnSuffix}/{hex 16}"},
		Replace: []string{"loadBalancerArn"},
		Refs: map[string]sim.Ref{
			"certificateArn":                   sim.To(issued),
			"defaultActions[*].targetGroupArn": sim.To(targetGroup),
			"loadBalancerArn":                  sim.To(loadBalancer),
		},
		Takes:  sim.Creates(0.02, 0.1, 0.5).Deletes(0.02, 0.1, 0.5),
		Source: lbSource,
	},
	{
		Type: loadBalancer, ID: "{arn}",
		Name: sim.Name{In: "name", Unique: sim.InAccountRegion, Max: 32, Pattern: `^[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?$`, Taken: "DuplicateLoadBalancerName"},
		Compute: sim.Props{
			"arnSuffix": "app/{name}/{hex 16}", "arn": elb + "loadbalancer/{arnSuffix}",
			"dnsName": "{name}-{digits 10}.{region}.elb.amazonaws.com", "zoneId": "Z{digits 13}",
		},
		Default: sim.Props{"desyncMitigationMode": "defensive", "dropInvalidHeaderFields": false, "enableDeletionProtection": false, "enableHttp2": true,
			"enableWafFailOpen": false, "idleTimeout": 60, "internal": false, "ipAddressType": "ipv4", "loadBalancerType": "application", "xffHeaderProcessingMode": "append"},
		Handles: []string{"{dnsName}"},
		Replace: []string{"customerOwnedIpv4Pool", "internal", "loadBalancerType", "name", "namePrefix"},
		Refs: map[string]sim.Ref{
			"accessLogs.bucket": sim.To(bucket).Filling(), "connectionLogs.bucket": sim.To(bucket).Filling(),
			"securityGroups[*]": sim.To(securityGroup), "subnets[*]": sim.To(subnet),
		},
		Guard:  []sim.Guard{{While: "enableDeletionProtection", Error: "OperationNotPermitted: deletion protection is on; turn it off and update before deleting"}},
		Takes:  sim.Creates(2.3, 2.5, 2.9).Deletes(0.2, 0.6, 5),
		Source: lbSource,
	},
	{
		Type: targetGroup, ID: "{arn}",
		Name:    sim.Name{In: "name", Unique: sim.InAccountRegion, Max: 32, Pattern: `^[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?$`, Taken: "DuplicateTargetGroupName"},
		Compute: sim.Props{"arnSuffix": "targetgroup/{name}/{hex 16}", "arn": elb + "{arnSuffix}"},
		Default: sim.Props{"deregistrationDelay": 300, "ipAddressType": "ipv4", "loadBalancingAlgorithmType": "round_robin", "protocolVersion": "HTTP1", "targetType": "instance"},
		Replace: []string{"ipAddressType", "name", "namePrefix", "port", "protocol", "protocolVersion", "targetType", "vpcId"},
		Refs:    map[string]sim.Ref{"vpcId": sim.To(vpc)},
		Takes:   sim.Creates(0.02, 0.1, 0.5).Deletes(0.02, 0.1, 2),
		Source:  lbSource,
	},
}
