package monitoring_test

import (
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/components/keys"
	keysaws "tenant-runtime/components/keys/aws"
	"tenant-runtime/components/monitoring"
	monitoringaws "tenant-runtime/components/monitoring/aws"
	"tenant-runtime/components/value"
	"tenant-runtime/regions"
	"tenant-runtime/rehearsal/sim/mock"
	"tenant-runtime/tests/identitytest"
	"tenant-runtime/tests/scopetest"
)

const topicType = "aws:sns/topic:Topic"

// declare runs a program with a topic and an alarm that notifies it.
func declare(t *testing.T, law regions.Jurisdiction, edit func(*monitoring.Args)) (*mock.Plan, error) {
	return mock.Try(t, "test", nil, func(ctx *pulumi.Context) error {
		s, err := scopetest.In(ctx, scopetest.Home(regions.AWS, law))
		if err != nil {
			return err
		}
		k, err := keysaws.New(ctx, "cell-keys", keys.Args{Scope: s, Purposes: []keys.Purpose{keys.Messaging}})
		if err != nil {
			return err
		}
		args := monitoring.Args{Scope: s, Keys: k, Emails: []value.Email{"team@example.com"}, SMS: []value.Phone{"+41791234567"}}
		if edit != nil {
			edit(&args)
		}
		m, err := monitoringaws.New(ctx, "cell-alarms", args)
		if err != nil {
			return err
		}
		_, err = cloudwatch.NewMetricAlarm(ctx, "consumer", &cloudwatch.MetricAlarmArgs{
			ComparisonOperator: pulumi.String("LessThanThreshold"), EvaluationPeriods: pulumi.Int(1), AlarmActions: pulumi.Array{m.Topic},
		}, pulumi.Provider(s.Place.Provider))
		return err
	})
}

func TestAlarmsReachPeopleByTwoChannels(t *testing.T) {
	for _, law := range regions.Jurisdictions {
		plan, err := declare(t, law, nil)
		require.NoError(t, err)
		told := map[string]string{}
		for _, r := range plan.Of("aws:sns/topicSubscription:TopicSubscription") {
			told[r.Inputs["protocol"].StringValue()] = r.Inputs["endpoint"].StringValue()
		}
		assert.Equal(t, map[string]string{"email": "team@example.com", "sms": "+41791234567"}, told)
	}
}

func TestAlarmsWaitForThePolicy(t *testing.T) {
	plan, err := declare(t, regions.CH, nil)
	require.NoError(t, err)
	alarm, _ := plan.Find("aws:cloudwatch/metricAlarm:MetricAlarm", "consumer")
	policy, _ := plan.Find("aws:sns/topicPolicy:TopicPolicy", "cell-alarms")
	assert.Contains(t, alarm.PropertyDependencies["alarmActions"], policy.URN)
}

func TestWhoMayNotify(t *testing.T) {
	plan, err := declare(t, regions.CH, nil)
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
		edit func(*monitoring.Args)
		want string
	}{
		"one channel": {func(a *monitoring.Args) { a.SMS = nil }, "must both be given"},
		"no key":      {func(a *monitoring.Args) { a.Keys = nil }, `there is no key for "messaging"`},
		"no owner":    {func(a *monitoring.Args) { a.Scope.Owner = "" }, "scope lacks Owner"},
		"mute region": {func(a *monitoring.Args) { a.Scope.Place.Region.Lacks = []string{"sns-sms"} }, "sends no SMS"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := declare(t, regions.CH, c.edit)
			assert.ErrorContains(t, err, c.want)
		})
	}
}
