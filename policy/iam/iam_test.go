package iam

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func parse(t *testing.T, text string) Document {
	doc, err := Parse([]byte(text))
	require.NoError(t, err)
	return doc
}

func TestParse(t *testing.T) {
	doc := parse(t, `{"Version":"2012-10-17","Id":"x","Statement":[
		{"Sid":"a","Effect":"Allow","Principal":{"AWS":["arn:aws:iam::1:root"],"Service":"logs.amazonaws.com"},"Action":"kms:*","Resource":"*",
		 "Condition":{"Bool":{"aws:SecureTransport":false},"StringEquals":{"kms:ViaService":["a","b"]}}},
		{"Effect":"Deny","Principal":"*","NotAction":["s3:Get*"],"NotResource":"arn:x"}]}`)
	allow, deny := doc.Statements[0], doc.Statements[1]
	assert.Equal(t, []Principal{{"AWS", "arn:aws:iam::1:root"}, {"Service", "logs.amazonaws.com"}}, allow.Principals)
	assert.Equal(t, []string{"kms:*"}, allow.Actions)
	assert.Equal(t, "aws:securetransport", allow.Conditions[0].Key)
	assert.Equal(t, []string{"false"}, allow.Conditions[0].Values)
	assert.True(t, allow.Covers("KMS:Decrypt"))
	assert.True(t, allow.Names("kms:Decrypt"))
	assert.False(t, allow.Covers("s3:GetObject"))
	assert.False(t, allow.Everyone())
	assert.True(t, deny.Everyone())
	assert.True(t, deny.Covers("s3:PutObject"))
	assert.False(t, deny.Covers("S3:GetObject"))
}

func TestWhatIsNoDocument(t *testing.T) {
	for name, text := range map[string]string{
		"broken":           `{"Statement":[`,
		"another document": `{"a":1}`,
		"no statement":     `{"Statement":[]}`,
		"a wrong effect":   `{"Statement":{"Effect":"allow"}}`,
		"a misspelt part":  `{"Statement":{"Effect":"Deny","Conditions":{}}}`,
		"an odd operator":  `{"Statement":{"Effect":"Deny","Condition":{"StringEqual":{"a":"b"}}}}`,
		"an odd set":       `{"Statement":{"Effect":"Deny","Condition":{"ForSomeValues:StringEquals":{"a":"b"}}}}`,
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Parse([]byte(text))
			assert.Error(t, err)
		})
	}
}

// TestOperators follows the tables of "IAM JSON policy elements: Condition operators".
func TestOperators(t *testing.T) {
	absent := []string{}
	for _, c := range []struct {
		operator, want string
		got            []string
		holds          bool
	}{
		{"StringEquals", "a", []string{"a"}, true},
		{"StringEquals", "a", []string{"b"}, false},
		{"StringEquals", "a*", []string{"ab"}, false},
		{"StringEquals", "a", absent, false},
		{"StringEqualsIfExists", "a", absent, true},
		{"StringEqualsIfExists", "a", []string{"b"}, false},
		{"StringNotEquals", "a", []string{"b"}, true},
		{"StringNotEquals", "a", []string{"a"}, false},
		{"StringNotEquals", "a", absent, true},
		{"StringEqualsIgnoreCase", "A", []string{"a"}, true},
		{"StringLike", "a*", []string{"ab"}, true},
		{"StringLike", "${x}", []string{"*"}, false},
		{"StringNotLike", "a*", []string{"ab"}, false},
		{"ForAllValues:StringEquals", "a", []string{"a"}, true},
		{"ForAllValues:StringEquals", "a", []string{"a", "b"}, false},
		{"ForAllValues:StringEquals", "a", absent, true},
		{"ForAnyValue:StringEquals", "a", []string{"a", "b"}, true},
		{"ForAnyValue:StringEquals", "a", absent, false},
		{"Null", "true", absent, true},
		{"Null", "true", []string{"a"}, false},
		{"Null", "false", []string{"a"}, true},
		{"Bool", "true", []string{"True"}, true},
		{"Bool", "true", absent, false},
		{"ArnLike", "arn:aws:iam::*:role/x", []string{"arn:aws:iam::1:role/x"}, true},
		{"ArnLike", "arn:*:role/x", []string{"arn:aws:iam::1:role/x"}, false},
		{"ArnNotLike", "arn:aws:iam::1:role/*", []string{"arn:aws:iam::1:role/x/y"}, false},
		{"IpAddress", "10.0.0.0/8", []string{"10.1.2.3"}, true},
		{"NotIpAddress", "10.0.0.0/8", []string{"10.1.2.3"}, false},
		{"NumericLessThan", "1.2", []string{"1.1"}, true},
		{"NumericLessThan", "1.2", []string{"1.2"}, false},
		{"NumericGreaterThanEquals", "1.2", []string{"1.2"}, true},
		{"NumericEquals", "1", []string{"one"}, false},
		{"DateLessThan", "2027-01-31T00:00:00Z", []string{"2026-11-28T10:00:00Z"}, true},
		{"DateGreaterThan", "2027-01-31T00:00:00Z", []string{"1"}, false},
	} {
		doc := parse(t, `{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"`+c.operator+`":{"Key":"`+c.want+`"}}}}`)
		got := doc.Decide(Request{Action: "a:B", Context: map[string][]string{"key": c.got}})
		assert.Equal(t, c.holds, got == Allowed, "%s %s of %v", c.operator, c.want, c.got)
	}
}

func TestDecide(t *testing.T) {
	doc := parse(t, `{"Statement":[
		{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::1:root"},"Action":"s3:*","Resource":"arn:aws:s3:::b/${aws:PrincipalTag/tenant}/*"},
		{"Effect":"Deny","NotPrincipal":{"AWS":"arn:aws:iam::1:role/admin"},"NotAction":"s3:GetObject","NotResource":"arn:aws:s3:::b/open/*"}]}`)
	tag := map[string][]string{"aws:PrincipalTag/tenant": {"acme"}}
	for name, c := range map[string]struct {
		r    Request
		want Decision
	}{
		"own folder":             {Request{"arn:aws:iam::1:role/x", "s3:GetObject", "arn:aws:s3:::b/acme/f", tag, false}, Allowed},
		"another folder":         {Request{"arn:aws:iam::1:role/x", "s3:GetObject", "arn:aws:s3:::b/other/f", tag, false}, Silent},
		"without a tag":          {Request{"arn:aws:iam::1:role/x", "s3:GetObject", "arn:aws:s3:::b//f", nil, false}, Silent},
		"another account":        {Request{"arn:aws:iam::2:role/x", "s3:GetObject", "arn:aws:s3:::b/acme/f", tag, false}, Silent},
		"another action":         {Request{"arn:aws:iam::1:role/x", "s3:PutObject", "arn:aws:s3:::b/acme/f", tag, false}, Denied},
		"who is left out":        {Request{"arn:aws:iam::1:role/admin", "s3:PutObject", "arn:aws:s3:::b/acme/f", tag, false}, Allowed},
		"what is left out":       {Request{"arn:aws:iam::1:role/x", "s3:PutObject", "arn:aws:s3:::b/open/f", tag, false}, Silent},
		"a tag with a wild card": {Request{"arn:aws:iam::1:role/x", "s3:GetObject", "arn:aws:s3:::b/acme/f", map[string][]string{"aws:PrincipalTag/tenant": {"*"}}, false}, Silent},
	} {
		t.Run(name, func(t *testing.T) { assert.Equal(t, c.want, doc.Decide(c.r)) })
	}
}

// A denial counts only if it denies what it should, whatever else a request carries.
func TestSurelyDenies(t *testing.T) {
	plain := Request{Principal: Anyone, Action: "s3:GetObject", Resource: "arn:aws:s3:::b/f", Context: map[string][]string{"aws:SecureTransport": {"false"}}}
	for name, c := range map[string]struct {
		statement string
		want      bool
	}{
		"all of it":         {`"Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::b","arn:aws:s3:::b/*"],"Condition":{"Bool":{"aws:SecureTransport":"false"}}`, true},
		"at any time":       {`"Principal":"*","Action":"*","Resource":"*"`, true},
		"some actions":      {`"Principal":"*","Action":"s3:Put*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}`, false},
		"another resource":  {`"Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::c/*","Condition":{"Bool":{"aws:SecureTransport":"false"}}`, false},
		"some callers":      {`"Principal":{"AWS":"arn:aws:iam::1:role/x"},"Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}`, false},
		"all but one":       {`"NotPrincipal":{"AWS":"arn:aws:iam::1:role/x"},"Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}`, false},
		"the contrary":      {`"Principal":"*","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"true"}}`, false},
		"under a condition": {`"Principal":"*","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"},"StringEquals":{"aws:SourceAccount":"1"}}`, false},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, c.want, parse(t, `{"Statement":{"Effect":"Deny",`+c.statement+`}}`).SurelyDenies(plain))
		})
	}
}

func TestLike(t *testing.T) {
	for _, c := range []struct {
		pattern, text string
		want          bool
	}{
		{"*", "anything", true}, {"kms:*", "KMS:Decrypt", true}, {"kms:De*pt", "kms:Decrypt", true}, {"kms:D?crypt", "kms:Decrypt", true},
		{"kms:Encrypt", "kms:Decrypt", false}, {"", "", true}, {"", "x", false}, {"a*b*c", "axxbxx", false}, {"a*b*c", "axxbxxc", true},
	} {
		assert.Equal(t, c.want, likeFold(c.pattern, c.text), "%s on %s", c.pattern, c.text)
	}
}
