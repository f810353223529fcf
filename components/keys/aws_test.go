package keys_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/components/keys"
	"tenant-runtime/components/scope"
	"tenant-runtime/components/value"
	"tenant-runtime/policy/iam"
	"tenant-runtime/regions"
	"tenant-runtime/tests/identitytest"
	"tenant-runtime/tests/scopetest"
)

const (
	here    = "111111111111"
	abroad  = "999999999999"
	someone = "arn:aws:iam::111111111111:role/someone"
)

// keyPolicies returns the policies of a tenant's keys, by purpose, and the region.
func keyPolicies(t *testing.T, tenant value.Tenant) (map[keys.Purpose][]identitytest.Statement, string) {
	t.Helper()
	home := scopetest.Home(regions.AWS, regions.EU)
	plan, err := declare(t, home, everything, func(s *scope.Scope) { s.Tenant = tenant })
	require.NoError(t, err)
	policies := map[keys.Purpose][]identitytest.Statement{}
	for _, purpose := range everything {
		key, ok := plan.Find("aws:kms/key:Key", "cell-keys-"+string(purpose))
		require.True(t, ok)
		policies[purpose], err = identitytest.Parse(key.Inputs["policy"].StringValue())
		require.NoError(t, err)
	}
	return policies, string(home.ID)
}

func TestWhoMayUseAKey(t *testing.T) {
	policies, region := keyPolicies(t, "alpha")
	through := func(service string) map[string]string {
		return map[string]string{"kms:CallerAccount": here, "kms:ViaService": service + "." + region + ".amazonaws.com"}
	}
	with := func(context map[string]string, key, value string) map[string]string {
		context[key] = value
		return context
	}
	logGroup := func(account string) map[string]string {
		return map[string]string{"kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:" + region + ":" + account + ":log-group:/eu/flows"}
	}
	topic := func(account string) map[string]string {
		return map[string]string{"kms:EncryptionContext:aws:sns:topicArn": "arn:aws:sns:" + region + ":" + account + ":alarms"}
	}
	trail := func(account string) map[string]string {
		return map[string]string{"aws:SourceArn": "arn:aws:cloudtrail:" + region + ":" + account + ":trail/eu"}
	}
	for name, c := range map[string]struct {
		purpose           keys.Purpose
		principal, action string
		context           map[string]string
		want              identitytest.Decision
	}{
		"a role through S3":                      {keys.Storage, someone, "kms:Decrypt", through("s3"), identitytest.Allowed},
		"a role, directly":                       {keys.Storage, someone, "kms:Decrypt", map[string]string{"kms:CallerAccount": here}, identitytest.Silent},
		"a role through another service":         {keys.Storage, someone, "kms:Decrypt", through("secretsmanager"), identitytest.Silent},
		"a role of another account":              {keys.Storage, "arn:aws:iam::" + abroad + ":role/x", "kms:Decrypt", through("s3"), identitytest.Silent},
		"the key's own tenant":                   {keys.Storage, someone, "kms:Decrypt", with(through("s3"), "aws:PrincipalTag/tenant", "alpha"), identitytest.Allowed},
		"another tenant":                         {keys.Storage, someone, "kms:Decrypt", with(through("s3"), "aws:PrincipalTag/tenant", "beta"), identitytest.Denied},
		"RDS, for itself":                        {keys.Database, someone, "kms:CreateGrant", with(through("rds"), "kms:GrantIsForAWSResource", "true"), identitytest.Allowed},
		"a grant for a person":                   {keys.Database, someone, "kms:CreateGrant", with(through("rds"), "kms:GrantIsForAWSResource", "false"), identitytest.Silent},
		"a grant where none is needed":           {keys.Messaging, someone, "kms:CreateGrant", with(through("sns"), "kms:GrantIsForAWSResource", "true"), identitytest.Silent},
		"CloudWatch Logs, our group":             {keys.Logs, "logs." + region + ".amazonaws.com", "kms:Encrypt", logGroup(here), identitytest.Allowed},
		"CloudWatch Logs, somebody's group":      {keys.Logs, "logs." + region + ".amazonaws.com", "kms:Encrypt", logGroup(abroad), identitytest.Silent},
		"CloudTrail, our trail":                  {keys.Logs, "cloudtrail.amazonaws.com", "kms:GenerateDataKey", trail(here), identitytest.Allowed},
		"CloudTrail looks at the key":            {keys.Logs, "cloudtrail.amazonaws.com", "kms:DescribeKey", trail(here), identitytest.Allowed},
		"CloudTrail, somebody's trail":           {keys.Logs, "cloudtrail.amazonaws.com", "kms:GenerateDataKey", trail(abroad), identitytest.Silent},
		"EventBridge, which names no source":     {keys.Messaging, "events.amazonaws.com", "kms:GenerateDataKey", topic(here), identitytest.Allowed},
		"EventBridge, to somebody's topic":       {keys.Messaging, "events.amazonaws.com", "kms:GenerateDataKey", topic(abroad), identitytest.Silent},
		"an alarm":                               {keys.Messaging, "cloudwatch.amazonaws.com", "kms:Decrypt", topic(here), identitytest.Allowed},
		"an alarm, with the key of the database": {keys.Database, "cloudwatch.amazonaws.com", "kms:Decrypt", topic(here), identitytest.Silent},
		"an administrator names the key":         {keys.Storage, someone, "kms:CreateAlias", nil, identitytest.Allowed},
		"an administrator ends rotation":         {keys.Storage, someone, "kms:DisableKeyRotation", nil, identitytest.Silent},
	} {
		t.Run(name, func(t *testing.T) {
			got := identitytest.Decide(policies[c.purpose], identitytest.Request{Principal: c.principal, Action: c.action, Resource: "key", Context: c.context})
			assert.Equal(t, c.want, got)
		})
	}
}

// What administers cannot use, whatever it asks for and however (ENC-09).
func TestAdministrationAndUseAreDisjoint(t *testing.T) {
	policies, _ := keyPolicies(t, value.Shared)
	for purpose, statements := range policies {
		actions := map[string]string{}
		for _, s := range statements {
			require.True(t, s.Allow, "a shared key needs no denial")
			require.False(t, s.Everyone())
			for _, action := range s.Actions {
				if kind := s.Sid; kind == "Administer" || kind == "UseForCaller" {
					assert.Empty(t, actions[action], "%s: %s both administers and uses", purpose, action)
					actions[action] = kind
				}
			}
			if s.Sid != "Administer" {
				assert.NotEmpty(t, s.Conditions, "%s: %s is bound to nothing", purpose, s.Sid)
			}
		}
	}
}

// A key without users could not be told from one that is forgotten here.
func TestEveryPurposeHasUsers(t *testing.T) {
	policies, _ := keyPolicies(t, value.Shared)
	for purpose, statements := range policies {
		for _, s := range statements {
			if s.Sid == "UseForCaller" {
				assert.True(t, slices.ContainsFunc(s.Conditions, func(c iam.Condition) bool {
					return c.Operator == "StringEquals" && c.Key == "kms:viaservice" && len(c.Values) > 0
				}), "%s", purpose)
			}
		}
	}
}
