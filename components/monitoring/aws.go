package monitoring

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/sns"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/identity"
	"tenant-runtime/components/scope"
)

func buildAWS(ctx *pulumi.Context, name string, args Args, m *Monitoring) error {
	s := args.Scope.In(scope.Management).Holding(scope.Internal)
	physical := s.Name("aws:sns/topic:Topic", "alarms")
	topic, err := sns.NewTopic(ctx, name, &sns.TopicArgs{
		Name:           pulumi.String(physical),
		KmsMasterKeyId: args.Key,
		// Version 2 signs with SHA-256; 1 is the default and SHA-1.
		SignatureVersion: pulumi.Int(2),
		Tags:             s.Tags(physical),
	}, s.Child(m)...)
	if err != nil {
		return err
	}
	policy, err := sns.NewTopicPolicy(ctx, name, &sns.TopicPolicyArgs{
		Arn:    topic.Arn,
		Policy: publishers(s, topic.Arn).JSON(),
	}, s.Child(m)...)
	if err != nil {
		return err
	}
	// A person confirms each e-mail subscription once. A number must be verified
	// while the account is in the SMS sandbox, and the US takes messages from a
	// registered origination number only; both are set up per account, not here.
	for _, channel := range []struct {
		protocol  string
		endpoints []string
	}{{"email", args.Emails}, {"sms", args.SMS}} {
		for _, endpoint := range channel.endpoints {
			if _, err := sns.NewTopicSubscription(ctx, name+"-"+endpoint, &sns.TopicSubscriptionArgs{
				Topic:    topic.Arn,
				Protocol: pulumi.String(channel.protocol),
				Endpoint: pulumi.String(endpoint),
			}, s.Child(m, pulumi.DependsOn([]pulumi.Resource{policy}))...); err != nil {
				return err
			}
		}
	}
	m.Topic = policy.Arn
	return nil
}

// publishers says which services ring. Events and Backup come without a
// condition: EventBridge fills in no condition keys when it publishes ("You can't
// use Condition blocks in Amazon SNS topic policies for EventBridge", EventBridge
// User Guide), so a condition would silence every alarm, and AWS Backup publishes
// to topics of its own account only (Backup Developer Guide; both November 2026).
func publishers(s scope.Scope, topic pulumi.StringOutput) identity.Document {
	publish, here := []string{"sns:Publish"}, pulumi.StringArray{topic}
	return identity.Document{{
		Sid: "Alarms", Actions: publish, Resources: here,
		Principal: identity.Principal{Services: []string{"cloudwatch.amazonaws.com", "events.rds.amazonaws.com"}},
		Condition: identity.Condition{"StringEquals": {"aws:SourceAccount": identity.Strings(s.Account)}},
	}, {
		Sid: "Events", Actions: publish, Resources: here,
		Principal: identity.Principal{Services: []string{"backup.amazonaws.com", "events.amazonaws.com"}},
	}, {
		Sid: "TLSOnly", Deny: true, Actions: publish, Resources: here,
		Principal: identity.Principal{Everyone: true},
		Condition: identity.Condition{"Bool": {"aws:SecureTransport": identity.Strings("false")}},
	}}
}
