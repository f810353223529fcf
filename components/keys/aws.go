package keys

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/kms"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/identity"
	"tenant-runtime/components/scope"
)

// users says which services may use a key of each purpose, and how: integrated
// services act for a caller of the account and are recognised by kms:ViaService;
// delivering services act on their own account and are principals themselves.
var users = map[Purpose]struct {
	via     []string // prefixes of "<service>.<region>.amazonaws.com"
	deliver []string // service principals, %s is the region
}{
	Database:  {via: []string{"rds", "backup"}},
	Storage:   {via: []string{"s3", "backup"}},
	Logs:      {via: []string{"s3"}, deliver: []string{"logs.%s.amazonaws.com", "cloudtrail.amazonaws.com", "delivery.logs.amazonaws.com"}},
	Backup:    {via: []string{"backup", "rds", "s3"}},
	Secrets:   {via: []string{"secretsmanager", "rds"}},
	Messaging: {via: []string{"sns"}, deliver: []string{"cloudwatch.amazonaws.com", "events.amazonaws.com", "backup.amazonaws.com"}},
}

func buildAWS(ctx *pulumi.Context, name string, args Args, k *Keys) error {
	for _, purpose := range args.Purposes {
		s := args.Scope.In(scope.Management)
		alias := s.Name("aws:kms/alias:Alias", string(purpose))
		child := name + "-" + string(purpose)
		key, err := kms.NewKey(ctx, child, &kms.KeyArgs{
			Description:           pulumi.Sprintf("%s of tenant %s in stack %s", purpose, s.Tenant, s.Stack),
			KeyUsage:              pulumi.String("ENCRYPT_DECRYPT"),
			CustomerMasterKeySpec: pulumi.String("SYMMETRIC_DEFAULT"), // AES-256-GCM
			Policy:                keyPolicy(s, purpose).JSON(),
			EnableKeyRotation:     pulumi.Bool(true),
			RotationPeriodInDays:  pulumi.Int(int(rotation.Hours() / 24)),
			DeletionWindowInDays:  pulumi.Int(int(destructionDelay.Hours() / 24)),
			// A copy for the recovery region is sealed with a key of that region, so no
			// key material has to exist in two places (RES-10).
			MultiRegion: pulumi.Bool(false),
			Tags:        s.Tags(alias),
		}, s.Child(k)...)
		if err != nil {
			return err
		}
		if _, err := kms.NewAlias(ctx, child, &kms.AliasArgs{
			Name:        pulumi.String(alias),
			TargetKeyId: key.KeyId,
		}, s.Child(k)...); err != nil {
			return err
		}
		k.IDs[purpose] = key.Arn
	}
	return nil
}

// keyPolicy separates administration from use (ENC-09). The account's root stands
// for "whom IAM of this account allows", not for a person; it gets the actions of
// an administrator and none that touches data.
func keyPolicy(s scope.Scope, purpose Purpose) identity.Document {
	account := identity.Principal{AWS: identity.Strings(fmt.Sprintf("arn:aws:iam::%s:root", s.Account))}
	doc := identity.Document{{
		Sid: "Administer", Principal: account, Resources: identity.Strings("*"),
		Actions: []string{
			"kms:CancelKeyDeletion", "kms:DescribeKey", "kms:DisableKey", "kms:EnableKey", "kms:EnableKeyRotation",
			"kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListGrants", "kms:ListKeyPolicies", "kms:ListResourceTags",
			"kms:PutKeyPolicy", "kms:RevokeGrant", "kms:ScheduleKeyDeletion", "kms:TagResource", "kms:UntagResource", "kms:UpdateKeyDescription",
		},
	}}
	region := string(s.Home.Region.ID)
	via := pulumi.StringArray{}
	for _, service := range users[purpose].via {
		via = append(via, pulumi.Sprintf("%s.%s.amazonaws.com", service, region))
	}
	doc = append(doc, identity.Statement{
		Sid: "UseThroughService", Principal: account, Resources: identity.Strings("*"), Actions: use,
		Condition: identity.Condition{"StringEquals": {
			"kms:CallerAccount": identity.Strings(s.Account),
			"kms:ViaService":    via,
		}},
	}, identity.Statement{
		Sid: "GrantToService", Principal: account, Resources: identity.Strings("*"), Actions: []string{"kms:CreateGrant"},
		Condition: identity.Condition{
			"Bool":         {"kms:GrantIsForAWSResource": identity.Strings("true")},
			"StringEquals": {"kms:CallerAccount": identity.Strings(s.Account), "kms:ViaService": via},
		},
	})
	if services := users[purpose].deliver; len(services) > 0 {
		principals := make([]string, len(services))
		for i, service := range services {
			principals[i] = service
			if service == "logs.%s.amazonaws.com" {
				principals[i] = fmt.Sprintf(service, region)
			}
		}
		doc = append(doc, identity.Statement{
			Sid: "UseToDeliver", Principal: identity.Principal{Services: principals}, Resources: identity.Strings("*"), Actions: use,
			// Not for another customer's logs or alarms (the confused deputy).
			Condition: identity.Condition{"StringEquals": {"aws:SourceAccount": identity.Strings(s.Account)}},
		})
	}
	return doc
}

var use = []string{"kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"}
