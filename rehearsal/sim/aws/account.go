package aws

import "tenant-runtime/rehearsal/sim"

// The provider's documents say of each of these that there is one for the account or
// the region, and most of them that deleting it switches it off.
const accountSource = "resource documents of pulumi-aws v6.83.4; replacements of terraform-provider-aws 2026-06; ids by what import takes; durations estimated"

const recorder = "aws:cfg/recorder:Recorder"

// accountKinds are settings of an account and its regions that belong to no service
// of which we have other kinds. Some are there before we need them, because the first
// two stacks that set one would overwrite each other without a word. They outlive
// what they refer to.
var accountKinds = []sim.Kind{
	setting(sim.Kind{Type: "aws:backup/globalSettings:GlobalSettings", At: sim.Global, Switch: sim.OfAccount, ID: "{account}"}),
	setting(sim.Kind{Type: "aws:backup/regionSettings:RegionSettings", Switch: sim.OfRegion, ID: "{region}"}),
	setting(sim.Kind{
		// Config has one recorder and one channel in a region, whatever they are called.
		Type: recorder, Switch: sim.OfRegion, ID: "{name}",
		Name:    sim.Name{In: "name", Unique: sim.InAccountRegion, Max: 256},
		Replace: []string{"name"},
		Refs:    map[string]sim.Ref{"roleArn": sim.To(role).Weak().Or(`:role/aws-service-role/`)},
	}),
	setting(sim.Kind{
		Type: "aws:cfg/deliveryChannel:DeliveryChannel", Switch: sim.OfRegion, ID: "{name}",
		Name:    sim.Name{In: "name", Unique: sim.InAccountRegion, Max: 256},
		Replace: []string{"name"},
		Refs:    map[string]sim.Ref{"s3BucketName": sim.To(bucket).Anywhere().Weak().Filling(), "s3KmsKeyArn": toKey.Weak(), "snsTopicArn": sim.To(topic).Weak()},
	}),
	setting(sim.Kind{
		Type: "aws:cfg/recorderStatus:RecorderStatus", Switch: sim.OfRegion, ID: "{name}",
		Name:    sim.Name{In: "name"},
		Replace: []string{"name"},
		Refs:    map[string]sim.Ref{"name": sim.To(recorder)},
	}),
	setting(sim.Kind{
		Type: "aws:ebs/defaultKmsKey:DefaultKmsKey", Switch: sim.OfRegion, ID: "{keyArn}",
		Replace: []string{"keyArn"},
		Refs:    map[string]sim.Ref{"keyArn": toKey.Weak()},
	}),
	setting(sim.Kind{Type: "aws:ebs/encryptionByDefault:EncryptionByDefault", Switch: sim.OfRegion, ID: "default", Default: sim.Props{"enabled": true}}),
	setting(sim.Kind{Type: "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess", Switch: sim.OfRegion, ID: "default"}),
	setting(sim.Kind{Type: "aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess", Switch: sim.OfRegion, ID: "{region}"}),
	setting(sim.Kind{Type: "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults", Switch: sim.OfRegion, ID: "{region}"}),
	setting(sim.Kind{
		Type: "aws:guardduty/detector:Detector", Switch: sim.OfRegion, ID: "{hex 32}",
		Compute: sim.Props{"accountId": "{account}", "arn": "arn:{partition}:guardduty:{region}:{account}:detector/{id}"},
		Default: sim.Props{"enable": true, "findingPublishingFrequency": "SIX_HOURS"},
	}),
	setting(sim.Kind{
		Type: "aws:iam/accountPasswordPolicy:AccountPasswordPolicy", At: sim.Global, Switch: sim.OfAccount, ID: "iam-account-password-policy",
		Default: sim.Props{"allowUsersToChangePassword": true, "minimumPasswordLength": 6},
		Compute: sim.Props{"expirePasswords": false},
	}),
	setting(sim.Kind{Type: "aws:iam/securityTokenServicePreferences:SecurityTokenServicePreferences", At: sim.Global, Switch: sim.OfAccount, ID: "{account}"}),
	setting(sim.Kind{Type: "aws:inspector2/enabler:Enabler", Switch: sim.OfRegion, ID: "{account}-{region}", Replace: []string{"accountIds"}}),
	setting(sim.Kind{
		Type: "aws:macie2/account:Account", Switch: sim.OfRegion, ID: "{hex 32}",
		Compute: sim.Props{"serviceRole": "arn:{partition}:iam::{account}:role/aws-service-role/macie.amazonaws.com/AWSServiceRoleForAmazonMacie"},
		Default: sim.Props{"findingPublishingFrequency": "FIFTEEN_MINUTES", "status": "ENABLED"},
	}),
	setting(sim.Kind{
		Type: "aws:securityhub/account:Account", Switch: sim.OfRegion, ID: "{account}",
		Compute: sim.Props{"arn": "arn:{partition}:securityhub:{region}:{account}:hub/default"},
		Default: sim.Props{"autoEnableControls": true, "enableDefaultStandards": true},
		Replace: []string{"enableDefaultStandards"},
	}),
}

// setting says what all of them have in common.
func setting(k sim.Kind) sim.Kind {
	k.Takes = sim.Creates(0.02, 0.1, 0.5).Updates(0.02, 0.1, 0.5)
	k.Source = accountSource
	return k
}
