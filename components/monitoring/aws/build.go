// Package aws declares the way from an alarm to a person in Amazon SNS.
package aws

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/sns"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/component"
	"tenant-runtime/components/identity"
	"tenant-runtime/components/keys"
	"tenant-runtime/components/monitoring"
	"tenant-runtime/components/scope"
)

type builder struct {
	*component.Builder[monitoring.Args]
}

// New declares the way from an alarm to a person.
func New(ctx *pulumi.Context, name string, args monitoring.Args, opts ...pulumi.ResourceOption) (monitoring.Ref, error) {
	return component.New(ctx, monitoring.Type, name, args, opts, func(b *component.Builder[monitoring.Args]) (monitoring.Ref, error) {
		return builder{b}.build()
	})
}

func (b builder) build() (monitoring.Ref, error) {
	physical := b.Scope.Name("aws:sns/topic:Topic", "alarms")
	topic, err := sns.NewTopic(b.Ctx, b.Name, &sns.TopicArgs{
		Name:           pulumi.String(physical),
		KmsMasterKeyId: b.Args.Keys.Of(keys.Messaging).ID,
		// Version 2 signs with SHA-256; 1 is the default and SHA-1.
		SignatureVersion: pulumi.Int(2),
		Tags:             b.Scope.Tags(physical),
	}, b.Child()...)
	if err != nil {
		return monitoring.Ref{}, err
	}
	policy, err := sns.NewTopicPolicy(b.Ctx, b.Name, &sns.TopicPolicyArgs{
		Arn:    topic.Arn,
		Policy: publishers(b.Scope, topic.Arn).JSON(),
	}, b.Child()...)
	if err != nil {
		return monitoring.Ref{}, err
	}
	// A person confirms each e-mail subscription once. A number must be verified
	// while the account is in the SMS sandbox, and the US takes messages from a
	// registered origination number only; both are set up per account, not here.
	for _, address := range b.Args.Emails {
		if err := b.subscribe("email", string(address), topic, policy); err != nil {
			return monitoring.Ref{}, err
		}
	}
	for _, number := range b.Args.SMS {
		if err := b.subscribe("sms", string(number), topic, policy); err != nil {
			return monitoring.Ref{}, err
		}
	}
	return monitoring.Ref{Topic: policy.Arn}, nil
}

// subscribe waits for the policy, so that nobody is told by whom it shuts out.
func (b builder) subscribe(protocol, endpoint string, topic *sns.Topic, policy *sns.TopicPolicy) error {
	_, err := sns.NewTopicSubscription(b.Ctx, b.Named(endpoint), &sns.TopicSubscriptionArgs{
		Topic:    topic.Arn,
		Protocol: pulumi.String(protocol),
		Endpoint: pulumi.String(endpoint),
	}, b.Child(component.After(policy))...)
	return err
}

// publishers says which services may notify. Events and Backup come without a
// condition: EventBridge fills in no condition keys when it publishes ("You can't
// use Condition blocks in Amazon SNS topic policies for EventBridge", EventBridge
// User Guide), so a condition would silence every alarm, and AWS Backup publishes
// to topics of its own account only (Backup Developer Guide; both November 2026).
func publishers(s scope.Scope, topic pulumi.StringOutput) identity.Document {
	publish, here := []string{"sns:Publish"}, pulumi.StringArray{topic}
	return identity.Document{{
		Sid: "Alarms", Actions: publish, Resources: here,
		Principal: identity.Principal{Services: []string{"cloudwatch.amazonaws.com", "events.rds.amazonaws.com"}},
		Condition: identity.OnBehalfOf(s.Account),
	}, {
		Sid: "Events", Actions: publish, Resources: here,
		Principal: identity.Principal{Services: []string{"backup.amazonaws.com", "events.amazonaws.com"}},
	}, identity.Deny("TLSOnly", here, identity.WithoutTLS(), publish...)}
}
