package tenant

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/secretsmanager"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/identity"
	"tenant-runtime/components/keys"
	"tenant-runtime/components/scope"
	"tenant-runtime/components/storage"
)

const recovery = 30 // days in which a deleted secret comes back

func buildAWS(ctx *pulumi.Context, name string, args Args, t *Tenant) error {
	s := args.Scope.In(scope.App)
	secret, err := secrets(ctx, name, s, args, t)
	if err != nil {
		return err
	}
	// One policy is both what the role is granted and its boundary: whatever is
	// attached to the role later adds nothing (ACC-02).
	physical := s.Name("aws:iam/policy:Policy", "workload")
	policy, err := iam.NewPolicy(ctx, name, &iam.PolicyArgs{
		Name:        pulumi.String(physical),
		Description: pulumi.Sprintf("All that workloads of tenant %s may do", s.Tenant),
		Policy:      permissions(s, args.Isolation, t, secret.Arn).JSON(),
		Tags:        s.Tags(physical),
	}, s.Child(t)...)
	if err != nil {
		return err
	}
	// The tag tenant is what policies of shared stores compare with (TEN-04).
	role, err := iam.NewRole(ctx, name, &iam.RoleArgs{
		Name:                pulumi.String(s.Name("aws:iam/role:Role", "workload")),
		Description:         pulumi.Sprintf("Workloads of tenant %s", s.Tenant),
		AssumeRolePolicy:    trust(s).JSON(),
		PermissionsBoundary: policy.Arn,
		MaxSessionDuration:  pulumi.Int(3600),
		Tags:                s.TagsWith(s.Name("aws:iam/role:Role", "workload"), marks(args.Isolation)),
	}, s.Child(t)...)
	if err != nil {
		return err
	}
	granted, err := iam.NewRolePolicyAttachment(ctx, name, &iam.RolePolicyAttachmentArgs{
		Role:      role.Name,
		PolicyArn: policy.Arn,
	}, s.Child(t)...)
	if err != nil {
		return err
	}
	t.Secret = secret.Arn
	t.Files = t.Storage.Names[storage.Attachments]
	ready := []pulumi.Resource{granted}
	if args.Isolation == Pool {
		door, err := storage.NewDoor(ctx, t, name, storage.DoorArgs{
			Scope: s, Store: t.Storage, Purpose: storage.Attachments, VPC: args.Cell.Network.AWS.VPC, Role: role.Arn,
		})
		if err != nil {
			return err
		}
		t.Files = door.Arn
		ready = append(ready, door)
	}
	t.Identity = scope.After(role.Arn, ready...)
	return nil
}

// marks say in the inventory how a tenant is kept apart; rls is the duty of the
// shared database (TEN-03).
func marks(isolation Isolation) map[string]string {
	m := map[string]string{"isolationMode": string(isolation)}
	if isolation == Pool {
		m["rls"] = "required"
	}
	return m
}

// secrets declares where the tenant's own tokens and keys of third parties are
// kept (ENC-12). Its policy closes it to everybody without the tenant's tag, the
// operator included. The region is part of the name, because in the recovery
// region the replica of a lost one keeps its name.
func secrets(ctx *pulumi.Context, name string, s scope.Scope, args Args, t *Tenant) (*secretsmanager.Secret, error) {
	physical := s.Name("aws:secretsmanager/secret:Secret", string(s.Home.Region.ID), "application")
	replicas := secretsmanager.SecretReplicaArray{}
	if s.Recovery != nil {
		replicas = append(replicas, &secretsmanager.SecretReplicaArgs{
			Region: pulumi.String(string(s.Recovery.Region.ID)), KmsKeyId: args.Cell.Copies.IDs[keys.Secrets],
		})
	}
	return secretsmanager.NewSecret(ctx, name, &secretsmanager.SecretArgs{
		Name:        pulumi.String(physical),
		Description: pulumi.Sprintf("What third parties entrusted to tenant %s", s.Tenant),
		KmsKeyId:    t.Keys.IDs[keys.Secrets],
		Policy: identity.Document{{
			Sid: "OnlyTheTenant", Deny: true, Principal: identity.Principal{Everyone: true},
			Actions: []string{"secretsmanager:GetSecretValue"}, Resources: identity.Strings("*"),
			Condition: identity.Condition{"StringNotEquals": {"aws:PrincipalTag/tenant": identity.Strings(s.Tenant)}},
		}}.JSON(),
		RecoveryWindowInDays: pulumi.Int(recovery),
		Replicas:             replicas,
		Tags:                 s.Holding(scope.Customer).TagsWith(physical, marks(args.Isolation)),
	}, s.Child(t)...)
}

// sessionTags are what EKS puts into every pod's session, from its own records
// (EKS User Guide, "List of session tags added by EKS Pod Identity", November 2026).
var sessionTags = []string{
	"eks-cluster-arn", "eks-cluster-name", "kubernetes-namespace", "kubernetes-pod-name", "kubernetes-pod-uid", "kubernetes-service-account",
}

// trust lets pods of the tenant's namespace on this stack's clusters be the role.
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
			},
			"StringLike": {
				"aws:RequestTag/eks-cluster-arn": identity.Strings(fmt.Sprintf("arn:aws:eks:%s:%s:cluster/%s-*", s.Home.Region.ID, s.Account, s.Stack)),
			},
			"ForAllValues:StringEquals": {"aws:TagKeys": identity.Strings(sessionTags...)},
		},
	}}
}

// permissions are all that the tenant's workloads may do: its files and the key
// they are sealed with, its secret likewise, and a log-in as itself.
func permissions(s scope.Scope, isolation Isolation, t *Tenant, secret pulumi.StringOutput) identity.Document {
	region := string(s.Home.Region.ID)
	doc := files(s, isolation, t.Storage.AWS.ARNs[storage.Attachments], t.Keys.IDs[keys.Storage])
	return append(doc,
		identity.Statement{
			Sid: "Secret", Actions: []string{"secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"}, Resources: pulumi.StringArray{secret},
		},
		identity.Statement{
			Sid: "SecretKey", Actions: []string{"kms:Decrypt"}, Resources: pulumi.StringArray{t.Keys.IDs[keys.Secrets]},
			Condition: identity.Condition{"StringEquals": {
				"kms:ViaService":                  identity.Strings("secretsmanager." + region + ".amazonaws.com"),
				"kms:EncryptionContext:SecretARN": pulumi.StringArray{secret},
			}},
		},
		identity.Statement{
			Sid: "Database", Actions: []string{"rds-db:connect"},
			Resources: pulumi.StringArray{pulumi.Sprintf("arn:aws:rds-db:%s:%s:dbuser:%s/%s", region, s.Account, t.Database.AWS.ResourceID, t.User)},
		})
}

// files grants the tenant's objects. In pool they are those below its path, and
// S3 asks twice: at the tenant's door and at the bucket behind it, which lets no
// tenant in otherwise. The doors are a pattern because this is also the boundary
// of the role that the door has to name. The key cannot tell paths apart: with
// bucket keys its encryption context is the bucket (S3 User Guide, "Reducing the
// cost of SSE-KMS", November 2026).
func files(s scope.Scope, isolation Isolation, bucket, key pulumi.StringOutput) identity.Document {
	region := string(s.Home.Region.ID)
	objects, list := pulumi.StringArray{pulumi.Sprintf("%s/*", bucket)}, pulumi.StringArray{bucket}
	var below identity.Condition
	if isolation == Pool {
		doors, path := fmt.Sprintf("arn:aws:s3:%s:%s:accesspoint/*", region, s.Account), "tenants/"+s.Tenant+"/*"
		objects = pulumi.StringArray{pulumi.Sprintf("%s/%s", bucket, path), pulumi.String(doors + "/object/" + path)}
		list = append(list, pulumi.String(doors))
		below = identity.Condition{"StringLike": {"s3:prefix": identity.Strings(path)}}
	}
	return identity.Document{
		{
			Sid: "Files", Resources: objects,
			Actions: []string{"s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:PutObject"},
		},
		{Sid: "ListFiles", Actions: []string{"s3:ListBucket"}, Resources: list, Condition: below},
		{
			Sid: "FileKey", Actions: []string{"kms:Decrypt", "kms:GenerateDataKey"}, Resources: pulumi.StringArray{key},
			Condition: identity.Condition{"StringEquals": {
				"kms:ViaService":                   identity.Strings("s3." + region + ".amazonaws.com"),
				"kms:EncryptionContext:aws:s3:arn": pulumi.StringArray{bucket},
			}},
		},
	}
}
