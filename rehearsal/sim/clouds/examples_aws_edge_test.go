package clouds_test

import "tenant-runtime/rehearsal/sim"

var awsEdgeExamples = []example{
	{"aws:acm/certificate:Certificate", "certificate", sim.Props{"domainName": "app.example.com", "validationMethod": "DNS"}},
	{"aws:route53/record:Record", "proof", sim.Props{"zoneId": "Z0EXAMPLE", "name": "_x.app.example.com", "type": "CNAME", "ttl": 60, "records": []any{"_y.acm-validations.aws"}}},
	{"aws:acm/certificateValidation:CertificateValidation", "issued", sim.Props{"certificateArn": "@certificate.arn", "validationRecordFqdns": []any{"@proof.fqdn"}}},
	{"aws:lb/loadBalancer:LoadBalancer", "balancer", sim.Props{"name": "balancer", "subnets": []any{"@subnet-a", "@subnet-b"}}},
	{"aws:lb/targetGroup:TargetGroup", "target", sim.Props{"name": "target", "port": 8443, "protocol": "HTTPS", "vpcId": "@vpc"}},
	{"aws:lb/listener:Listener", "listener", sim.Props{"loadBalancerArn": "@balancer.arn", "port": 443, "protocol": "HTTPS", "certificateArn": "@certificate.arn",
		"defaultActions": []any{sim.Props{"type": "forward", "targetGroupArn": "@target.arn"}}}},
	{"aws:wafv2/webAcl:WebAcl", "acl", sim.Props{"name": "acl", "scope": "REGIONAL", "defaultAction": sim.Props{"allow": sim.Props{}},
		"visibilityConfig": sim.Props{"cloudwatchMetricsEnabled": true, "metricName": "acl", "sampledRequestsEnabled": false}}},
	{"aws:wafv2/webAclAssociation:WebAclAssociation", "association", sim.Props{"resourceArn": "@balancer.arn", "webAclArn": "@acl.arn"}},
	{"aws:cloudwatch/logGroup:LogGroup", "acl-group", sim.Props{"name": "aws-waf-logs-acl", "retentionInDays": 365}},
	{"aws:cloudwatch/logResourcePolicy:LogResourcePolicy", "acl-policy", sim.Props{"policyName": "acl", "policyDocument": trust}},
	{"aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration", "acl-logging", sim.Props{"resourceArn": "@acl.arn", "logDestinationConfigs": []any{"@acl-group.arn"}}},
	{"aws:secretsmanager/secret:Secret", "secret", sim.Props{"name": "eu/acme/application", "kmsKeyId": "@key.arn", "policy": trust, "recoveryWindowInDays": 0}},
}
