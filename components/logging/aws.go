package logging

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudtrail"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/identity"
	"tenant-runtime/components/scope"
)

func trailName(s scope.Scope) string { return s.Name("aws:cloudtrail/trail:Trail", "audit") }

func buildAWS(ctx *pulumi.Context, name string, args Args, l *Logging) error {
	s := args.Scope.In(scope.Management).Holding(scope.Confidential)
	group, err := Group(ctx, l, name, s, Security, args.Key, "audit")
	if err != nil {
		return err
	}
	role, err := iam.NewRole(ctx, name, &iam.RoleArgs{
		Name:             pulumi.String(s.Name("aws:iam/role:Role", "audit")),
		Description:      pulumi.String("Writes the audit trail to its log group"),
		AssumeRolePolicy: identity.Document{onlyTheTrail(s)}.JSON(),
		Tags:             s.Tags(s.Name("aws:iam/role:Role", "audit")),
	}, s.Child(l)...)
	if err != nil {
		return err
	}
	deliver, err := iam.NewRolePolicy(ctx, name, &iam.RolePolicyArgs{
		Name: pulumi.String("deliver"),
		Role: role.Name,
		Policy: identity.Document{{
			Actions:   []string{"logs:CreateLogStream", "logs:PutLogEvents"},
			Resources: pulumi.StringArray{pulumi.Sprintf("%s:log-stream:%s_CloudTrail_%s*", group.Arn, s.Account, s.Home.Region.ID)},
		}}.JSON(),
	}, s.Child(l)...)
	if err != nil {
		return err
	}
	trail, err := cloudtrail.NewTrail(ctx, name, &cloudtrail.TrailArgs{
		Name:                       pulumi.String(trailName(s)),
		EnableLogging:              pulumi.Bool(true),
		IsMultiRegionTrail:         pulumi.Bool(true),
		IncludeGlobalServiceEvents: pulumi.Bool(true),
		EnableLogFileValidation:    pulumi.Bool(true),
		S3BucketName:               args.Archive,
		KmsKeyId:                   args.Key,
		CloudWatchLogsGroupArn:     pulumi.Sprintf("%s:*", group.Arn),
		CloudWatchLogsRoleArn:      role.Arn,
		AdvancedEventSelectors:     recorded(args.Archive),
		InsightSelectors: cloudtrail.TrailInsightSelectorArray{
			cloudtrail.TrailInsightSelectorArgs{InsightType: pulumi.String("ApiCallRateInsight")},
			cloudtrail.TrailInsightSelectorArgs{InsightType: pulumi.String("ApiErrorRateInsight")},
		},
		Tags: s.Tags(trailName(s)),
	}, s.Child(l, pulumi.DependsOn([]pulumi.Resource{deliver}))...)
	if err != nil {
		return err
	}
	l.Trail, l.Group = trail.Arn, group.Name
	return nil
}

// onlyTheTrail lets CloudTrail assume the role for this trail, not for another
// customer's (the confused deputy).
func onlyTheTrail(s scope.Scope) identity.Statement {
	return identity.Statement{
		Actions:   []string{"sts:AssumeRole"},
		Principal: identity.Principal{Services: []string{"cloudtrail.amazonaws.com"}},
		Condition: identity.Condition{"StringEquals": {
			"aws:SourceAccount": identity.Strings(s.Account),
			"aws:SourceArn":     identity.Strings(fmt.Sprintf("arn:aws:cloudtrail:%s:%s:trail/%s", s.Home.Region.ID, s.Account, trailName(s))),
		}},
	}
}

// recorded names what is left out and not what is let in, so that a tenant's
// bucket added tomorrow is recorded too. Left out is only the archive itself: the
// trail writing there would be an event to write there.
func recorded(archive pulumi.StringInput) cloudtrail.TrailAdvancedEventSelectorArray {
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
