package aws

import "tenant-runtime/rehearsal/sim"

const (
	snsSource = "API model 2026-08, terraform-provider-aws 2026-06 (replacements); durations estimated"

	topic = "aws:sns/topic:Topic"
)

var snsKinds = []sim.Kind{
	{
		Type: topic, ID: "{arn}",
		Name:    sim.Name{In: "name", Unique: sim.InAccountRegion, Max: 256, Pattern: `^[A-Za-z0-9_-]+(\.fifo)?$`},
		Compute: sim.Props{"arn": "arn:{partition}:sns:{region}:{account}:{name}", "owner": "{account}"},
		Default: sim.Props{"fifoTopic": false, "signatureVersion": 1, "tracingConfig": "PassThrough"},
		Replace: []string{"fifoTopic", "name", "namePrefix"},
		Refs:    merge(principals("policy"), map[string]sim.Ref{"kmsMasterKeyId": toKey.Or(`^alias/aws/sns$`)}),
		Takes:   sim.Creates(0.02, 0.05, 0.2).Deletes(0.02, 0.05, 0.2),
		Source:  snsSource,
	},
	{
		Type: "aws:sns/topicPolicy:TopicPolicy", ID: "{arn}",
		Compute: sim.Props{"owner": "{account}"},
		Replace: []string{"arn"},
		Refs:    merge(principals("policy"), map[string]sim.Ref{"arn": sim.To(topic)}),
		Source:  snsSource,
	},
	{
		// An e-mail subscription waits for a person to confirm it, and goes with its topic.
		Type: "aws:sns/topicSubscription:TopicSubscription", ID: "{ref.topic.arn}:{uuid}",
		Name:    sim.Name{Unique: "{topic}/{protocol}/{endpoint}"},
		Compute: sim.Props{"arn": "{id}", "ownerId": "{account}"},
		Default: sim.Props{"confirmationTimeoutInMinutes": 1, "endpointAutoConfirms": false, "rawMessageDelivery": false},
		Replace: []string{"endpoint", "protocol", "topic"},
		Refs:    map[string]sim.Ref{"subscriptionRoleArn": sim.To(role), "topic": sim.To(topic)},
		Source:  snsSource,
	},
}
