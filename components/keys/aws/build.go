// Package aws declares keys in AWS KMS.
package aws

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/kms"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/component"
	"tenant-runtime/components/identity"
	"tenant-runtime/components/keys"
	"tenant-runtime/components/scope"
	"tenant-runtime/components/value"
)

// callers are the services that use a key for a caller of the account, whose own
// permissions count. KMS knows them by kms:ViaService. RDS includes Performance
// Insights, and AWS Backup reads buckets through S3 (managed policies of AWS
// Backup, read November 2026).
var callers = map[keys.Purpose][]string{
	keys.Database:  {"backup", "rds"},
	keys.Storage:   {"backup", "s3"},
	keys.Logs:      {"network-firewall", "s3"}, // the firewall encrypts its rules with it
	keys.Backup:    {"backup", "rds", "s3"},
	keys.Copies:    {"backup", "rds", "s3"},
	keys.Secrets:   {"rds", "secretsmanager"},
	keys.Messaging: {"sns"},
}

// granting are the services that work in the background, with a grant they
// create when the resource is.
var granting = []string{"backup", "network-firewall", "rds"}

// deliverer is a service that uses a key on its own account. It may do so for our
// resources only, not for another customer's (the confused deputy): key is what
// it says about the resource, pattern our part of the world.
type deliverer struct {
	service, key, pattern string
}

// deliverers by purpose. Not every service names a source: CloudWatch Logs and
// EventBridge do not, and aws:SourceAccount would shut them out; the encryption
// context names the log group or the topic instead, and the topic's own policy
// says who may publish (CloudWatch Logs, CloudTrail and SNS user guides on keys,
// read November 2026).
var deliverers = map[keys.Purpose][]deliverer{
	keys.Logs: {
		{"cloudtrail.amazonaws.com", "aws:SourceArn", "arn:aws:cloudtrail:{region}:{account}:trail/*"},
		{"delivery.logs.amazonaws.com", "aws:SourceArn", "arn:aws:logs:{region}:{account}:*"},
		{"logs.{region}.amazonaws.com", "kms:EncryptionContext:aws:logs:arn", "arn:aws:logs:{region}:{account}:log-group:*"},
	},
	keys.Messaging: {
		{"backup.amazonaws.com", "kms:EncryptionContext:aws:sns:topicArn", "arn:aws:sns:{region}:{account}:*"},
		{"cloudwatch.amazonaws.com", "kms:EncryptionContext:aws:sns:topicArn", "arn:aws:sns:{region}:{account}:*"},
		{"events.amazonaws.com", "kms:EncryptionContext:aws:sns:topicArn", "arn:aws:sns:{region}:{account}:*"},
		{"events.rds.amazonaws.com", "kms:EncryptionContext:aws:sns:topicArn", "arn:aws:sns:{region}:{account}:*"},
	},
}

// administer has no action that touches data, and none that ends rotation.
// Without the three for aliases the key could not be named: KMS asks for them on
// the key as well as on the alias.
var administer = []string{
	"kms:CancelKeyDeletion", "kms:CreateAlias", "kms:DeleteAlias", "kms:DescribeKey", "kms:DisableKey", "kms:EnableKey",
	"kms:EnableKeyRotation", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListGrants", "kms:ListKeyPolicies",
	"kms:ListKeyRotations", "kms:ListResourceTags", "kms:PutKeyPolicy", "kms:RevokeGrant", "kms:RotateKeyOnDemand",
	"kms:ScheduleKeyDeletion", "kms:TagResource", "kms:UntagResource", "kms:UpdateAlias", "kms:UpdateKeyDescription",
}

var use = []string{"kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"}

type builder struct{ *component.Builder[keys.Args] }

// New declares the keys.
func New(ctx *pulumi.Context, name string, args keys.Args, opts ...pulumi.ResourceOption) (keys.Ref, error) {
	return component.New(ctx, keys.Type, name, args, opts, func(b *component.Builder[keys.Args]) (keys.Ref, error) {
		return b.Args.Each(builder{b}.key)
	})
}

// key declares a key and its alias. The policy comes with the key, so nothing is
// left to wait for.
func (b builder) key(purpose keys.Purpose) (keys.Key, error) {
	alias := b.Scope.Name("aws:kms/alias:Alias", string(purpose))
	key, err := kms.NewKey(b.Ctx, b.Named(string(purpose)), &kms.KeyArgs{
		Description:           pulumi.String(keys.Describe(b.Scope, purpose)),
		KeyUsage:              pulumi.String("ENCRYPT_DECRYPT"),
		CustomerMasterKeySpec: pulumi.String("SYMMETRIC_DEFAULT"), // AES-256-GCM, in hardware (ENC-10)
		Policy:                keyPolicy(b.Scope, purpose).JSON(),
		EnableKeyRotation:     pulumi.Bool(true),
		RotationPeriodInDays:  pulumi.Int(keys.Days(keys.Rotation)),
		DeletionWindowInDays:  pulumi.Int(keys.Days(keys.DestructionDelay)),
		// A copy for the recovery region is encrypted with a key of that region, so no
		// key material has to exist in two places (RES-10).
		MultiRegion: pulumi.Bool(false),
		Tags:        b.Scope.Tags(alias),
	}, b.Child()...)
	if err != nil {
		return keys.Key{}, err
	}
	_, err = kms.NewAlias(b.Ctx, b.Named(string(purpose)), &kms.AliasArgs{
		Name:        pulumi.String(alias),
		TargetKeyId: key.KeyId,
	}, b.Child()...)
	return keys.Key{ID: key.Arn}, err
}

// keyPolicy separates administration from use (ENC-09). The account's root stands
// for "whom IAM of this account allows", not for a person.
func keyPolicy(s scope.Scope, purpose keys.Purpose) identity.Document {
	region, account := s.Place.Region.ID, identity.Principal{AWS: identity.Strings(fmt.Sprintf("arn:aws:iam::%s:root", s.Account))}
	this := identity.Strings("*") // in a key's policy: this key
	doc := identity.Document{
		{Sid: "Administer", Principal: account, Resources: this, Actions: administer},
		{Sid: "UseForCaller", Principal: account, Resources: this, Actions: use, Condition: identity.Condition{
			"StringEquals": {"kms:CallerAccount": identity.Strings(s.Account), "kms:ViaService": identity.Via(region, callers[purpose]...)},
		}},
	}
	background := slices.DeleteFunc(slices.Clone(callers[purpose]), func(service string) bool { return !slices.Contains(granting, service) })
	if len(background) > 0 {
		doc = append(doc, identity.Statement{
			Sid: "GrantToService", Principal: account, Resources: this, Actions: []string{"kms:CreateGrant"},
			Condition: identity.Condition{
				"Bool":         {"kms:GrantIsForAWSResource": identity.Strings("true")},
				"StringEquals": {"kms:CallerAccount": identity.Strings(s.Account), "kms:ViaService": identity.Via(region, background...)},
			},
		})
	}
	for i, d := range deliverers[purpose] {
		doc = append(doc, identity.Statement{
			Sid: fmt.Sprintf("UseToDeliver%d", i+1), Resources: this, Actions: append([]string{"kms:DescribeKey"}, use...),
			Principal: identity.Principal{Services: []string{placed(d.service, s)}},
			Condition: identity.Condition{"ArnLike": {d.key: identity.Strings(placed(d.pattern, s))}},
		})
	}
	if s.Tenant != value.Shared {
		doc = append(doc, identity.Deny("DenyOtherTenants", this, identity.OfAnotherTenant(s.Tenant), use...))
	}
	return doc
}

// placed fills in our region and account.
func placed(text string, s scope.Scope) string {
	return strings.NewReplacer("{region}", string(s.Place.Region.ID), "{account}", string(s.Account)).Replace(text)
}
