package aws

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/rds"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/identity"
	"tenant-runtime/components/logging"
	loggingaws "tenant-runtime/components/logging/aws"
)

// logs are what PostgreSQL on RDS can send to CloudWatch.
var logs = []string{"postgresql", "upgrade"}

// role lets RDS write figures of the operating system to RDSOSMetrics, a group
// that exists once per account and region and that CloudWatch keeps for 30 days.
func (b *builder) role() (*iam.Role, *iam.RolePolicyAttachment, error) {
	physical := b.Scope.Name("aws:iam/role:Role", "database", "monitoring")
	role, err := iam.NewRole(b.Ctx, b.Name, &iam.RoleArgs{
		Name:             pulumi.String(physical),
		Description:      pulumi.String("Writes operating-system figures of the database"),
		AssumeRolePolicy: identity.Trust("monitoring.rds.amazonaws.com", b.Scope.Account).JSON(),
		Tags:             b.Scope.Tags(physical),
	}, b.Child()...)
	if err != nil {
		return nil, nil, err
	}
	granted, err := iam.NewRolePolicyAttachment(b.Ctx, b.Name, &iam.RolePolicyAttachmentArgs{
		Role:      role.Name,
		PolicyArn: pulumi.String("arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"),
	}, b.Child()...)
	return role, granted, err
}

// logGroups must stand before the instance, though no property says so.
func (b *builder) logGroups() ([]pulumi.Resource, error) {
	var groups []pulumi.Resource
	for _, log := range logs {
		physical := fmt.Sprintf("/aws/rds/instance/%s/%s", b.id, log)
		group, err := loggingaws.Group(b.Ctx, b.Named(log), b.Scope, logging.Security, b.Args.LogKey, physical, b.Child()...)
		if err != nil {
			return nil, err
		}
		groups = append(groups, group)
	}
	return groups, nil
}

// notify tells of what RDS does by itself and somebody should know (HAD-04).
func (b *builder) notify(instance *rds.Instance) error {
	physical := b.Scope.Name("aws:rds/eventSubscription:EventSubscription", "database")
	_, err := rds.NewEventSubscription(b.Ctx, b.Name, &rds.EventSubscriptionArgs{
		Name:            pulumi.String(physical),
		SnsTopic:        b.Args.Home.Alarms.Topic,
		SourceType:      pulumi.String("db-instance"),
		SourceIds:       pulumi.StringArray{instance.Identifier},
		EventCategories: pulumi.ToStringArray([]string{"deletion", "failover", "failure", "low storage", "recovery"}),
		Enabled:         pulumi.Bool(true),
		Tags:            b.Scope.Tags(physical),
	}, b.Child()...)
	return err
}
