package aws

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lb"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// alarm is a metric of the edge and the value at which a person is notified.
type alarm struct {
	name, says        string
	namespace, metric string
	dimensions        pulumi.StringMap
	statistic, when   string
	threshold, period int // period in seconds
}

// alarms are raised at the entry point (EDG-07, LOG-10).
func (b builder) alarms(balancer *lb.LoadBalancer, certificate pulumi.StringOutput) error {
	ofBalancer := pulumi.StringMap{"LoadBalancer": balancer.ArnSuffix}
	for _, a := range []alarm{
		{
			name: "blocked", says: "The firewall blocks more than usual: someone is trying",
			namespace: "AWS/WAFV2", metric: "BlockedRequests",
			dimensions: pulumi.StringMap{"WebACL": pulumi.String(b.firewallName()), "Region": pulumi.String(string(b.Scope.Place.Region.ID)), "Rule": pulumi.String("ALL")},
			statistic:  "Sum", when: "GreaterThanThreshold", threshold: 500, period: 300,
		},
		{
			name: "errors", says: "The edge itself answers with errors",
			namespace: "AWS/ApplicationELB", metric: "HTTPCode_ELB_5XX_Count", dimensions: ofBalancer,
			statistic: "Sum", when: "GreaterThanThreshold", threshold: 50, period: 300,
		},
		{
			name: "workload-errors", says: "Workloads answer with errors",
			namespace: "AWS/ApplicationELB", metric: "HTTPCode_Target_5XX_Count", dimensions: ofBalancer,
			statistic: "Sum", when: "GreaterThanThreshold", threshold: 50, period: 300,
		},
		{
			name: "certificate", says: "The certificate was not renewed: check that the validation records stand",
			namespace: "AWS/CertificateManager", metric: "DaysToExpiry", dimensions: pulumi.StringMap{"CertificateArn": certificate},
			statistic: "Minimum", when: "LessThanThreshold", threshold: 30, period: 86400, // ACM begins to renew 45 days or more before the end
		},
	} {
		physical := b.Scope.Name("aws:cloudwatch/metricAlarm:MetricAlarm", "edge", a.name)
		_, err := cloudwatch.NewMetricAlarm(b.Ctx, b.Named(a.name), &cloudwatch.MetricAlarmArgs{
			Name:               pulumi.String(physical),
			AlarmDescription:   pulumi.String(a.says),
			Namespace:          pulumi.String(a.namespace),
			MetricName:         pulumi.String(a.metric),
			Dimensions:         a.dimensions,
			Statistic:          pulumi.String(a.statistic),
			ComparisonOperator: pulumi.String(a.when),
			Threshold:          pulumi.Float64(a.threshold),
			Period:             pulumi.Int(a.period),
			EvaluationPeriods:  pulumi.Int(1),
			TreatMissingData:   pulumi.String("notBreaching"), // nothing blocked, nothing failed: no data
			ActionsEnabled:     pulumi.Bool(true),
			AlarmActions:       pulumi.Array{b.Args.Home.Alarms.Topic},
			OkActions:          pulumi.Array{b.Args.Home.Alarms.Topic},
			Tags:               b.Scope.Tags(physical),
		}, b.Child()...)
		if err != nil {
			return err
		}
	}
	return nil
}
