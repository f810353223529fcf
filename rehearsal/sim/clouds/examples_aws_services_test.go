package clouds_test

import "tenant-runtime/rehearsal/sim"

var awsServiceExamples = []example{
	{"aws:sns/topic:Topic", "topic", sim.Props{"name": "alarms", "kmsMasterKeyId": "@key.arn"}},
	{"aws:sns/topicPolicy:TopicPolicy", "topic-policy", sim.Props{"arn": "@topic", "policy": trust}},
	{"aws:sns/topicSubscription:TopicSubscription", "subscription", sim.Props{"topic": "@topic", "protocol": "email", "endpoint": "on-call@example.com"}},
	{"aws:cloudwatch/metricAlarm:MetricAlarm", "alarm", sim.Props{"name": "alarm", "comparisonOperator": "GreaterThanThreshold", "evaluationPeriods": 1, "alarmActions": []any{"@topic"}}},
	{"aws:cloudtrail/trail:Trail", "trail", sim.Props{"name": "trail", "s3BucketName": "@bucket", "kmsKeyId": "@key.arn", "isMultiRegionTrail": true}},
	{"aws:rds/subnetGroup:SubnetGroup", "db-subnets", sim.Props{"name": "subnets", "subnetIds": []any{"@subnet-a", "@subnet-b"}}},
	{"aws:rds/parameterGroup:ParameterGroup", "db-parameters", sim.Props{"name": "parameters", "family": "postgres17"}},
	{"aws:rds/instance:Instance", "db", sim.Props{"identifier": "db", "instanceClass": "db.m7g.large", "engine": "postgres", "dbSubnetGroupName": "@db-subnets",
		"parameterGroupName": "@db-parameters", "kmsKeyId": "@key.arn", "vpcSecurityGroupIds": []any{"@sg"}, "backupRetentionPeriod": 7, "skipFinalSnapshot": true}},
	{"aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication", "db-copy@paris", sim.Props{"sourceDbInstanceArn": "@db.arn", "kmsKeyId": "@replica@paris.arn"}},
	{"aws:rds/eventSubscription:EventSubscription", "db-events", sim.Props{"name": "events", "snsTopic": "@topic", "sourceType": "db-instance"}},
	{"aws:backup/vault:Vault", "backup-vault", sim.Props{"name": "vault", "kmsKeyArn": "@key.arn"}},
	{"aws:backup/vaultLockConfiguration:VaultLockConfiguration", "vault-lock", sim.Props{"backupVaultName": "@backup-vault", "minRetentionDays": 7, "changeableForDays": 3}},
	{"aws:backup/vaultNotifications:VaultNotifications", "vault-events", sim.Props{"backupVaultName": "@backup-vault", "snsTopicArn": "@topic", "backupVaultEvents": []any{"BACKUP_JOB_FAILED"}}},
	{"aws:backup/vaultPolicy:VaultPolicy", "vault-policy", sim.Props{"backupVaultName": "@backup-vault", "policy": trust}},
	{"aws:backup/plan:Plan", "plan", sim.Props{"name": "plan", "rules": []any{sim.Props{"ruleName": "daily", "targetVaultName": "@backup-vault"}}}},
	{"aws:backup/selection:Selection", "selection", sim.Props{"name": "selection", "planId": "@plan", "iamRoleArn": "@role.arn", "resources": []any{"@db.arn"}}},
}
