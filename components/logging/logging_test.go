package logging_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/components/keys"
	"tenant-runtime/components/logging"
	"tenant-runtime/components/storage"
	"tenant-runtime/regions"
	"tenant-runtime/rehearsal/sim/mock"
	"tenant-runtime/tests/identitytest"
	"tenant-runtime/tests/scopetest"
)

func declare(t *testing.T, cloud regions.Cloud, edit func(*logging.Args)) (*mock.Plan, error) {
	return mock.Try(t, "test", nil, func(ctx *pulumi.Context) error {
		s, err := scopetest.In(ctx, scopetest.Home(cloud, regions.CH))
		if err != nil {
			return err
		}
		k, err := keys.New(ctx, "cell-keys", keys.Args{Scope: s, Purposes: []keys.Purpose{keys.Storage, keys.Logs}})
		if err != nil {
			return err
		}
		st, err := storage.New(ctx, "cell-storage", storage.Args{Scope: s, Keys: k, Purposes: []storage.Purpose{storage.Logs, storage.Archive}})
		if err != nil {
			return err
		}
		args := logging.Args{Scope: s, Key: k.IDs[keys.Logs], Archive: st.Names[storage.Archive]}
		if edit != nil {
			edit(&args)
		}
		_, err = logging.New(ctx, "cell-logging", args)
		return err
	})
}

func TestTheTrailWaitsForItsArchive(t *testing.T) {
	plan, err := declare(t, regions.AWS, nil)
	require.NoError(t, err)
	trail, ok := plan.Find("aws:cloudtrail/trail:Trail", "cell-logging")
	require.True(t, ok)
	for _, kind := range []string{"aws:s3/bucketPolicy:BucketPolicy", "aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2"} {
		part, ok := plan.Find(kind, "cell-storage-archive")
		require.True(t, ok)
		assert.True(t, before(plan, trail)[part.URN], "%s", part.URN)
	}
	deliver, _ := plan.Find("aws:iam/rolePolicy:RolePolicy", "cell-logging")
	assert.True(t, before(plan, trail)[deliver.URN])
}

// before returns everything a resource waits for, directly or not.
func before(plan *mock.Plan, r mock.Resource) map[resource.URN]bool {
	on := map[resource.URN][]resource.URN{}
	for _, r := range plan.Resources {
		on[r.URN] = r.Dependencies
	}
	found := map[resource.URN]bool{}
	for queue := r.Dependencies; len(queue) > 0; queue = queue[1:] {
		if !found[queue[0]] {
			found[queue[0]] = true
			queue = append(queue, on[queue[0]]...)
		}
	}
	return found
}

// The archive admits the trail and the role obeys it: both know its ARN before it
// exists.
func TestTheTrailIsLetIn(t *testing.T) {
	plan, err := declare(t, regions.AWS, nil)
	require.NoError(t, err)
	trail, _ := plan.Find("aws:cloudtrail/trail:Trail", "cell-logging")
	archive, _ := plan.Find("aws:s3/bucketPolicy:BucketPolicy", "cell-storage-archive")
	role, _ := plan.Find("aws:iam/role:Role", "cell-logging")
	arn := trail.Outputs["arn"].StringValue()
	bucket := trail.Inputs["s3BucketName"].StringValue()
	for name, c := range map[string]struct {
		document, action, resource, source string
		want                               identitytest.Decision
	}{
		"the trail writes":   {archive.Inputs["policy"].StringValue(), "s3:PutObject", "arn:aws:s3:::" + bucket + "/AWSLogs/111111111111/CloudTrail/x", arn, identitytest.Allowed},
		"the trail assumes":  {role.Inputs["assumeRolePolicy"].StringValue(), "sts:AssumeRole", "", arn, identitytest.Allowed},
		"another one writes": {archive.Inputs["policy"].StringValue(), "s3:PutObject", "arn:aws:s3:::" + bucket + "/AWSLogs/111111111111/CloudTrail/x", "arn:aws:cloudtrail:eu-central-2:999999999999:trail/x", identitytest.Silent},
		"another one obeys":  {role.Inputs["assumeRolePolicy"].StringValue(), "sts:AssumeRole", "", "arn:aws:cloudtrail:eu-central-2:999999999999:trail/x", identitytest.Silent},
	} {
		t.Run(name, func(t *testing.T) {
			statements, err := identitytest.Parse(c.document)
			require.NoError(t, err)
			assert.Equal(t, c.want, identitytest.Decide(statements, identitytest.Request{Principal: "cloudtrail.amazonaws.com", Action: c.action, Resource: c.resource,
				Context: map[string]string{"aws:SourceArn": c.source, "aws:SourceAccount": "111111111111", "aws:SecureTransport": "true",
					"s3:x-amz-acl": "bucket-owner-full-control"}}))
		})
	}
}

// What is recorded must not be its own cause.
func TestTheArchiveIsTheOnlyStoreLeftOut(t *testing.T) {
	plan, err := declare(t, regions.AWS, nil)
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
		cloud regions.Cloud
		edit  func(*logging.Args)
		want  string
	}{
		"GCP":        {regions.GCP, nil, "not built on GCP yet"},
		"Azure":      {regions.Azure, nil, "not built on Azure yet"},
		"no key":     {regions.AWS, func(a *logging.Args) { a.Key = nil }, "key is not given"},
		"no archive": {regions.AWS, func(a *logging.Args) { a.Archive = nil }, "archive is not given"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := declare(t, c.cloud, c.edit)
			assert.ErrorContains(t, err, c.want)
		})
	}
}
