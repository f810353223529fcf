package storage_test

import (
	"maps"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/components/storage"
	storageaws "tenant-runtime/components/storage/aws"
	"tenant-runtime/regions"
	"tenant-runtime/rehearsal/sim/mock"
	"tenant-runtime/tests/identitytest"
	"tenant-runtime/tests/scopetest"
)

const (
	here    = "111111111111"
	someone = "arn:aws:iam::111111111111:role/someone"
)

// bucketPolicy returns a store's policy, and the names it speaks of.
func bucketPolicy(t *testing.T, plan *mock.Plan, store string) (statements []identitytest.Statement, bucket, key string) {
	t.Helper()
	policy, ok := plan.Find("aws:s3/bucketPolicy:BucketPolicy", store)
	require.True(t, ok)
	statements, err := identitytest.Parse(policy.Inputs["policy"].StringValue())
	require.NoError(t, err)
	encryption, ok := plan.Find("aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2", store)
	require.True(t, ok)
	byDefault := encryption.Inputs["rules"].ArrayValue()[0].ObjectValue()["applyServerSideEncryptionByDefault"].ObjectValue()
	if id, ok := byDefault["kmsMasterKeyId"]; ok {
		key = id.StringValue()
	}
	return statements, "arn:aws:s3:::" + policy.Inputs["bucket"].StringValue(), key
}

// request is a write by someone over TLS with no wish about encryption, changed
// by what a case says.
func request(action, resource string, changes map[string]string) identitytest.Request {
	context := map[string]string{"aws:SecureTransport": "true", "s3:TlsVersion": "1.3", "aws:PrincipalIsAWSService": "false"}
	maps.Copy(context, changes)
	return identitytest.Request{Principal: someone, Action: action, Resource: resource, Context: context}
}

func TestBucketsAskForTLSAndTheirKey(t *testing.T) {
	const algorithm, keyID = "s3:x-amz-server-side-encryption", "s3:x-amz-server-side-encryption-aws-kms-key-id"
	plan := declare(t, scopetest.Home(regions.AWS, regions.EU), nil, nil)
	policy, bucket, key := bucketPolicy(t, plan, "cell-storage-evidence")
	for name, c := range map[string]struct {
		changes map[string]string
		want    identitytest.Decision
	}{
		"the bucket's default":      {nil, identitytest.Silent},
		"the bucket's key, by name": {map[string]string{algorithm: "aws:kms", keyID: key}, identitytest.Silent},
		"another key":               {map[string]string{algorithm: "aws:kms", keyID: key + "0"}, identitytest.Denied},
		"Amazon's key":              {map[string]string{algorithm: "AES256"}, identitytest.Denied},
		"Amazon's key, a service":   {map[string]string{algorithm: "AES256", "aws:PrincipalIsAWSService": "true"}, identitytest.Silent},
		"a key sent along":          {map[string]string{"s3:x-amz-server-side-encryption-customer-algorithm": "AES256"}, identitytest.Denied},
		"plain HTTP":                {map[string]string{"aws:SecureTransport": "false"}, identitytest.Denied},
		"TLS 1.1":                   {map[string]string{"s3:TlsVersion": "1.1"}, identitytest.Denied},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, c.want, identitytest.Decide(policy, request("s3:PutObject", bucket+"/report.json", c.changes)))
		})
	}
}

func TestTenantsAreKeptApart(t *testing.T) {
	plan := declare(t, scopetest.Home(regions.AWS, regions.EU), nil, nil)
	const tag, through, prefix = "aws:PrincipalTag/tenant", "s3:DataAccessPointAccount", "s3:prefix"
	for name, c := range map[string]struct {
		store, action, path string
		context             map[string]string
		want                identitytest.Decision
	}{
		"own folder, by access point":    {"cell-storage-images", "s3:GetObject", "/tenants/beta/a", map[string]string{tag: "beta", through: here}, identitytest.Silent},
		"own folder, directly":           {"cell-storage-images", "s3:GetObject", "/tenants/beta/a", map[string]string{tag: "beta"}, identitytest.Denied},
		"another folder":                 {"cell-storage-images", "s3:GetObject", "/tenants/gamma/a", map[string]string{tag: "beta", through: here}, identitytest.Denied},
		"a folder that begins alike":     {"cell-storage-images", "s3:GetObject", "/tenants/beta2/a", map[string]string{tag: "beta", through: here}, identitytest.Denied},
		"no folder":                      {"cell-storage-images", "s3:PutObject", "/a", map[string]string{tag: "beta", through: here}, identitytest.Denied},
		"list own folder":                {"cell-storage-images", "s3:ListBucket", "", map[string]string{tag: "beta", through: here, prefix: "tenants/beta/"}, identitytest.Silent},
		"list another folder":            {"cell-storage-images", "s3:ListBucket", "", map[string]string{tag: "beta", through: here, prefix: "tenants/gamma/"}, identitytest.Denied},
		"list everything":                {"cell-storage-images", "s3:ListBucket", "", map[string]string{tag: "beta", through: here}, identitytest.Denied},
		"list old versions":              {"cell-storage-images", "s3:ListBucketVersions", "", map[string]string{tag: "beta", through: here}, identitytest.Denied},
		"the operator in any folder":     {"cell-storage-images", "s3:GetObject", "/tenants/beta/a", map[string]string{tag: "shared"}, identitytest.Silent},
		"a backup, which has no tag":     {"cell-storage-images", "s3:GetObject", "/tenants/beta/a", nil, identitytest.Silent},
		"a tenant reads the audit trail": {"cell-storage-archive", "s3:GetObject", "/AWSLogs/x", map[string]string{tag: "beta", through: here}, identitytest.Denied},
		"its own bucket":                 {"alpha-storage-attachments", "s3:GetObject", "/a", map[string]string{tag: "alpha"}, identitytest.Silent},
		"another tenant's bucket":        {"alpha-storage-attachments", "s3:GetObject", "/a", map[string]string{tag: "beta"}, identitytest.Denied},
	} {
		t.Run(name, func(t *testing.T) {
			policy, bucket, _ := bucketPolicy(t, plan, c.store)
			assert.Equal(t, c.want, identitytest.Decide(policy, request(c.action, bucket+c.path, c.context)))
		})
	}
}

func TestServicesDeliverForUsOnly(t *testing.T) {
	home := scopetest.Home(regions.AWS, regions.EU)
	plan := declare(t, home, nil, nil)
	trail := func(account string) map[string]string {
		return map[string]string{"aws:SourceArn": "arn:aws:cloudtrail:" + string(home.ID) + ":" + account + ":trail/eu"}
	}
	source := func(account, bucket string) map[string]string {
		return map[string]string{"aws:SourceAccount": account, "aws:SourceArn": "arn:aws:s3:::" + bucket}
	}
	for name, c := range map[string]struct {
		store, service, action, path string
		context                      map[string]string
		want                         identitytest.Decision
	}{
		"our trail":                  {"archive", "cloudtrail.amazonaws.com", "s3:PutObject", "/AWSLogs/" + here + "/CloudTrail/x", trail(here), identitytest.Allowed},
		"our trail looks first":      {"archive", "cloudtrail.amazonaws.com", "s3:GetBucketAcl", "", trail(here), identitytest.Allowed},
		"our trail reads back":       {"archive", "cloudtrail.amazonaws.com", "s3:GetObject", "/AWSLogs/" + here + "/CloudTrail/x", trail(here), identitytest.Silent},
		"somebody's trail":           {"archive", "cloudtrail.amazonaws.com", "s3:PutObject", "/AWSLogs/" + here + "/CloudTrail/x", trail("999999999999"), identitytest.Silent},
		"our load balancer":          {"logs", "logdelivery.elasticloadbalancing.amazonaws.com", "s3:PutObject", "/alb/AWSLogs/" + here + "/x", nil, identitytest.Allowed},
		"somebody's load balancer":   {"logs", "logdelivery.elasticloadbalancing.amazonaws.com", "s3:PutObject", "/alb/AWSLogs/999999999999/x", nil, identitytest.Silent},
		"access to our bucket":       {"logs", "logging.s3.amazonaws.com", "s3:PutObject", "/s3/eu-images/x", source(here, "eu-images"), identitytest.Allowed},
		"access to another stack's":  {"logs", "logging.s3.amazonaws.com", "s3:PutObject", "/s3/more-eu-images/x", source(here, "more-eu-images"), identitytest.Allowed},
		"access to somebody's":       {"logs", "logging.s3.amazonaws.com", "s3:PutObject", "/s3/eu-images/x", source("999999999999", "eu-images"), identitytest.Silent},
		"a configuration snapshot":   {"logs", "config.amazonaws.com", "s3:PutObject", "/config/AWSLogs/" + here + "/Config/x", source(here, ""), identitytest.Allowed},
		"a delivery where none goes": {"images", "logging.s3.amazonaws.com", "s3:PutObject", "/s3/eu-images/x", source(here, "eu-images"), identitytest.Silent},
	} {
		t.Run(name, func(t *testing.T) {
			policy, bucket, _ := bucketPolicy(t, plan, "cell-storage-"+c.store)
			r := request(c.action, bucket+c.path, c.context)
			r.Principal, r.Context["aws:PrincipalIsAWSService"] = c.service, "true"
			assert.Equal(t, c.want, identitytest.Decide(policy, r))
		})
	}
}

// Two changes of one bucket at the same moment would be answered 409.
func TestBucketSettingsComeOneAfterTheOther(t *testing.T) {
	plan := declare(t, scopetest.Home(regions.AWS, regions.EU), nil, nil)
	before := map[string]int{} // resources of the bucket that a setting waits for
	for _, r := range plan.Resources {
		if r.Custom && r.Name == "cell-storage-evidence" {
			waits := 0
			for urn := range scopetest.Waits(plan, r.URN) {
				if urn.Name() == r.Name && urn != r.URN {
					waits++
				}
			}
			before[r.Type] = waits
		}
	}
	seen := map[int]string{}
	for kind, n := range before {
		assert.Empty(t, seen[n], "%s and %s may run together", kind, seen[n])
		seen[n] = kind
	}
	assert.Len(t, seen, 9)
}

func TestAccessPoint(t *testing.T) {
	plan := declare(t, scopetest.Home(regions.AWS, regions.EU), nil, func(ctx *pulumi.Context, r runtime) error {
		provider := pulumi.Provider(r.scope.Place.Provider)
		vpc, role := &pulumi.CustomResourceState{}, &pulumi.CustomResourceState{}
		if err := ctx.RegisterResource("aws:ec2/vpc:Vpc", "net", pulumi.Map{"cidrBlock": pulumi.String("10.0.0.0/16")}, vpc, provider); err != nil {
			return err
		}
		if err := ctx.RegisterResource("aws:iam/role:Role", "app", pulumi.Map{
			"name": pulumi.String("someone"), "assumeRolePolicy": pulumi.String(`{"Version":"2012-10-17","Statement":[]}`),
		}, role, provider); err != nil {
			return err
		}
		args := storageaws.AccessPointArgs{
			Scope: r.scope.For("beta"), Stores: r.cell, Purpose: storage.Attachments, VPC: vpc.ID(), Role: pulumi.Sprintf("arn:aws:iam::%s:role/%s", here, role.ID()),
		}
		if _, err := storageaws.NewAccessPoint(ctx, "files", args, provider); err != nil {
			return err
		}
		args.Purpose = storage.Archive
		_, err := storageaws.NewAccessPoint(ctx, "archive", args, provider)
		assert.ErrorContains(t, err, `there is no folder of tenant "beta" in "archive"`)
		return nil
	})
	point, ok := plan.Find("aws:s3/accessPoint:AccessPoint", "files")
	require.True(t, ok)
	net, _ := plan.Find("aws:ec2/vpc:Vpc", "net")
	assert.Equal(t, net.ID, point.Inputs["vpcConfiguration"].ObjectValue()["vpcId"].StringValue())
	policy, err := identitytest.Parse(point.Inputs["policy"].StringValue())
	require.NoError(t, err)
	arn := point.Outputs["arn"].StringValue()
	for _, c := range []struct {
		principal, action, resource, prefix string
		want                                identitytest.Decision
	}{
		{someone, "s3:GetObject", arn + "/object/tenants/beta/a", "", identitytest.Allowed},
		{someone, "s3:GetObject", arn + "/object/tenants/gamma/a", "", identitytest.Silent},
		{someone + "else", "s3:GetObject", arn + "/object/tenants/beta/a", "", identitytest.Silent},
		{someone, "s3:ListBucket", arn, "tenants/beta/", identitytest.Allowed},
		{someone, "s3:ListBucket", arn, "tenants/", identitytest.Silent},
		{someone, "s3:PutBucketPolicy", arn, "", identitytest.Silent},
	} {
		r := request(c.action, c.resource, map[string]string{"s3:prefix": c.prefix})
		r.Principal = c.principal
		assert.Equal(t, c.want, identitytest.Decide(policy, r), "%+v", c)
	}
}
