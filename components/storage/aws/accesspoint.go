package aws

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/s3"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/identity"
	"tenant-runtime/components/scope"
	"tenant-runtime/components/storage"
	"tenant-runtime/components/value"
)

// ObjectActions are all that a tenant's workloads do with files.
var ObjectActions = []string{"s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:PutObject"}

// AccessPointArgs says whose access point it is and where it leads.
type AccessPointArgs struct {
	Scope   scope.Scope        // the pool tenant's
	Stores  storage.Ref        // shared
	Purpose storage.Purpose    // one in which tenants have folders
	VPC     pulumi.StringInput // the ID of the only network it opens to
	Role    pulumi.StringInput // the ARN of the only role; the role must carry the tag "tenant"
}

// NewAccessPoint declares a pool tenant's only way into a shared bucket: an access
// point to its folder (TEN-05). The role's own policy must allow the same, at the
// access point and at the bucket behind it: S3 asks twice.
func NewAccessPoint(ctx *pulumi.Context, name string, args AccessPointArgs, opts ...pulumi.ResourceOption) (*s3.AccessPoint, error) {
	c := storage.Contents[args.Purpose]
	if args.Stores.Has(args.Purpose) != nil || !c.Pooled || args.Scope.Tenant == value.Shared {
		return nil, fmt.Errorf("access point %s: there is no folder of tenant %q in %q", name, args.Scope.Tenant, args.Purpose)
	}
	s := args.Scope.In(c.Zone).Holding(c.Class)
	physical := s.Name("aws:s3/accessPoint:AccessPoint", string(args.Purpose))
	arn := pulumi.Sprintf("arn:aws:s3:%s:%s:accesspoint/%s", s.Place.Region.ID, s.Account, physical)
	return s3.NewAccessPoint(ctx, name, &s3.AccessPointArgs{
		AccountId:        pulumi.String(s.Account),
		Bucket:           args.Stores.Of(args.Purpose).Name,
		Name:             pulumi.String(physical),
		VpcConfiguration: s3.AccessPointVpcConfigurationArgs{VpcId: args.VPC},
		PublicAccessBlockConfiguration: s3.AccessPointPublicAccessBlockConfigurationArgs{
			BlockPublicAcls:       pulumi.Bool(true),
			BlockPublicPolicy:     pulumi.Bool(true),
			IgnorePublicAcls:      pulumi.Bool(true),
			RestrictPublicBuckets: pulumi.Bool(true),
		},
		Policy: folder(args.Role, s.Tenant, arn).JSON(),
	}, opts...)
}

// folder allows the role to work in the tenant's folder.
func folder(role pulumi.StringInput, tenant value.Tenant, point pulumi.StringOutput) identity.Document {
	who, path := identity.Principal{AWS: pulumi.StringArray{role}}, storage.Folder(tenant)
	return identity.Document{{
		Sid: "Objects", Principal: who,
		Actions:   ObjectActions,
		Resources: pulumi.StringArray{pulumi.Sprintf("%s/object/%s", point, path)},
	}, {
		Sid: "List", Principal: who,
		Actions:   []string{"s3:ListBucket"},
		Resources: pulumi.StringArray{point},
		Condition: identity.Condition{"StringLike": {"s3:prefix": identity.Strings(path)}},
	}}
}
