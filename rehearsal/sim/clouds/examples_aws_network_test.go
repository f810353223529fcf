package clouds_test

import "tenant-runtime/rehearsal/sim"

var awsNetworkExamples = []example{
	{"aws:ec2/vpc:Vpc", "vpc", sim.Props{"cidrBlock": "10.0.0.0/16"}},
	{"aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "default-group", sim.Props{"vpcId": "@vpc"}},
	{"aws:ec2/defaultRouteTable:DefaultRouteTable", "default-table", sim.Props{"defaultRouteTableId": "@vpc.defaultRouteTableId", "routes": []any{}}},
	{"aws:ec2/subnet:Subnet", "subnet-a", sim.Props{"vpcId": "@vpc", "cidrBlock": "10.0.0.0/24", "availabilityZone": "eu-central-1a"}},
	{"aws:ec2/subnet:Subnet", "subnet-b", sim.Props{"vpcId": "@vpc", "cidrBlock": "10.0.1.0/24", "availabilityZone": "eu-central-1b"}},
	{"aws:ec2/defaultNetworkAcl:DefaultNetworkAcl", "default-acl", sim.Props{"defaultNetworkAclId": "@vpc.defaultNetworkAclId"}},
	{"aws:ec2/internetGateway:InternetGateway", "gateway", sim.Props{"vpcId": "@vpc"}},
	{"aws:ec2/eip:Eip", "address", sim.Props{"domain": "vpc"}},
	{"aws:ec2/natGateway:NatGateway", "nat", sim.Props{"subnetId": "@subnet-a", "allocationId": "@address"}},
	{"aws:ec2/routeTable:RouteTable", "table", sim.Props{"vpcId": "@vpc", "routes": []any{sim.Props{"cidrBlock": "0.0.0.0/0", "gatewayId": "@gateway"}}}},
	{"aws:ec2/routeTableAssociation:RouteTableAssociation", "route-association", sim.Props{"routeTableId": "@table", "subnetId": "@subnet-a"}},
	{"aws:ec2/networkAcl:NetworkAcl", "network-acl", sim.Props{"vpcId": "@vpc", "subnetIds": []any{"@subnet-a"}}},
	{"aws:ec2/securityGroup:SecurityGroup", "sg", sim.Props{"vpcId": "@vpc", "name": "app"}},
	{"aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "egress", sim.Props{"securityGroupId": "@sg", "ipProtocol": "tcp", "fromPort": 443, "toPort": 443, "cidrIpv4": "10.0.0.0/16"}},
	{"aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "ingress", sim.Props{"securityGroupId": "@sg", "ipProtocol": "tcp", "fromPort": 443, "toPort": 443, "referencedSecurityGroupId": "@sg"}},
	{"aws:ec2/vpcEndpoint:VpcEndpoint", "endpoint", sim.Props{"vpcId": "@vpc", "serviceName": "com.amazonaws.eu-central-1.kms", "vpcEndpointType": "Interface",
		"subnetIds": []any{"@subnet-a"}, "securityGroupIds": []any{"@sg"}}},
	{"aws:cloudwatch/logGroup:LogGroup", "logs", sim.Props{"name": "/flows", "kmsKeyId": "@key.arn"}},
	{"aws:ec2/flowLog:FlowLog", "flows", sim.Props{"vpcId": "@vpc", "logDestination": "@logs.arn", "iamRoleArn": "@role.arn", "trafficType": "ALL"}},
	{"aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions", "block", sim.Props{"internetGatewayBlockMode": "block-ingress"}},
	{"aws:ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion", "exclusion", sim.Props{"vpcId": "@vpc", "internetGatewayExclusionMode": "allow-bidirectional"}},
	{"aws:networkfirewall/ruleGroup:RuleGroup", "rules", sim.Props{"name": "rules", "capacity": 10, "type": "STATEFUL"}},
	{"aws:networkfirewall/firewallPolicy:FirewallPolicy", "firewall-policy", sim.Props{"name": "policy", "firewallPolicy": sim.Props{
		"statelessDefaultActions": []any{"aws:forward_to_sfe"}, "statefulRuleGroupReferences": []any{sim.Props{"resourceArn": "@rules"}}}}},
	{"aws:networkfirewall/firewall:Firewall", "firewall", sim.Props{"name": "firewall", "vpcId": "@vpc", "firewallPolicyArn": "@firewall-policy",
		"subnetMappings": []any{sim.Props{"subnetId": "@subnet-a"}}}},
	{"aws:networkfirewall/loggingConfiguration:LoggingConfiguration", "firewall-logs", sim.Props{"firewallArn": "@firewall", "loggingConfiguration": sim.Props{
		"logDestinationConfigs": []any{sim.Props{"logType": "ALERT", "logDestinationType": "CloudWatchLogs", "logDestination": sim.Props{"logGroup": "/flows"}}}}}},
}
