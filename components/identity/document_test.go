package identity_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/components/identity"
	"tenant-runtime/tests/identitytest"
)

// text resolves an output that depends on nothing.
func text(t *testing.T, d identity.Document) string {
	t.Helper()
	got := make(chan string, 1)
	d.JSON().ApplyT(func(s string) string { got <- s; return s })
	return <-got
}

func TestDocumentIsTheSameEveryTime(t *testing.T) {
	doc := identity.Document{{
		Sid: "Write", Principal: identity.Principal{Services: []string{"logs.amazonaws.com"}, AWS: identity.Strings("arn:aws:iam::111111111111:root")},
		Actions: []string{"s3:PutObject"}, Resources: pulumi.StringArray{pulumi.String("arn:aws:s3:::b/*")},
		Condition: identity.Condition{"StringEquals": {"aws:SourceAccount": identity.Strings("111111111111")}},
	}, {
		Deny: true, Principal: identity.Principal{Everyone: true}, Actions: []string{"s3:*"}, Except: identity.Strings("arn:aws:s3:::b/own/*"),
	}}
	want := `{"Statement":[` +
		`{"Action":["s3:PutObject"],"Condition":{"StringEquals":{"aws:SourceAccount":["111111111111"]}},"Effect":"Allow",` +
		`"Principal":{"AWS":["arn:aws:iam::111111111111:root"],"Service":["logs.amazonaws.com"]},"Resource":["arn:aws:s3:::b/*"],"Sid":"Write"},` +
		`{"Action":["s3:*"],"Effect":"Deny","NotResource":["arn:aws:s3:::b/own/*"],"Principal":"*"}],"Version":"2012-10-17"}`
	for range 20 {
		require.Equal(t, want, text(t, doc))
	}
}

func TestDocumentRefusesToAllowTooMuch(t *testing.T) {
	read := []string{"s3:GetObject"}
	for name, s := range map[string]identity.Statement{
		"everyone":             {Principal: identity.Principal{Everyone: true}, Actions: read},
		"everyone, in letters": {Principal: identity.Principal{AWS: identity.Strings("*")}, Actions: read},
		"every action":         {Actions: []string{"*"}},
		"all but a few":        {Actions: read, Except: identity.Strings("arn:aws:s3:::b/*")},
	} {
		t.Run(name, func(t *testing.T) {
			s.Sid = "Wide"
			assert.Panics(t, func() { identity.Document{s}.JSON() })
		})
	}
}

func TestOfAnotherTenant(t *testing.T) {
	doc := identity.Document{identity.Deny("", identity.Strings("*"), identity.OfAnotherTenant("alpha"), "kms:Decrypt")}
	statements, err := identitytest.Parse(text(t, doc))
	require.NoError(t, err)
	for tag, want := range map[string]identitytest.Decision{
		"beta":   identitytest.Denied,
		"alpha":  identitytest.Silent,
		"shared": identitytest.Silent,
		"":       identitytest.Silent, // without the tag
	} {
		context := map[string]string{}
		if tag != "" {
			context["aws:PrincipalTag/tenant"] = tag
		}
		got := identitytest.Decide(statements, identitytest.Request{Action: "kms:Decrypt", Resource: "key", Context: context})
		assert.Equal(t, want, got, "tenant %q", tag)
	}
}

// A role without a source would be assumed for another customer too.
func TestTrustIsForOurAccountOnly(t *testing.T) {
	const account, trail = "111111111111", "arn:aws:cloudtrail:eu-central-1:111111111111:trail/eu"
	for name, c := range map[string]struct {
		sources         []string
		account, source string
		want            identitytest.Decision
	}{
		"our account":                {nil, account, trail, identitytest.Allowed},
		"another customer's":         {nil, "999999999999", trail, identitytest.Silent},
		"nobody's":                   {nil, "", "", identitytest.Silent},
		"the source":                 {[]string{trail}, account, trail, identitytest.Allowed},
		"another source of ours":     {[]string{trail}, account, trail + "-2", identitytest.Silent},
		"the source, by a pattern":   {[]string{"arn:aws:cloudtrail:*:111111111111:trail/*"}, account, trail, identitytest.Allowed},
		"no source that it names":    {[]string{trail}, account, "", identitytest.Silent},
		"a source without its owner": {[]string{trail}, "", trail, identitytest.Silent},
	} {
		t.Run(name, func(t *testing.T) {
			statements, err := identitytest.Parse(text(t, identity.Trust("cloudtrail.amazonaws.com", account, c.sources...)))
			require.NoError(t, err)
			context := map[string]string{}
			if c.account != "" {
				context["aws:SourceAccount"] = c.account
			}
			if c.source != "" {
				context["aws:SourceArn"] = c.source
			}
			got := identitytest.Decide(statements, identitytest.Request{Principal: "cloudtrail.amazonaws.com", Action: "sts:AssumeRole", Context: context})
			assert.Equal(t, c.want, got)
		})
	}
}
