package clouds_test

import "tenant-runtime/rehearsal/sim"

// awsAccountExamples are settings of the account and of a region.
var awsAccountExamples = []example{
	{"aws:backup/globalSettings:GlobalSettings", "backupaccount", sim.Props{"globalSettings": sim.Props{"isCrossAccountBackupEnabled": "false"}}},
	{"aws:backup/regionSettings:RegionSettings", "backupregion", sim.Props{"resourceTypeOptInPreference": sim.Props{"S3": true}}},
	{"aws:cfg/recorder:Recorder", "recorder", sim.Props{"name": "default", "roleArn": "@role.arn"}},
	{"aws:cfg/deliveryChannel:DeliveryChannel", "channel", sim.Props{"s3BucketName": "@bucket"}},
	{"aws:cfg/recorderStatus:RecorderStatus", "recording", sim.Props{"name": "@recorder", "isEnabled": true}},
	{"aws:ebs/defaultKmsKey:DefaultKmsKey", "volumes", sim.Props{"keyArn": "@key.arn"}},
	{"aws:ebs/encryptionByDefault:EncryptionByDefault", "encrypted", sim.Props{"enabled": true}},
	{"aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess", "snapshots", sim.Props{"state": "block-all-sharing"}},
	{"aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess", "images", sim.Props{"state": "block-new-sharing"}},
	{"aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults", "metadata", sim.Props{"httpTokens": "required"}},
	{"aws:guardduty/detector:Detector", "detector", sim.Props{"enable": true}},
	{"aws:iam/accountPasswordPolicy:AccountPasswordPolicy", "passwords", sim.Props{"minimumPasswordLength": 14}},
	{"aws:iam/securityTokenServicePreferences:SecurityTokenServicePreferences", "tokens", sim.Props{"globalEndpointTokenVersion": "v2Token"}},
	{"aws:inspector2/enabler:Enabler", "inspector", sim.Props{"accountIds": []any{"111111111111"}, "resourceTypes": []any{"EC2"}}},
	{"aws:macie2/account:Account", "macie", sim.Props{"status": "ENABLED"}},
	{"aws:securityhub/account:Account", "hub", sim.Props{"enableDefaultStandards": false}},
}
