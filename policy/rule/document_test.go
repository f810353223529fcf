package rule

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/policy/iam"
)

type withPolicy struct {
	Policy Value[Policy] `prop:"policy"`
}

func document(t *testing.T, value any) (Policy, State) {
	return View[withPolicy](&Resource{props: wire(Props{"policy": value}).GetStructValue()}).Policy.Get()
}

func TestPolicyDocuments(t *testing.T) {
	p, state := document(t, `{"Statement":[
		{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"*"},
		{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"}]}`)
	require.Equal(t, Known, state)
	require.Len(t, p.Allows(), 1)
	assert.Equal(t, "policy.Statement[0].Principal", p.Allows()[0].Part("Principal").place().path)
	assert.True(t, p.SurelyDenies(iam.Request{Principal: iam.Anyone, Action: "s3:PutObject"}))
	assert.False(t, p.SurelyDenies(iam.Request{Principal: iam.Anyone, Action: "kms:Decrypt"}))
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
		_, state := View[withPolicy](res).Policy.Get()
		require.Equal(t, Known, state)
	}
	assert.Len(t, res.policies, 1)
}
