package clouds_test

import "tenant-runtime/rehearsal/sim"

const trust = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"arn:aws:iam::111111111111:root"}}]}`

// awsExamples are identities, keys, then buckets and their parts.
var awsExamples = []example{
	{"aws:iam/role:Role", "role", sim.Props{"name": "role", "assumeRolePolicy": trust, "managedPolicyArns": []any{"arn:aws:iam::aws:policy/ReadOnlyAccess"}}},
	{"aws:iam/instanceProfile:InstanceProfile", "profile", sim.Props{"name": "profile", "role": "@role"}},
	{"aws:iam/policy:Policy", "policy", sim.Props{"name": "policy", "policy": "{}"}},
	{"aws:iam/rolePolicy:RolePolicy", "inline", sim.Props{"name": "inline", "role": "@role", "policy": "{}"}},
	{"aws:iam/rolePolicyAttachment:RolePolicyAttachment", "attachment", sim.Props{"role": "@role", "policyArn": "@policy.arn"}},
	{"aws:kms/key:Key", "key", sim.Props{"multiRegion": true, "deletionWindowInDays": 7, "policy": trust}},
	{"aws:kms/alias:Alias", "alias", sim.Props{"targetKeyId": "@key"}},
	{"aws:kms/keyPolicy:KeyPolicy", "keypolicy", sim.Props{"keyId": "@key", "policy": trust}},
	{"aws:kms/replicaKey:ReplicaKey", "replica@paris", sim.Props{"primaryKeyArn": "@key.arn"}},
	{"aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock", "account", sim.Props{"blockPublicAcls": true}},
	{"aws:s3/bucketV2:BucketV2", "bucket", sim.Props{"bucket": "example-bucket", "forceDestroy": true}},
	{"aws:s3/bucketV2:BucketV2", "copy@paris", sim.Props{"bucket": "example-copy"}},
	{"aws:s3/bucketVersioningV2:BucketVersioningV2", "versioning", sim.Props{"bucket": "@bucket", "versioningConfiguration": sim.Props{"status": "Enabled"}}},
	{"aws:s3/bucketVersioningV2:BucketVersioningV2", "versioning@paris", sim.Props{"bucket": "@copy@paris", "versioningConfiguration": sim.Props{"status": "Enabled"}}},
	{"aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2", "lifecycle", sim.Props{"bucket": "@bucket",
		"rules": []any{sim.Props{"id": "end", "status": "Enabled", "expiration": sim.Props{"days": 30}}}}},
	{"aws:s3/bucketLoggingV2:BucketLoggingV2", "logging", sim.Props{"bucket": "@bucket", "targetBucket": "@bucket", "targetPrefix": "log/"}},
	{"aws:s3/bucketNotification:BucketNotification", "notification", sim.Props{"bucket": "@bucket", "eventbridge": true}},
	{"aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2", "lock", sim.Props{"bucket": "@bucket",
		"rule": sim.Props{"defaultRetention": sim.Props{"mode": "COMPLIANCE", "days": 1}}}},
	{"aws:s3/bucketOwnershipControls:BucketOwnershipControls", "ownership", sim.Props{"bucket": "@bucket", "rule": sim.Props{"objectOwnership": "BucketOwnerEnforced"}}},
	{"aws:s3/bucketPolicy:BucketPolicy", "bucketpolicy", sim.Props{"bucket": "@bucket", "policy": trust}},
	{"aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "public", sim.Props{"bucket": "@bucket", "blockPublicAcls": true}},
	{"aws:s3/bucketReplicationConfig:BucketReplicationConfig", "replication", sim.Props{"bucket": "@bucket", "role": "@role.arn", "rules": []any{
		sim.Props{"status": "Enabled", "destination": sim.Props{"bucket": "@copy@paris.arn", "encryptionConfiguration": sim.Props{"replicaKmsKeyId": "@replica@paris.arn"}}}}}},
	{"aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2", "encryption", sim.Props{"bucket": "@bucket", "rules": []any{
		sim.Props{"applyServerSideEncryptionByDefault": sim.Props{"sseAlgorithm": "aws:kms", "kmsMasterKeyId": "@key.arn"}}}}},
	{"aws:s3/accessPoint:AccessPoint", "accesspoint", sim.Props{"name": "point", "bucket": "@bucket"}},
	{"aws:s3control/accessPointPolicy:AccessPointPolicy", "accesspointpolicy", sim.Props{"accessPointArn": "@accesspoint.arn", "policy": trust}},
}
