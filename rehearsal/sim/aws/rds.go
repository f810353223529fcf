package aws

import "tenant-runtime/rehearsal/sim"

const (
	rdsSource = "API model 2026-08 (names, errors), RDS User Guide 2023-06, terraform-provider-aws 2026-06 (replacements, time-outs); durations of an instance from published runs, multi-AZ and the rest estimated"

	dbInstance    = "aws:rds/instance:Instance"
	dbSubnets     = "aws:rds/subnetGroup:SubnetGroup"
	dbParameters  = "aws:rds/parameterGroup:ParameterGroup"
	dbReplication = "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication"
)

var rdsKinds = []sim.Kind{
	{
		Type: "aws:rds/eventSubscription:EventSubscription", ID: "{name}",
		Name:    sim.Name{In: "name", Unique: sim.InAccountRegion, Max: 255, Taken: "SubscriptionAlreadyExist"},
		Compute: sim.Props{"arn": "arn:{partition}:rds:{region}:{account}:es:{name}", "customerAwsId": "{account}"},
		Default: sim.Props{"enabled": true},
		Replace: []string{"name", "namePrefix"},
		Refs:    map[string]sim.Ref{"snsTopic": sim.To(topic), "sourceIds[*]": sim.To(dbInstance)},
		Takes:   sim.Creates(0.2, 1, 5).Deletes(0.2, 1, 5),
		Source:  rdsSource,
	},
	{
		// The provider's id is the resource id, not the identifier. What remains for
		// the days of its retention are automated backups that deletion keeps.
		Type: dbInstance, ID: "db-{hex 26}",
		Name: sim.Name{In: "identifier", Unique: sim.InAccountRegion, Max: 63, Pattern: `^[a-z][a-z0-9]*(-[a-z0-9]+)*$`, Taken: "DBInstanceAlreadyExists"},
		Compute: sim.Props{
			"address": "{name}.{hex 12}.{region}.rds.amazonaws.com", "endpoint": "{name}.{hex 12}.{region}.rds.amazonaws.com:{port|5432}",
			"arn": "arn:{partition}:rds:{region}:{account}:db:{name}", "resourceId": "{id}", "status": "available", "engineVersionActual": "{engineVersion}",
			"masterUserSecrets": []any{sim.Props{
				"kmsKeyId": "{masterUserSecretKmsKeyId}", "secretArn": "arn:{partition}:secretsmanager:{region}:{account}:secret:rds!{id}", "secretStatus": "active",
			}},
		},
		Default: sim.Props{"autoMinorVersionUpgrade": true, "backupRetentionPeriod": 0, "deleteAutomatedBackups": true, "monitoringInterval": 0, "multiAz": false,
			"networkType": "IPV4", "publiclyAccessible": false, "skipFinalSnapshot": false, "storageEncrypted": false},
		Replace: []string{"availabilityZone", "backupTarget", "characterSetName", "customIamInstanceProfile", "dbName", "engine", "kmsKeyId",
			"ncharCharacterSetName", "restoreToPointInTime", "snapshotIdentifier", "storageEncrypted", "timezone", "username"},
		Refs: map[string]sim.Ref{
			"dbSubnetGroupName":           sim.To(dbSubnets),
			"kmsKeyId":                    toKey,
			"masterUserSecretKmsKeyId":    toKey,
			"monitoringRoleArn":           sim.To(role),
			"parameterGroupName":          sim.To(dbParameters).Or(`^default\.`),
			"performanceInsightsKmsKeyId": toKey,
			// Snapshots are made by AWS Backup, which the world does not run.
			"snapshotIdentifier": sim.To(dbInstance).Or(`:snapshot:`),
			"restoreToPointInTime.sourceDbInstanceAutomatedBackupsArn": sim.To(dbReplication),
			"vpcSecurityGroupIds[*]":                                   sim.To(securityGroup),
		},
		Guard:  []sim.Guard{{While: "deletionProtection", Error: "InvalidParameterCombination: cannot delete protected DB instance; set deletionProtection to false and update before deleting"}},
		Takes:  sim.Creates(10, 14, 20).Updates(1, 5, 30).Deletes(4.2, 5.3, 6.5),
		Ends:   sim.Ending{As: sim.Unnamed, DaysIn: "backupRetentionPeriod"},
		Quirk:  finalSnapshotNamed,
		Source: rdsSource,
	},
	{
		// Declared in the destination region. Its backups outlive it and their source.
		Type: dbReplication, ID: "arn:{partition}:rds:{region}:{account}:auto-backup:ab-{hex 26}",
		Name:    sim.Name{Unique: "{account}/{region}/{sourceDbInstanceArn}"},
		Default: sim.Props{"retentionPeriod": 7},
		Replace: []string{"kmsKeyId", "preSignedUrl", "retentionPeriod", "sourceDbInstanceArn"},
		Refs:    map[string]sim.Ref{"kmsKeyId": toKey, "sourceDbInstanceArn": sim.To(dbInstance).Anywhere()},
		Takes:   sim.Creates(5, 20, 75).Deletes(5, 15, 75),
		Ends:    sim.Ending{As: sim.Unnamed, DaysIn: "retentionPeriod"},
		Source:  rdsSource,
	},
	{
		Type: dbParameters, ID: "{name}",
		Name:    sim.Name{In: "name", Unique: sim.InAccountRegion, Max: 255, Pattern: `^[a-z][a-z0-9]*(-[a-z0-9]+)*$`, Taken: "DBParameterGroupAlreadyExists"},
		Compute: sim.Props{"arn": "arn:{partition}:rds:{region}:{account}:pg:{name}"},
		Default: sim.Props{"description": "Managed by Pulumi"},
		Replace: []string{"description", "family", "name", "namePrefix"},
		Takes:   sim.Creates(0.02, 0.1, 0.5).Deletes(0.05, 0.3, 5),
		Source:  rdsSource,
	},
	{
		Type: dbSubnets, ID: "{name}",
		Name:    sim.Name{In: "name", Unique: sim.InAccountRegion, Max: 255, Pattern: `^[a-z0-9_. -]+$`, Taken: "DBSubnetGroupAlreadyExists"},
		Compute: sim.Props{"arn": "arn:{partition}:rds:{region}:{account}:subgrp:{name}"},
		Default: sim.Props{"description": "Managed by Pulumi"},
		Replace: []string{"name", "namePrefix"},
		Refs:    map[string]sim.Ref{"subnetIds[*]": sim.To(subnet)},
		Takes:   sim.Creates(0.02, 0.1, 0.3).Deletes(0.02, 0.1, 0.3),
		Quirk:   twoZones,
		Source:  rdsSource,
	},
}

// finalSnapshotNamed: the provider gives up on a deletion that is to leave a
// snapshot and has no name for it (terraform-provider-aws, 2026-06).
func finalSnapshotNamed(o *sim.Op) {
	if o.Verb == sim.Delete && o.Text("skipFinalSnapshot") != "true" && o.Text("finalSnapshotIdentifier") == "" {
		o.Refuse("finalSnapshotIdentifier", "is required when skipFinalSnapshot is false")
	}
}

// twoZones: a group of subnets in one zone has no room for a standby (RDS User
// Guide, 2023-06).
func twoZones(o *sim.Op) {
	zones := map[string]bool{}
	for _, id := range o.Texts("subnetIds[*]") {
		if s := o.Find(id, subnet); s != nil {
			zones[s.Text("availabilityZone")] = true
		}
	}
	if o.Verb != sim.Delete && len(zones) < 2 {
		o.Refuse("subnetIds", "DBSubnetGroupDoesNotCoverEnoughAZs: the subnets lie in %d availability zones, two are needed", len(zones))
	}
}
