package backup

import (
	"path"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/backup"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/calendar"
	"tenant-runtime/components/identity"
	"tenant-runtime/components/scope"
)

func buildAWS(ctx *pulumi.Context, name string, args Args, b *Backup) error {
	s := args.Scope.In(scope.Backup).Holding(scope.Customer)
	home, err := newVault(ctx, name+"-home", s, args.Home, b, "home")
	if err != nil {
		return err
	}
	// Switzerland has one AWS region: the copy then lies in a second vault there,
	// with a key of its own. It survives the loss of the first vault or key, and not
	// that of the region (C-03).
	there := s
	if s.Recovery != nil {
		there = s.At(*s.Recovery)
	}
	second, err := newVault(ctx, name+"-copy", there, args.Copy, b, "copy")
	if err != nil {
		return err
	}
	if err := alarms(ctx, name, s, home, args.Home.Alarms, b); err != nil {
		return err
	}
	saver, err := newRole(ctx, name, s, b, "backup", "service-role/AWSBackupServiceRolePolicyForBackup", "AWSBackupServiceRolePolicyForS3Backup")
	if err != nil {
		return err
	}
	restorer, err := newRole(ctx, name, s, b, "restore", "service-role/AWSBackupServiceRolePolicyForRestores", "AWSBackupServiceRolePolicyForS3Restore")
	if err != nil {
		return err
	}
	physical := s.Name("aws:backup/plan:Plan", "generations")
	plan, err := backup.NewPlan(ctx, name, &backup.PlanArgs{
		Name:  pulumi.String(physical),
		Rules: rules(s, home, second),
		Tags:  s.Tags(physical),
	}, s.Child(b)...)
	if err != nil {
		return err
	}
	if err := selection(ctx, name, s, plan, saver, b); err != nil {
		return err
	}
	b.Vault, b.Copy, b.Restore = home.BackupVaultArn, second.BackupVaultArn, restorer.role.Arn
	return nil
}

func rules(s scope.Scope, home, second *backup.VaultLockConfiguration) backup.PlanRuleArray {
	night, list := calendar.Of(s.Jurisdiction), backup.PlanRuleArray{}
	for _, g := range generations {
		list = append(list, backup.PlanRuleArgs{
			RuleName:        pulumi.String(g.name),
			TargetVaultName: home.BackupVaultName,
			Schedule:        pulumi.String(g.schedule(night)),
			StartWindow:     pulumi.Int(60 * (night.Plan.To - night.Plan.From)), // minutes
			Lifecycle:       backup.PlanRuleLifecycleArgs{DeleteAfter: pulumi.Int(g.keep)},
			CopyActions: backup.PlanRuleCopyActionArray{backup.PlanRuleCopyActionArgs{
				DestinationVaultArn: second.BackupVaultArn,
				Lifecycle:           backup.PlanRuleCopyActionLifecycleArgs{DeleteAfter: pulumi.Int(g.keep)},
			}},
			// Beside the tags of what is backed up, which AWS Backup takes along.
			RecoveryPointTags: pulumi.StringMap{"generation": pulumi.String(g.name)},
		})
	}
	return list
}

// selection takes up what carries the stack's tag. It names the types and puts
// the tag into conditions: with tags alone AWS Backup skips, without a word, every
// type that the account has not opted into in this region, and resources beside
// selectionTags are a union (API reference of UpdateRegionSettings and
// BackupSelection, November 2026).
func selection(ctx *pulumi.Context, name string, s scope.Scope, plan *backup.Plan, saver serviceRole, b *Backup) error {
	equals := backup.SelectionConditionStringEqualArray{}
	for tag, value := range s.Backed() {
		equals = append(equals, backup.SelectionConditionStringEqualArgs{Key: pulumi.String("aws:ResourceTag/" + tag), Value: pulumi.String(value)})
	}
	_, err := backup.NewSelection(ctx, name, &backup.SelectionArgs{
		Name:       pulumi.String(s.Name("aws:backup/selection:Selection", "tagged")),
		PlanId:     plan.ID(),
		IamRoleArn: saver.role.Arn,
		Resources:  identity.Strings("arn:aws:rds:*:*:db:*", "arn:aws:s3:::*"),
		Conditions: backup.SelectionConditionArray{backup.SelectionConditionArgs{StringEquals: equals}},
	}, s.Child(b, pulumi.DependsOn(saver.policies))...)
	return err
}

type serviceRole struct {
	role     *iam.Role
	policies []pulumi.Resource
}

// newRole declares what AWS Backup works as: one role saves, another restores.
func newRole(ctx *pulumi.Context, name string, s scope.Scope, b *Backup, duty string, policies ...string) (serviceRole, error) {
	physical := s.Name("aws:iam/role:Role", duty)
	role, err := iam.NewRole(ctx, name+"-"+duty, &iam.RoleArgs{
		Name:        pulumi.String(physical),
		Description: pulumi.String("What AWS Backup works as to " + duty),
		AssumeRolePolicy: identity.Document{{
			Actions:   []string{"sts:AssumeRole"},
			Principal: identity.Principal{Services: []string{"backup.amazonaws.com"}},
			Condition: identity.Condition{"StringEquals": {"aws:SourceAccount": identity.Strings(s.Account)}},
		}}.JSON(),
		Tags: s.Tags(physical),
	}, s.Child(b)...)
	if err != nil {
		return serviceRole{}, err
	}
	r := serviceRole{role: role}
	for _, policy := range policies {
		attached, err := iam.NewRolePolicyAttachment(ctx, name+"-"+path.Base(policy), &iam.RolePolicyAttachmentArgs{
			Role:      role.Name,
			PolicyArn: pulumi.String("arn:aws:iam::aws:policy/" + policy),
		}, s.Child(b)...)
		if err != nil {
			return serviceRole{}, err
		}
		r.policies = append(r.policies, attached)
	}
	return r, nil
}
