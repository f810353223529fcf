package logging

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/scope"
)

// Class decides how long a log is kept (LOG-06).
type Class string

// The classes of logs.
const (
	Security Class = "security" // who did what: trail, flows, firewall, WAF, database audit
	Service  Class = "service"  // the rest
)

// retention in days. CloudWatch accepts listed values only (… 60, 90, 120, 150,
// 180, 365, 400 …). A year for security logs is what the Swiss ordinance (DSV
// art. 4) asks of high-risk processing, and it costs the other jurisdictions little.
var retention = map[Class]int{Security: 365, Service: 90}

// Group declares a CloudWatch log group with the retention of its class, sealed
// with the operator's key (LOG-18). The parts name it.
func Group(ctx *pulumi.Context, parent pulumi.Resource, name string, s scope.Scope, class Class, key pulumi.StringInput, parts ...string) (*cloudwatch.LogGroup, error) {
	return GroupNamed(ctx, parent, name, s, class, key, s.Name("aws:cloudwatch/logGroup:LogGroup", parts...))
}

// GroupNamed declares a log group whose name its writer prescribes. Declare it
// before the writer: a service makes a missing group itself, without key and for ever.
func GroupNamed(ctx *pulumi.Context, parent pulumi.Resource, name string, s scope.Scope, class Class, key pulumi.StringInput, physical string) (*cloudwatch.LogGroup, error) {
	return cloudwatch.NewLogGroup(ctx, name, &cloudwatch.LogGroupArgs{
		Name:            pulumi.String(physical),
		KmsKeyId:        key,
		RetentionInDays: pulumi.Int(retention[class]),
		Tags:            s.Holding(scope.Confidential).TagsWith(physical, map[string]string{"logClass": string(class)}),
	}, s.Child(parent)...)
}
