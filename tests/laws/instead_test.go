package laws

import "tenant-runtime/policy/rule"

// instead has mutations for bad examples that do not fit our plans as they are, by
// the example's title, or says why there is none.
var instead = map[string][]mutation{
	// The example has a list of its own; ours keeps its other elements.
	"BAK-03 aws:backup/plan:Plan rules": {
		{on: "aws:backup/plan:Plan", edit: at("rules", having("ruleName", "daily", at("schedule", set("cron(0 20 ? * TUE *)"))))},
	},
	"BAK-05 aws:backup/plan:Plan rules": {
		{on: "aws:backup/plan:Plan", edit: at("rules", having("ruleName", "weekly", set(nil)))},
		{on: "aws:backup/plan:Plan", edit: at("rules", having("ruleName", "monthly", set(nil)))},
	},
	"BAK-05 aws:backup/plan:Plan rules[0].copyActions": {{on: "aws:backup/plan:Plan", edit: at("rules[0].copyActions", thrice)}},
	"EDG-05 aws:wafv2/webAcl:WebAcl rules": {
		{on: "aws:wafv2/webAcl:WebAcl", edit: at("rules", having("name", "AWSManagedRulesSQLiRuleSet", set(nil)))},
		{on: "aws:wafv2/webAcl:WebAcl", edit: at("rules", having("name", "AWSManagedRulesCommonRuleSet", set(nil)))},
	},
	"EDG-14 aws:wafv2/webAcl:WebAcl rules": {
		{on: "aws:wafv2/webAcl:WebAcl", edit: at("rules", having("name", "rate", set(nil)))},
		{on: "aws:wafv2/webAcl:WebAcl", edit: at("rules", having("name", "rate", at("action", set(object{"count": object{}}))))},
		{on: "aws:wafv2/webAcl:WebAcl", edit: at("rules", having("name", "rate", at("statement.rateBasedStatement.limit", set(2000000))))},
	},
	"ENC-11 aws:rds/parameterGroup:ParameterGroup parameters": {
		{on: "aws:rds/parameterGroup:ParameterGroup", edit: at("parameters", having("name", "rds.force_ssl", at("value", set("0"))))},
		{on: "aws:rds/parameterGroup:ParameterGroup", edit: at("parameters", having("name", "rds.force_ssl", set(nil)))},
	},
	"NET-03 aws:ec2/routeTable:RouteTable routes[0].gatewayId": {
		{on: "aws:ec2/routeTable:RouteTable network-data", edit: at("routes", add(object{"cidrBlock": "0.0.0.0/0", "gatewayId": "igw-1"}))},
	},

	"RES-03 gcp:storage/bucket:Bucket customPlacementConfig.dataLocations[1]": {
		{on: "gcp:storage/bucket:Bucket", edit: at("customPlacementConfig.dataLocations", set([]any{"EUROPE-WEST3", "EUROPE-WEST2"}))},
	},

	// The example is one of several mistakes if it is made with the first resource.
	"ENC-03 aws:secretsmanager/secret:Secret replicas[0].kmsKeyId": {
		{on: "aws:secretsmanager/secret:Secret danube", edit: at("replicas[0].kmsKeyId", set(nil))},
	},
	"ENC-09 aws:kms/key:Key policy": {{in: "eu", on: "aws:kms/key:Key keys-backup", edit: at("policy", set(nil))}},
	"RES-02 aws:ec2/subnet:Subnet availabilityZone": {
		{on: "aws:rds/instance:Instance", edit: at("availabilityZone", set("eu-central-1-ham-1a"))},
	},
	"RES-10 aws:secretsmanager/secret:Secret replicas[0].region": {
		{on: "aws:secretsmanager/secret:Secret danube", edit: at("replicas[0].region", set("eu-west-2"))},
	},
	"TEN-02 aws:kms/key:Key tags.tenant":                     {{on: "aws:sns/topic:Topic alarms", edit: at("tags.tenant", set("shared"))}},
	"TEN-01 aws:s3/bucketV2:BucketV2 tags.tenant":            {{on: "aws:backup/vault:Vault", edit: at("tags.tenant", set("acmee"))}},
	"TEN-01 azure-native:storage:StorageAccount tags.tenant": {{on: "azure-native:keyvault:Vault", edit: at("tags.tenant", set("acmee"))}},

	// The example differs in what something refers to.
	"DAT-07 aws:rds/instance:Instance": {{
		gone: []string{
			"aws:s3/bucketV2:BucketV2 danube-attachments", "aws:s3/bucketV2:BucketV2 storage-attachments", "aws:s3/bucketV2:BucketV2 storage-images",
		},
		caught: []string{"aws:rds/instance:Instance danube", "aws:rds/instance:Instance database"},
	}},
	"LOG-02 the stack": {{
		gone: []string{"aws:cloudtrail/trail:Trail account-logging"}, caught: []string{rule.TheStack},
	}},
	"LOG-16 aws:s3/bucketV2:BucketV2": {{
		gone: []string{"aws:s3/bucketLoggingV2:BucketLoggingV2 storage-evidence"}, caught: []string{"aws:s3/bucketV2:BucketV2 storage-evidence"},
	}},
	"LOG-07 aws:cloudtrail/trail:Trail s3BucketName": {{
		gone: []string{"aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2 account-storage-archive"}, caught: []string{"aws:cloudtrail/trail:Trail account-logging"},
	}},
	"NET-03 aws:rds/subnetGroup:SubnetGroup subnetIds": {
		{on: "aws:rds/subnetGroup:SubnetGroup", links: map[string][]string{"subnetIds": {"aws:ec2/subnet:Subnet network-data-a", "aws:ec2/subnet:Subnet network-app-b"}}},
	},
	"NET-04 aws:ec2/subnet:Subnet": {{
		on: "aws:ec2/networkAcl:NetworkAcl network-app", links: map[string][]string{"subnetIds": {"aws:ec2/subnet:Subnet network-app-b", "aws:ec2/subnet:Subnet network-app-c"}},
		caught: []string{"aws:ec2/subnet:Subnet network-app-a"},
	}},
	"NET-11 aws:ec2/vpcEndpoint:VpcEndpoint subnetIds": {
		{on: "aws:ec2/vpcEndpoint:VpcEndpoint network-backup-backup", links: map[string][]string{"subnetIds": {"aws:ec2/subnet:Subnet network-app-a"}}},
	},
	"NET-11 aws:ec2/vpc:Vpc": {{gone: []string{"aws:ec2/vpcEndpoint:VpcEndpoint network-backup-backup"}, caught: []string{"aws:ec2/vpc:Vpc network"}}},
	"NET-12 aws:ec2/vpc:Vpc": {{gone: []string{"aws:ec2/natGateway:NatGateway network-nat-a"}, caught: []string{"aws:ec2/vpc:Vpc network"}}},
	"NET-13 aws:ec2/subnet:Subnet": {
		{on: "aws:ec2/routeTable:RouteTable network-app-a", edit: at("routes", without(0)), caught: []string{"aws:ec2/subnet:Subnet network-app-a"}},
		{on: "aws:ec2/routeTable:RouteTable network-edge-a", edit: at("routes", without(1)), caught: []string{"aws:ec2/subnet:Subnet network-edge-a"}},
	},
	"NET-15 aws:ec2/vpc:Vpc": {{gone: []string{"aws:ec2/vpcEndpoint:VpcEndpoint network-management-kms"}, caught: []string{"aws:ec2/vpc:Vpc network"}}},
	"TEN-07 aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2 rules": {{
		on:    "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2 danube-attachments",
		links: map[string][]string{"rules": {"aws:kms/key:Key keys-storage"}},
	}},
	"TEN-07 aws:rds/instance:Instance kmsKeyId": {
		{on: "aws:rds/instance:Instance danube", links: map[string][]string{"kmsKeyId": {"aws:kms/key:Key keys-database"}}},
	},
	"TEN-09 aws:iam/policy:Policy policy": {
		{on: "aws:iam/policy:Policy danube", links: map[string][]string{"policy": {"aws:secretsmanager/secret:Secret fjord"}}},
	},
	"TEN-09 aws:iam/rolePolicyAttachment:RolePolicyAttachment policyArn": {
		{on: "aws:iam/rolePolicyAttachment:RolePolicyAttachment danube", links: map[string][]string{"policyArn": {"aws:iam/policy:Policy fjord"}}},
	},

	"NET-02 aws:ec2/vpc:Vpc": {{cannot: "a network without firewalls has every path past them too: NET-02 on tables, NET-13 on subnets"}},
	"NET-12 aws:networkfirewall/firewall:Firewall subnetMappings": {{cannot: "a firewall that lacks a subnet has a path past it too: NET-02 on the table, NET-13 on subnets"}},
	"TEN-09 aws:iam/rolePolicy:RolePolicy policy":                 {{cannot: "tenants' roles are granted policies; inline ones are the operator's own"}},
	"TEN-07 gcp:storage/bucket:Bucket encryption":                 {{cannot: "tenants are not built on GCP yet"}},
	"TEN-07 azure-native:storage:StorageAccount encryption":       {{cannot: "tenants are not built on Azure yet"}},
	"RES-03 azure-native:storage:StorageAccount sku.name":         {{cannot: "the committed stack's region has a pair in the jurisdiction"}},
}

// unweakened says why no stack on a cloud can be weakened for a rule.
var unweakened = map[string]string{
	"DAT-05 on aws":   "our databases are instances with a standby (HAD-02), not clusters",
	"ENC-11 on gcp":   "it is about databases, which are not built on GCP yet",
	"RES-02 on gcp":   "buckets and keys have no zone",
	"RES-03 on azure": "the committed stack's region has a pair in the jurisdiction",
	"TEN-07 on gcp":   "tenants are not built on GCP yet",
	"TEN-07 on azure": "tenants are not built on Azure yet",
}
