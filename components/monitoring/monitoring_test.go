package monitoring_test

import (
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/components/keys"
	"tenant-runtime/components/monitoring"
	"tenant-runtime/regions"
	"tenant-runtime/rehearsal/sim/mock"
	"tenant-runtime/tests/identitytest"
	"tenant-runtime/tests/scopetest"
)

const topicType = "aws:sns/topic:Topic"

// declare runs a program with a topic and an alarm that rings it.
func declare(t *testing.T, cloud regions.Cloud, law regions.Jurisdiction, edit func(*monitoring.Args)) (*mock.Plan, error) {
	return mock.Try(t, "test", nil, func(ctx *pulumi.Context) error {
		s, err := scopetest.In(ctx, scopetest.Home(cloud, law))
		if err != nil {
			return err
		}
		k, err := keys.New(ctx, "cell-keys", keys.Args{Scope: s, Purposes: []keys.Purpose{keys.Messaging}})
		if err != nil {
			return err
		}
		args := monitoring.Args{Scope: s, Key: k.IDs[keys.Messaging], Emails: []string{"team@example.com"}, SMS: []string{"+41791234567"}}
		if edit != nil {
			edit(&args)
		}
		m, err := monitoring.New(ctx, "cell-alarms", args)
		if err != nil {
			return err
		}
		_, err = cloudwatch.NewMetricAlarm(ctx, "consumer", &cloudwatch.MetricAlarmArgs{
			ComparisonOperator: pulumi.String("LessThanThreshold"), EvaluationPeriods: pulumi.Int(1), AlarmActions: pulumi.Array{m.Topic},
		}, pulumi.Provider(s.Home.Provider))
		return err
	})
}

func TestAlarmsReachPeopleByTwoChannels(t *testing.T) {
	for _, law := range regions.Jurisdictions {
		plan, err := declare(t, regions.AWS, law, nil)
		require.NoError(t, err)
		told := map[string]string{}
		for _, r := range plan.Of("aws:sns/topicSubscription:TopicSubscription") {
			told[r.Inputs["protocol"].StringValue()] = r.Inputs["endpoint"].StringValue()
		}
		assert.Equal(t, map[string]string{"email": "team@example.com", "sms": "+41791234567"}, told)
	}
}

func TestAlarmsWaitForThePolicy(t *testing.T) {
	plan, err := declare(t, regions.AWS, regions.CH, nil)
	require.NoError(t, err)
	alarm, _ := plan.Find("aws:cloudwatch/metricAlarm:MetricAlarm", "consumer")
	policy, _ := plan.Find("aws:sns/topicPolicy:TopicPolicy", "cell-alarms")
	assert.Contains(t, alarm.PropertyDependencies["alarmActions"], policy.URN)
}

func TestWhoMayRing(t *testing.T) {
	plan, err := declare(t, regions.AWS, regions.CH, nil)
	require.NoError(t, err)
	policy, _ := plan.Find("aws:sns/topicPolicy:TopicPolicy", "cell-alarms")
	statements, err := identitytest.Parse(policy.Inputs["policy"].StringValue())
	require.NoError(t, err)
	topic, _ := plan.Find(topicType, "cell-alarms")
	ours, theirs := map[string]string{"aws:SourceAccount": "111111111111"}, map[string]string{"aws:SourceAccount": "999999999999"}
	for name, c := range map[string]struct {
		principal string
		context   map[string]string
		want      identitytest.Decision
	}{
		"an alarm of ours":                    {"cloudwatch.amazonaws.com", ours, identitytest.Allowed},
		"somebody else's alarm":               {"cloudwatch.amazonaws.com", theirs, identitytest.Silent},
		"a database of ours":                  {"events.rds.amazonaws.com", ours, identitytest.Allowed},
		"EventBridge, which names no account": {"events.amazonaws.com", nil, identitytest.Allowed},
		"a role":                              {"arn:aws:iam::111111111111:role/x", ours, identitytest.Silent},
		"an alarm without TLS":                {"cloudwatch.amazonaws.com", map[string]string{"aws:SourceAccount": "111111111111", "aws:SecureTransport": "false"}, identitytest.Denied},
	} {
		t.Run(name, func(t *testing.T) {
			got := identitytest.Decide(statements, identitytest.Request{Principal: c.principal, Action: "sns:Publish", Resource: topic.Outputs["arn"].StringValue(), Context: c.context})
			assert.Equal(t, c.want, got)
		})
	}
	assert.NotEqual(t, resource.NewNullProperty(), topic.Inputs["kmsMasterKeyId"])
}

func TestRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		cloud regions.Cloud
		edit  func(*monitoring.Args)
		want  string
	}{
		"GCP":           {regions.GCP, nil, "not built on GCP yet"},
		"Azure":         {regions.Azure, nil, "not built on Azure yet"},
		"one channel":   {regions.AWS, func(a *monitoring.Args) { a.SMS = nil }, "both kinds"},
		"no key":        {regions.AWS, func(a *monitoring.Args) { a.Key = nil }, "key is not given"},
		"local number":  {regions.AWS, func(a *monitoring.Args) { a.SMS = []string{"0791234567"} }, `"0791234567" is not a number`},
		"named address": {regions.AWS, func(a *monitoring.Args) { a.Emails = []string{"Team <team@example.com>"} }, "not a plain e-mail address"},
		"mute region":   {regions.AWS, func(a *monitoring.Args) { a.Scope.Home.Region.Lacks = []string{"sns-sms"} }, "sends none"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := declare(t, c.cloud, regions.CH, c.edit)
			assert.ErrorContains(t, err, c.want)
		})
	}
}
