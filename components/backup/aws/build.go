// Package aws declares backups in AWS Backup.
package aws

import (
	"fmt"
	"path"

	awsbackup "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/backup"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/backup"
	"tenant-runtime/components/calendar"
	"tenant-runtime/components/component"
	"tenant-runtime/components/identity"
	"tenant-runtime/components/keys"
)

type builder struct {
	*component.Builder[backup.Args]
}

// New declares the vaults and the plan that fills them.
func New(ctx *pulumi.Context, name string, args backup.Args, opts ...pulumi.ResourceOption) (backup.Ref, error) {
	return component.New(ctx, backup.Type, name, args, opts, func(b *component.Builder[backup.Args]) (backup.Ref, error) {
		return builder{b}.build()
	})
}

func (b builder) build() (made backup.Ref, err error) {
	home, err := b.vault("home", b.Args.Home, keys.Backup)
	if err != nil {
		return made, err
	}
	second, err := b.vault("copy", b.Args.Second(), keys.Copies)
	if err != nil {
		return made, err
	}
	if err := b.alarms(home); err != nil {
		return made, err
	}
	saver, granted, err := b.role("backup", "service-role/AWSBackupServiceRolePolicyForBackup", "AWSBackupServiceRolePolicyForS3Backup")
	if err != nil {
		return made, err
	}
	restorer, _, err := b.role("restore", "service-role/AWSBackupServiceRolePolicyForRestores", "AWSBackupServiceRolePolicyForS3Restore")
	if err != nil {
		return made, err
	}
	physical := b.Scope.Name("aws:backup/plan:Plan", "generations")
	plan, err := awsbackup.NewPlan(b.Ctx, b.Name, &awsbackup.PlanArgs{
		Name:  pulumi.String(physical),
		Rules: rules(calendar.Of(b.Scope.Jurisdiction), home, second),
		Tags:  b.Scope.Tags(physical),
	}, b.Child()...)
	if err != nil {
		return made, err
	}
	if err := b.selection(plan, saver, granted); err != nil {
		return made, err
	}
	return backup.Ref{Vault: home.BackupVaultArn, Copy: second.BackupVaultArn, Restore: restorer.Arn}, nil
}

// days are those on which a generation's jobs start, as a cron expression has
// them: day of month, month, day of week, year. Where two generations fall on a
// day, AWS Backup takes the one that is kept longer (Backup Developer Guide
// "Backup plan options", November 2026), so they may start together.
var days = map[backup.Generation]string{backup.Daily: "* * ? *", backup.Weekly: "? * SUN *", backup.Monthly: "1 * ? *"}

func rules(night calendar.Night, home, second *awsbackup.VaultLockConfiguration) awsbackup.PlanRuleArray {
	list := awsbackup.PlanRuleArray{}
	for _, g := range backup.Generations {
		list = append(list, awsbackup.PlanRuleArgs{
			RuleName:        pulumi.String(g),
			TargetVaultName: home.BackupVaultName,
			Schedule:        pulumi.String(fmt.Sprintf("cron(0 %d %s)", night.Plan.From, days[g])),
			StartWindow:     pulumi.Int(60 * (night.Plan.To - night.Plan.From)), // minutes
			Lifecycle:       awsbackup.PlanRuleLifecycleArgs{DeleteAfter: pulumi.Int(g.Days())},
			CopyActions: awsbackup.PlanRuleCopyActionArray{awsbackup.PlanRuleCopyActionArgs{
				DestinationVaultArn: second.BackupVaultArn,
				Lifecycle:           awsbackup.PlanRuleCopyActionLifecycleArgs{DeleteAfter: pulumi.Int(g.Days())},
			}},
			// Beside the tags of what is backed up, which AWS Backup takes along.
			RecoveryPointTags: pulumi.StringMap{"generation": pulumi.String(g)},
		})
	}
	return list
}

// selection takes up what carries the stack's tag. It names the types and puts
// the tag into conditions: with tags alone AWS Backup skips, without a word, every
// type that the account has not opted into in this region, and resources beside
// selectionTags are a union (API reference of UpdateRegionSettings and
// BackupSelection, November 2026).
func (b builder) selection(plan *awsbackup.Plan, saver *iam.Role, granted []pulumi.Resource) error {
	equals := awsbackup.SelectionConditionStringEqualArray{}
	for tag, value := range b.Scope.Backed() {
		equals = append(equals, awsbackup.SelectionConditionStringEqualArgs{Key: pulumi.String("aws:ResourceTag/" + tag), Value: pulumi.String(value)})
	}
	_, err := awsbackup.NewSelection(b.Ctx, b.Name, &awsbackup.SelectionArgs{
		Name:       pulumi.String(b.Scope.Name("aws:backup/selection:Selection", "tagged")),
		PlanId:     plan.ID(),
		IamRoleArn: saver.Arn,
		Resources:  identity.Strings("arn:aws:rds:*:*:db:*", "arn:aws:s3:::*"),
		Conditions: awsbackup.SelectionConditionArray{awsbackup.SelectionConditionArgs{StringEquals: equals}},
	}, b.Child(component.After(granted...))...)
	return err
}

// role declares what AWS Backup works as, and what that is granted: one role
// saves, another restores.
func (b builder) role(duty string, policies ...string) (*iam.Role, []pulumi.Resource, error) {
	physical := b.Scope.Name("aws:iam/role:Role", duty)
	role, err := iam.NewRole(b.Ctx, b.Named(duty), &iam.RoleArgs{
		Name:             pulumi.String(physical),
		Description:      pulumi.String("What AWS Backup works as to " + duty),
		AssumeRolePolicy: identity.Trust("backup.amazonaws.com", b.Scope.Account).JSON(),
		Tags:             b.Scope.Tags(physical),
	}, b.Child()...)
	if err != nil {
		return nil, nil, err
	}
	var granted []pulumi.Resource
	for _, policy := range policies {
		attached, err := iam.NewRolePolicyAttachment(b.Ctx, b.Named(path.Base(policy)), &iam.RolePolicyAttachmentArgs{
			Role:      role.Name,
			PolicyArn: pulumi.String("arn:aws:iam::aws:policy/" + policy),
		}, b.Child()...)
		if err != nil {
			return nil, nil, err
		}
		granted = append(granted, attached)
	}
	return role, granted, nil
}
