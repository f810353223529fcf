package aws

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/keys"
	"tenant-runtime/components/logging"
	"tenant-runtime/components/scope"
)

// Group declares a CloudWatch log group with the retention of its class, encrypted
// with a customer-managed key (LOG-18). It has its full name from who declares it,
// because some services prescribe the name. Declare it before the service that
// writes there, which would make a missing group itself, without key and for ever.
func Group(ctx *pulumi.Context, name string, s scope.Scope, class logging.Class, key keys.Key, physical string, opts ...pulumi.ResourceOption) (*cloudwatch.LogGroup, error) {
	return cloudwatch.NewLogGroup(ctx, name, &cloudwatch.LogGroupArgs{
		Name:            pulumi.String(physical),
		KmsKeyId:        key.ID,
		RetentionInDays: pulumi.Int(class.Days()),
		Tags:            s.Holding(scope.Confidential).TagsWith(physical, map[string]string{"logClass": string(class)}),
	}, opts...)
}
