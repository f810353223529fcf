package aws

import "tenant-runtime/rehearsal/sim"

var kmsKinds = []sim.Kind{
	{
		Type: alias, ID: "{name}",
		Name:    sim.Name{In: "name", Unique: sim.InAccountRegion, Prefix: "alias/", Max: 256, Pattern: `^alias/[a-zA-Z0-9/_-]+$`, Taken: "AlreadyExistsException"},
		Compute: sim.Props{"arn": "arn:{partition}:kms:{region}:{account}:{name}", "targetKeyArn": "{ref.targetKeyId.arn}"},
		Replace: []string{"name", "namePrefix"},
		Refs:    map[string]sim.Ref{"targetKeyId": sim.To(key, "aws:kms/replicaKey:ReplicaKey")},
		Takes:   sim.Creates(0.02, 0.05, 0.2).Deletes(0.02, 0.05, 0.2),
		Source:  "KMS Developer Guide 2023-06 (same region), API model 2026-08 (name); durations estimated",
	},
	{
		Type: key, ID: "{uuid}",
		Compute: sim.Props{"arn": "arn:{partition}:kms:{region}:{account}:key/{id}", "keyId": "{id}"},
		Default: sim.Props{"customerMasterKeySpec": "SYMMETRIC_DEFAULT", "description": "Managed by Pulumi", "isEnabled": true,
			"keyUsage": "ENCRYPT_DECRYPT", "multiRegion": false, "rotationPeriodInDays": 365},
		Replace: []string{"customKeyStoreId", "customerMasterKeySpec", "keyUsage", "multiRegion", "xksKeyId"},
		Refs:    principals("policy"),
		Takes:   sim.Creates(0.1, 0.5, 2).Deletes(0.05, 0.1, 0.5),
		Ends:    sim.Ending{As: sim.Pending, Days: 30, DaysIn: "deletionWindowInDays"},
		Source:  "API model 2026-08 (7 to 30 days), terraform-provider-aws 2026-06 (replacements); durations estimated",
	},
	{
		Type: "aws:kms/keyPolicy:KeyPolicy", ID: "{keyId}",
		Replace: []string{"keyId"},
		Refs:    merge(principals("policy"), map[string]sim.Ref{"keyId": sim.To(key)}),
		Source:  "terraform-provider-aws 2026-06",
	},
	{
		// Shares the id of its primary; a primary with replicas is only deleted after them.
		Type: "aws:kms/replicaKey:ReplicaKey", ID: "{ref.primaryKeyArn.id}",
		Compute: sim.Props{"arn": "arn:{partition}:kms:{region}:{account}:key/{id}", "keyId": "{id}"},
		Default: sim.Props{"enabled": true, "keySpec": "SYMMETRIC_DEFAULT", "keyUsage": "ENCRYPT_DECRYPT"},
		Replace: []string{"primaryKeyArn"},
		Refs:    merge(principals("policy"), map[string]sim.Ref{"primaryKeyArn": sim.To(key).Anywhere()}),
		Takes:   sim.Creates(0.2, 1, 3).Deletes(0.05, 0.1, 0.5),
		Ends:    sim.Ending{As: sim.Pending, Days: 30, DaysIn: "deletionWindowInDays"},
		Source:  "KMS Developer Guide 2023-06, terraform-provider-aws 2026-06; durations estimated",
		Quirk: func(o *sim.Op) {
			primary := o.Find(o.Text("primaryKeyArn"), key)
			if o.Verb == sim.Create && primary != nil && primary.Region == o.Region {
				o.Refuse("primaryKeyArn", "the primary is in %s too; a replica must be elsewhere", o.Region)
			}
		},
	},
}
