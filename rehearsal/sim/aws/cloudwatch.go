package aws

import "tenant-runtime/rehearsal/sim"

const (
	cloudwatchSource = "API model 2026-08, terraform-provider-aws 2026-06 (replacements); durations estimated"

	logGroup = "aws:cloudwatch/logGroup:LogGroup"
)

var cloudwatchKinds = []sim.Kind{
	{
		// Writers call a group by its ARN with :* behind it, which stands for its streams.
		Type: logGroup, ID: "{name}",
		Name:    sim.Name{In: "name", Unique: sim.InAccountRegion, Max: 512, Pattern: `^[.\-_/#A-Za-z0-9]+$`, Taken: "ResourceAlreadyExistsException"},
		Compute: sim.Props{"arn": "arn:{partition}:logs:{region}:{account}:log-group:{name}"},
		Handles: []string{"arn:{partition}:logs:{region}:{account}:log-group:{name}:*"},
		Default: sim.Props{"logGroupClass": "STANDARD", "retentionInDays": 0, "skipDestroy": false},
		Replace: []string{"logGroupClass", "name", "namePrefix"},
		Refs:    map[string]sim.Ref{"kmsKeyId": toKey},
		Takes:   sim.Creates(0.02, 0.05, 0.2).Deletes(0.02, 0.05, 0.2),
		Source:  cloudwatchSource,
	},
	{
		Type: "aws:cloudwatch/logResourcePolicy:LogResourcePolicy", ID: "{name}",
		Name:    sim.Name{In: "policyName", Unique: sim.InAccountRegion},
		Replace: []string{"policyName"},
		Refs:    principals("policyDocument"),
		Source:  cloudwatchSource,
	},
	{
		Type: "aws:cloudwatch/metricAlarm:MetricAlarm", ID: "{name}",
		Name:    sim.Name{In: "name", Unique: sim.InAccountRegion, Max: 255},
		Compute: sim.Props{"arn": "arn:{partition}:cloudwatch:{region}:{account}:alarm:{name}"},
		Default: sim.Props{"actionsEnabled": true, "treatMissingData": "missing"},
		Replace: []string{"name"},
		Refs: map[string]sim.Ref{
			"alarmActions[*]":            sim.To(topic),
			"insufficientDataActions[*]": sim.To(topic),
			"okActions[*]":               sim.To(topic),
		},
		Takes:  sim.Creates(0.02, 0.05, 0.2).Deletes(0.02, 0.05, 0.2),
		Source: cloudwatchSource,
	},
}
