// Package aws declares a tenant's role, secret and access point.
package aws

import (
	"errors"
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/secretsmanager"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/component"
	"tenant-runtime/components/identity"
	"tenant-runtime/components/keys"
	"tenant-runtime/components/scope"
	"tenant-runtime/components/storage"
	stores "tenant-runtime/components/storage/aws"
	"tenant-runtime/components/tenant"
)

const recoveryWindow = 30 // days in which a deleted secret comes back

type builder struct {
	*component.Builder[tenant.Args]
}

// New declares the tenant.
func New(ctx *pulumi.Context, name string, args tenant.Args, opts ...pulumi.ResourceOption) (tenant.Ref, error) {
	return component.New(ctx, tenant.Type, name, args, opts, func(b *component.Builder[tenant.Args]) (tenant.Ref, error) {
		return builder{b}.build()
	})
}

func (b builder) build() (made tenant.Ref, err error) {
	s := b.Scope
	secret, err := b.secret()
	if err != nil {
		return made, err
	}
	if b.Args.Network.AWS == nil || b.Args.Database.AWS == nil {
		return made, errors.New("network or database is none of AWS: update the stack that owns the cell first")
	}
	// One policy is both what the role is granted and its boundary: whatever is
	// attached to the role later adds nothing (ACC-02).
	physical := s.Name("aws:iam/policy:Policy", "workload")
	policy, err := iam.NewPolicy(b.Ctx, b.Name, &iam.PolicyArgs{
		Name:        pulumi.String(physical),
		Description: pulumi.Sprintf("All that workloads of tenant %s may do", s.Tenant),
		Policy:      b.permissions(secret.Arn).JSON(),
		Tags:        s.Tags(physical),
	}, b.Child()...)
	if err != nil {
		return made, err
	}
	// The tag tenant is what policies of shared stores compare with (TEN-04).
	role, err := iam.NewRole(b.Ctx, b.Name, &iam.RoleArgs{
		Name:                pulumi.String(s.Name("aws:iam/role:Role", "workload")),
		Description:         pulumi.Sprintf("Workloads of tenant %s", s.Tenant),
		AssumeRolePolicy:    trust(s).JSON(),
		PermissionsBoundary: policy.Arn,
		MaxSessionDuration:  pulumi.Int(3600),
		Tags:                s.TagsWith(s.Name("aws:iam/role:Role", "workload"), b.Args.Marks()),
	}, b.Child()...)
	if err != nil {
		return made, err
	}
	granted, err := iam.NewRolePolicyAttachment(b.Ctx, b.Name, &iam.RolePolicyAttachmentArgs{
		Role:      role.Name,
		PolicyArn: policy.Arn,
	}, b.Child()...)
	if err != nil {
		return made, err
	}
	ready := []pulumi.Resource{granted}
	made = tenant.Ref{Secret: secret.Arn, Files: b.Args.Storage.Of(storage.Attachments).Name, User: b.Args.User()}
	if b.Args.Isolation == tenant.Pool {
		point, err := stores.NewAccessPoint(b.Ctx, b.Name, stores.AccessPointArgs{
			Scope: s, Stores: b.Args.Storage, Purpose: storage.Attachments, VPC: b.Args.Network.AWS.VPC, Role: role.Arn,
		}, b.Child()...)
		if err != nil {
			return made, err
		}
		made.Files = point.Arn
		ready = append(ready, point)
	}
	made.Identity = scope.After(role.Arn, ready...)
	return made, nil
}

// secret declares where the tenant's own tokens and keys of third parties are
// kept (ENC-12). Its policy closes it to everybody without the tenant's tag, the
// operator included. The region is part of the name, because in the recovery
// region the replica of a lost one keeps its name.
func (b builder) secret() (*secretsmanager.Secret, error) {
	s := b.Scope
	physical := s.Name("aws:secretsmanager/secret:Secret", string(s.Place.Region.ID), "application")
	replicas := secretsmanager.SecretReplicaArray{}
	if r := b.Args.Recovery; r != nil {
		replicas = append(replicas, &secretsmanager.SecretReplicaArgs{
			Region: pulumi.String(r.Scope.Place.Region.ID), KmsKeyId: r.Keys.Of(keys.Secrets).ID,
		})
	}
	return secretsmanager.NewSecret(b.Ctx, b.Name, &secretsmanager.SecretArgs{
		Name:        pulumi.String(physical),
		Description: pulumi.Sprintf("What third parties entrusted to tenant %s", s.Tenant),
		KmsKeyId:    b.Args.Home.Keys.Of(keys.Secrets).ID,
		Policy: identity.Document{identity.Deny("OnlyTheTenant", identity.Strings("*"),
			identity.Condition{"StringNotEquals": {"aws:PrincipalTag/tenant": identity.Strings(s.Tenant)}},
			"secretsmanager:GetSecretValue",
		)}.JSON(),
		RecoveryWindowInDays: pulumi.Int(recoveryWindow),
		Replicas:             replicas,
		Tags:                 s.TagsWith(physical, b.Args.Marks()),
	}, b.Child()...)
}

// sessionTags are what EKS puts into every pod's session, from its own records
// (EKS User Guide, "List of session tags added by EKS Pod Identity", November 2026).
var sessionTags = []string{
	"eks-cluster-arn", "eks-cluster-name", "kubernetes-namespace", "kubernetes-pod-name", "kubernetes-pod-uid", "kubernetes-service-account",
}

// trust lets pods of the tenant's namespace on the cell's cluster be the role. The
// cluster bears the name of the cell's stack, and no pattern: eu-* would let in the
// clusters of a stack eu-test in the same account.
// A session brings those tags and no other, so the tag tenant is always the role's
// own (TEN-04).
func trust(s scope.Scope) identity.Document {
	return identity.Document{{
		Sid:       "PodsOfTheTenant",
		Principal: identity.Principal{Services: []string{"pods.eks.amazonaws.com"}},
		Actions:   []string{"sts:AssumeRole", "sts:TagSession"},
		Condition: identity.Condition{
			"StringEquals": {
				"aws:SourceAccount":                   identity.Strings(s.Account),
				"aws:RequestTag/kubernetes-namespace": identity.Strings(s.Tenant),
				"aws:RequestTag/eks-cluster-arn":      identity.Strings(fmt.Sprintf("arn:aws:eks:%s:%s:cluster/%s", s.Place.Region.ID, s.Account, s.CellStack)),
			},
			"ForAllValues:StringEquals": {"aws:TagKeys": identity.Strings(sessionTags...)},
		},
	}}
}

// permissions are all that the tenant's workloads may do: its files and the key
// they are encrypted with, its secret likewise, and a log-in as itself.
func (b builder) permissions(secret pulumi.StringOutput) identity.Document {
	s, region := b.Scope, b.Scope.Place.Region.ID
	return append(b.files(),
		identity.Statement{
			Sid: "Secret", Actions: []string{"secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"}, Resources: pulumi.StringArray{secret},
		},
		identity.Statement{
			Sid: "SecretKey", Actions: []string{"kms:Decrypt"}, Resources: pulumi.StringArray{b.Args.Home.Keys.Of(keys.Secrets).ID},
			Condition: identity.Condition{"StringEquals": {
				"kms:ViaService":                  identity.Via(region, "secretsmanager"),
				"kms:EncryptionContext:SecretARN": pulumi.StringArray{secret},
			}},
		},
		identity.Statement{
			Sid: "Database", Actions: []string{"rds-db:connect"},
			Resources: pulumi.StringArray{pulumi.Sprintf("arn:aws:rds-db:%s:%s:dbuser:%s/%s", region, s.Account, b.Args.Database.AWS.ResourceID, b.Args.User())},
		})
}

// files grants the tenant's objects. In pool they are those below its path, and
// S3 asks twice: at the tenant's access point and at the bucket behind it, which
// lets no tenant in otherwise. Access points are a pattern because this is also the
// boundary of the role that the access point has to name. The key cannot tell paths apart: with
// bucket keys its encryption context is the bucket (S3 User Guide, "Reducing the
// cost of SSE-KMS", November 2026).
func (b builder) files() identity.Document {
	s, region := b.Scope, b.Scope.Place.Region.ID
	bucket, key := b.Args.Storage.Of(storage.Attachments).ID, b.Args.Home.Keys.Of(keys.Storage).ID
	objects, list := pulumi.StringArray{pulumi.Sprintf("%s/*", bucket)}, pulumi.StringArray{bucket}
	var below identity.Condition
	if b.Args.Isolation == tenant.Pool {
		points, path := fmt.Sprintf("arn:aws:s3:%s:%s:accesspoint/*", region, s.Account), storage.Folder(s.Tenant)
		objects = pulumi.StringArray{pulumi.Sprintf("%s/%s", bucket, path), pulumi.String(points + "/object/" + path)}
		list = append(list, pulumi.String(points))
		below = identity.Condition{"StringLike": {"s3:prefix": identity.Strings(path)}}
	}
	return identity.Document{
		{
			Sid: "Files", Resources: objects,
			Actions: stores.ObjectActions,
		},
		{Sid: "ListFiles", Actions: []string{"s3:ListBucket"}, Resources: list, Condition: below},
		{
			Sid: "FileKey", Actions: []string{"kms:Decrypt", "kms:GenerateDataKey"}, Resources: pulumi.StringArray{key},
			Condition: identity.Condition{"StringEquals": {
				"kms:ViaService":                   identity.Via(region, "s3"),
				"kms:EncryptionContext:aws:s3:arn": pulumi.StringArray{bucket},
			}},
		},
	}
}
