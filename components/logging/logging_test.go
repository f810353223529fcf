package logging_test

import (
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/s3"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/components/keys"
	keysaws "tenant-runtime/components/keys/aws"
	"tenant-runtime/components/logging"
	loggingaws "tenant-runtime/components/logging/aws"
	"tenant-runtime/components/scope"
	"tenant-runtime/regions"
	"tenant-runtime/rehearsal/sim/mock"
	"tenant-runtime/tests/identitytest"
	"tenant-runtime/tests/scopetest"
)

// declare runs a program with an audit trail, and with an archive that is open to
// be written to only after its policy stands.
func declare(t *testing.T, edit func(*logging.Args)) (*mock.Plan, error) {
	return mock.Try(t, "test", nil, func(ctx *pulumi.Context) error {
		s, err := scopetest.In(ctx, scopetest.Home(regions.AWS, regions.CH))
		if err != nil {
			return err
		}
		k, err := keysaws.New(ctx, "cell-keys", keys.Args{Scope: s, Purposes: []keys.Purpose{keys.Logs}})
		if err != nil {
			return err
		}
		bucket, err := s3.NewBucketV2(ctx, "archive", &s3.BucketV2Args{Bucket: pulumi.String("archive")}, pulumi.Provider(s.Place.Provider))
		if err != nil {
			return err
		}
		policy, err := s3.NewBucketPolicy(ctx, "archive", &s3.BucketPolicyArgs{Bucket: bucket.Bucket, Policy: pulumi.String("{}")}, pulumi.Provider(s.Place.Provider))
		if err != nil {
			return err
		}
		args := logging.Args{Scope: s, Keys: k, Archive: scope.After(bucket.Bucket, policy)}
		if edit != nil {
			edit(&args)
		}
		_, err = loggingaws.New(ctx, "cell-logging", args)
		return err
	})
}

func TestTheTrailWaits(t *testing.T) {
	plan, err := declare(t, nil)
	require.NoError(t, err)
	trail, ok := plan.Find("aws:cloudtrail/trail:Trail", "cell-logging")
	require.True(t, ok)
	for kind, name := range map[string]string{"aws:s3/bucketPolicy:BucketPolicy": "archive", "aws:iam/rolePolicy:RolePolicy": "cell-logging"} {
		first, ok := plan.Find(kind, name)
		require.True(t, ok)
		assert.True(t, scopetest.Waits(plan, trail.URN)[first.URN], "%s", first.URN)
	}
}

// The role obeys the trail, whose ARN it knows before the trail exists.
func TestTheRoleObeysThisTrailOnly(t *testing.T) {
	plan, err := declare(t, nil)
	require.NoError(t, err)
	trail, _ := plan.Find("aws:cloudtrail/trail:Trail", "cell-logging")
	role, _ := plan.Find("aws:iam/role:Role", "cell-logging")
	statements, err := identitytest.Parse(role.Inputs["assumeRolePolicy"].StringValue())
	require.NoError(t, err)
	arn := trail.Outputs["arn"].StringValue()
	for name, c := range map[string]struct {
		source, account string
		want            identitytest.Decision
	}{
		"this trail":            {arn, "111111111111", identitytest.Allowed},
		"another trail of ours": {arn + "-2", "111111111111", identitytest.Silent},
		"another customer's":    {arn, "999999999999", identitytest.Silent},
		"none that it names":    {"", "111111111111", identitytest.Silent},
	} {
		t.Run(name, func(t *testing.T) {
			got := identitytest.Decide(statements, identitytest.Request{Principal: "cloudtrail.amazonaws.com", Action: "sts:AssumeRole",
				Context: map[string]string{"aws:SourceArn": c.source, "aws:SourceAccount": c.account}})
			assert.Equal(t, c.want, got)
		})
	}
}

func TestLogsAreKeptByClass(t *testing.T) {
	plan, err := declare(t, nil)
	require.NoError(t, err)
	group, ok := plan.Find("aws:cloudwatch/logGroup:LogGroup", "cell-logging")
	require.True(t, ok)
	assert.Equal(t, float64(logging.Security.Days()), group.Inputs["retentionInDays"].NumberValue())
	assert.GreaterOrEqual(t, logging.Security.Days(), 365, "LOG-06")
	assert.Panics(t, func() { logging.Class("secruity").Days() }, "a retention of none would keep a log for ever")
}

// What is recorded must not be its own cause.
func TestTheArchiveIsTheOnlyStoreLeftOut(t *testing.T) {
	plan, err := declare(t, nil)
	require.NoError(t, err)
	trail, _ := plan.Find("aws:cloudtrail/trail:Trail", "cell-logging")
	var left []string
	for _, selector := range trail.Inputs["advancedEventSelectors"].ArrayValue() {
		for _, field := range selector.ObjectValue()["fieldSelectors"].ArrayValue() {
			for _, value := range values(field.ObjectValue()["notStartsWiths"]) {
				left = append(left, value.StringValue())
			}
		}
	}
	assert.Equal(t, []string{"arn:aws:s3:::" + trail.Inputs["s3BucketName"].StringValue() + "/"}, left)
}

func values(v resource.PropertyValue) []resource.PropertyValue {
	if !v.IsArray() {
		return nil
	}
	return v.ArrayValue()
}

func TestRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		edit func(*logging.Args)
		want string
	}{
		"no key":     {func(a *logging.Args) { a.Keys = nil }, `there is no key for "logs"`},
		"no archive": {func(a *logging.Args) { a.Archive = pulumi.StringOutput{} }, "archive is not given"},
		"no owner":   {func(a *logging.Args) { a.Scope.Owner = "" }, "scope lacks Owner"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := declare(t, c.edit)
			assert.ErrorContains(t, err, c.want)
		})
	}
}
