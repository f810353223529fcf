package rule

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

type guarded struct {
	Policy Value[Policy] `prop:"policy"`
}

func document(t *testing.T, value any) (Policy, State) {
	return View[guarded](&Resource{props: wire(Props{"policy": value}).GetStructValue()}).Policy.Get()
}

func TestPolicyDocuments(t *testing.T) {
	p, state := document(t, `{"Statement":[
		{"Effect":"Allow","Principal":{"AWS":["arn:aws:iam::1:root"],"Service":"logs.amazonaws.com"},"Action":"kms:*","Resource":"*",
		 "Condition":{"Bool":{"aws:SecureTransport":false},"StringEquals":{"kms:ViaService":["a","b"]}}},
		{"Effect":"Deny","Principal":"*","NotAction":["s3:Get*"],"NotResource":"arn:x"}]}`)
	require.Equal(t, Known, state)
	allow, deny := p.Allows()[0], p.Denies()[0]

	assert.Equal(t, []Principal{{"AWS", "arn:aws:iam::1:root"}, {"Service", "logs.amazonaws.com"}}, allow.Principals)
	assert.Equal(t, []string{"kms:*"}, allow.Actions)
	assert.Equal(t, []Condition{{"StringEquals", "kms:viaservice", []string{"a", "b"}}}, allow.Condition("kms:Via*"))
	assert.Equal(t, []string{"false"}, allow.Condition("aws:SecureTransport")[0].Values)
	assert.True(t, allow.Covers("kms:Decrypt"))
	assert.True(t, allow.Names("kms:Decrypt"))
	assert.False(t, allow.Covers("s3:GetObject"))
	assert.False(t, allow.Everyone())

	assert.True(t, deny.Everyone())
	assert.True(t, deny.Covers("s3:PutObject"))
	assert.False(t, deny.Covers("S3:GetObject"))
	assert.Equal(t, "policy.Statement[1].Principal", deny.Part("Principal").place().path)
}

func TestPolicyDocumentsThatAreNone(t *testing.T) {
	for name, c := range map[string]struct {
		value any
		want  State
	}{
		"an object":            {Props{"Statement": Props{"Effect": "Allow", "Action": "*"}}, Known},
		"an object, part open": {Props{"Statement": Props{"Effect": "Allow", "Resource": Unknown}}, Unknown},
		"unknown":              {Unknown, Unknown},
		"broken":               {`{"Statement":[`, Malformed},
		"another document":     {`{"a":1}`, Malformed},
		"a wrong effect":       {`{"Statement":{"Effect":"allow"}}`, Malformed},
	} {
		t.Run(name, func(t *testing.T) {
			_, state := document(t, c.value)
			assert.Equal(t, c.want, state)
		})
	}
}

func TestADocumentIsReadOnce(t *testing.T) {
	res := &Resource{props: wire(Props{"policy": `{"Statement":{"Effect":"Allow","Action":"*"}}`}).GetStructValue()}
	for range 2 {
		_, state := View[guarded](res).Policy.Get()
		require.Equal(t, Known, state)
	}
	assert.Len(t, res.policies, 1)
}

func TestLike(t *testing.T) {
	for _, c := range []struct {
		pattern, text string
		want          bool
	}{
		{"*", "anything", true}, {"kms:*", "KMS:Decrypt", true}, {"kms:De*pt", "kms:Decrypt", true}, {"kms:D?crypt", "kms:Decrypt", true},
		{"kms:Encrypt", "kms:Decrypt", false}, {"", "", true}, {"", "x", false}, {"a*b*c", "axxbxx", false}, {"a*b*c", "axxbxxc", true},
	} {
		assert.Equal(t, c.want, like(c.pattern, c.text), "%s on %s", c.pattern, c.text)
	}
}
