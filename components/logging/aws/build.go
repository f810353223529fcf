// Package aws declares the audit trail in AWS CloudTrail and log groups in
// CloudWatch.
package aws

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudtrail"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/component"
	"tenant-runtime/components/identity"
	"tenant-runtime/components/keys"
	"tenant-runtime/components/logging"
	"tenant-runtime/components/scope"
)

type builder struct {
	*component.Builder[logging.Args]
}

// New declares the audit trail.
func New(ctx *pulumi.Context, name string, args logging.Args, opts ...pulumi.ResourceOption) (logging.Ref, error) {
	return component.New(ctx, logging.Type, name, args, opts, func(b *component.Builder[logging.Args]) (logging.Ref, error) {
		return builder{b}.build()
	})
}

func (b builder) build() (logging.Ref, error) {
	key := b.Args.Keys.Of(keys.Logs)
	group, err := Group(b.Ctx, b.Name, b.Scope, logging.Security, key, b.Scope.Name("aws:cloudwatch/logGroup:LogGroup", "audit"), b.Child()...)
	if err != nil {
		return logging.Ref{}, err
	}
	role, deliver, err := b.deliverer(group)
	if err != nil {
		return logging.Ref{}, err
	}
	trail, err := cloudtrail.NewTrail(b.Ctx, b.Name, &cloudtrail.TrailArgs{
		Name:                       pulumi.String(trailName(b.Scope)),
		EnableLogging:              pulumi.Bool(true),
		IsMultiRegionTrail:         pulumi.Bool(true),
		IncludeGlobalServiceEvents: pulumi.Bool(true),
		EnableLogFileValidation:    pulumi.Bool(true),
		S3BucketName:               b.Args.Archive,
		KmsKeyId:                   key.ID,
		CloudWatchLogsGroupArn:     pulumi.Sprintf("%s:*", group.Arn),
		CloudWatchLogsRoleArn:      role.Arn,
		AdvancedEventSelectors:     recorded(b.Args.Archive),
		InsightSelectors: cloudtrail.TrailInsightSelectorArray{
			cloudtrail.TrailInsightSelectorArgs{InsightType: pulumi.String("ApiCallRateInsight")},
			cloudtrail.TrailInsightSelectorArgs{InsightType: pulumi.String("ApiErrorRateInsight")},
		},
		Tags: b.Scope.Tags(trailName(b.Scope)),
	}, b.Child(component.After(deliver))...)
	if err != nil {
		return logging.Ref{}, err
	}
	return logging.Ref{Trail: trail.Arn, Group: group.Name}, nil
}

func trailName(s scope.Scope) string { return s.Name("aws:cloudtrail/trail:Trail", "audit") }

// deliverer declares the role by which the trail is written to the log group, and
// the policy that lets it. Only this trail may use the role.
func (b builder) deliverer(group *cloudwatch.LogGroup) (*iam.Role, *iam.RolePolicy, error) {
	physical := b.Scope.Name("aws:iam/role:Role", "audit")
	trail := fmt.Sprintf("arn:aws:cloudtrail:%s:%s:trail/%s", b.Scope.Place.Region.ID, b.Scope.Account, trailName(b.Scope))
	role, err := iam.NewRole(b.Ctx, b.Name, &iam.RoleArgs{
		Name:             pulumi.String(physical),
		Description:      pulumi.String("Writes the audit trail to its log group"),
		AssumeRolePolicy: identity.Trust("cloudtrail.amazonaws.com", b.Scope.Account, trail).JSON(),
		Tags:             b.Scope.Tags(physical),
	}, b.Child()...)
	if err != nil {
		return nil, nil, err
	}
	policy, err := iam.NewRolePolicy(b.Ctx, b.Name, &iam.RolePolicyArgs{
		Name: pulumi.String("deliver"),
		Role: role.Name,
		Policy: identity.Document{{
			Actions:   []string{"logs:CreateLogStream", "logs:PutLogEvents"},
			Resources: pulumi.StringArray{pulumi.Sprintf("%s:log-stream:%s_CloudTrail_%s*", group.Arn, b.Scope.Account, b.Scope.Place.Region.ID)},
		}}.JSON(),
	}, b.Child()...)
	return role, policy, err
}

// recorded names what is left out and not what is let in, so that a tenant's
// bucket added tomorrow is recorded too. Left out is only the archive itself: the
// trail writing there would be an event to write there.
func recorded(archive pulumi.StringOutput) cloudtrail.TrailAdvancedEventSelectorArray {
	return cloudtrail.TrailAdvancedEventSelectorArray{
		cloudtrail.TrailAdvancedEventSelectorArgs{
			Name: pulumi.String("every call to the cloud"),
			FieldSelectors: cloudtrail.TrailAdvancedEventSelectorFieldSelectorArray{
				cloudtrail.TrailAdvancedEventSelectorFieldSelectorArgs{Field: pulumi.String("eventCategory"), Equals: identity.Strings("Management")},
			},
		},
		cloudtrail.TrailAdvancedEventSelectorArgs{
			Name: pulumi.String("every access to a file"),
			FieldSelectors: cloudtrail.TrailAdvancedEventSelectorFieldSelectorArray{
				cloudtrail.TrailAdvancedEventSelectorFieldSelectorArgs{Field: pulumi.String("eventCategory"), Equals: identity.Strings("Data")},
				cloudtrail.TrailAdvancedEventSelectorFieldSelectorArgs{Field: pulumi.String("resources.type"), Equals: identity.Strings("AWS::S3::Object")},
				cloudtrail.TrailAdvancedEventSelectorFieldSelectorArgs{Field: pulumi.String("resources.ARN"), NotStartsWiths: pulumi.StringArray{pulumi.Sprintf("arn:aws:s3:::%s/", archive)}},
			},
		},
	}
}
