package storage

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/s3"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/identity"
	"tenant-runtime/components/scope"
)

// DoorArgs says whose door it is and where it leads.
type DoorArgs struct {
	Scope   scope.Scope        // the pool tenant's
	Store   *Storage           // shared
	Purpose Purpose            // one in which tenants have folders
	VPC     pulumi.StringInput // the ID of the only network it opens to
	Role    pulumi.StringInput // the ARN of the only role; the role must carry the tag "tenant"
}

// NewDoor declares a pool tenant's only way into a shared bucket: an access point
// to its folder (TEN-05). The role's own policy must allow the same, at the door
// and at the bucket behind it: S3 asks twice.
func NewDoor(ctx *pulumi.Context, parent pulumi.Resource, name string, args DoorArgs) (*s3.AccessPoint, error) {
	c := contents[args.Purpose]
	if _, ok := args.Store.AWS.ARNs[args.Purpose]; !ok || !c.pooled || args.Scope.Tenant == scope.Shared {
		return nil, fmt.Errorf("door %s: there is no folder of tenant %q in %q", name, args.Scope.Tenant, args.Purpose)
	}
	s := args.Scope.In(c.zone).Holding(c.class)
	pointName := s.Name("aws:s3/accessPoint:AccessPoint", string(args.Purpose))
	arn := pulumi.Sprintf("arn:aws:s3:%s:%s:accesspoint/%s", s.Home.Region.ID, s.Account, pointName)
	return s3.NewAccessPoint(ctx, name, &s3.AccessPointArgs{
		AccountId:        pulumi.String(s.Account),
		Bucket:           args.Store.Names[args.Purpose],
		Name:             pulumi.String(pointName),
		VpcConfiguration: s3.AccessPointVpcConfigurationArgs{VpcId: args.VPC},
		PublicAccessBlockConfiguration: s3.AccessPointPublicAccessBlockConfigurationArgs{
			BlockPublicAcls:       pulumi.Bool(true),
			BlockPublicPolicy:     pulumi.Bool(true),
			IgnorePublicAcls:      pulumi.Bool(true),
			RestrictPublicBuckets: pulumi.Bool(true),
		},
		Policy: folder(args.Role, s.Tenant, arn).JSON(),
	}, s.Child(parent)...)
}

// folder allows the role to work in the tenant's folder.
func folder(role pulumi.StringInput, tenant string, point pulumi.StringOutput) identity.Document {
	who, path := identity.Principal{AWS: pulumi.StringArray{role}}, "tenants/"+tenant+"/*"
	return identity.Document{{
		Sid: "Objects", Principal: who,
		Actions:   []string{"s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:PutObject"},
		Resources: pulumi.StringArray{pulumi.Sprintf("%s/object/%s", point, path)},
	}, {
		Sid: "List", Principal: who,
		Actions:   []string{"s3:ListBucket"},
		Resources: pulumi.StringArray{point},
		Condition: identity.Condition{"StringLike": {"s3:prefix": identity.Strings(path)}},
	}}
}
