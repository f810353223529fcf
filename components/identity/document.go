// Package identity builds IAM policy documents, in which AWS says who may do what.
//
// Guarantees: documents are valid JSON built from data, the same in every run,
// and no statement allows every principal (ENC-09, ACC-02).
package identity

import (
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/value"
)

// Condition is a condition block of an AWS policy: operator, key, values.
type Condition map[string]map[string]pulumi.StringArrayInput

// Statement is one statement of an AWS policy. Empty parts are left out; an
// identity policy has no principal.
type Statement struct {
	Sid       string
	Deny      bool
	Principal Principal
	Actions   []string
	Resources pulumi.StringArrayInput
	Except    pulumi.StringArrayInput // NotResource: everything else, for Deny only
	Condition Condition
}

// Principal is whom a statement is about. The zero value is none at all.
type Principal struct {
	AWS      pulumi.StringArrayInput // ARNs of roles or accounts
	Services []string                // service principals
	Everyone bool                    // for Deny only: Document refuses it on Allow
}

// Document is an AWS policy: identity, resource, trust or endpoint policy.
type Document []Statement

// JSON renders the document. Keys are sorted, so equal documents are equal text.
// It panics on a statement that allows everyone or everything: there is no such
// policy here.
func (d Document) JSON() pulumi.StringOutput {
	statements := pulumi.Array{}
	for _, s := range d {
		statements = append(statements, s.value())
	}
	return pulumi.JSONMarshal(pulumi.Map{
		"Version":   pulumi.String("2012-10-17"),
		"Statement": statements,
	})
}

func (s Statement) value() pulumi.Map {
	if problem := s.tooWide(); problem != "" {
		panic("identity: statement " + s.Sid + " would allow " + problem)
	}
	v := pulumi.Map{
		"Effect": pulumi.String("Allow"),
		"Action": pulumi.ToStringArray(s.Actions),
	}
	if s.Deny {
		v["Effect"] = pulumi.String("Deny")
	}
	if s.Sid != "" {
		v["Sid"] = pulumi.String(s.Sid)
	}
	if s.Resources != nil {
		v["Resource"] = s.Resources
	}
	if s.Except != nil {
		v["NotResource"] = s.Except
	}
	if p := s.Principal.value(); p != nil {
		v["Principal"] = p
	}
	if len(s.Condition) > 0 {
		v["Condition"] = s.Condition.value()
	}
	return v
}

func (s Statement) tooWide() string {
	aws, _ := s.Principal.AWS.(pulumi.StringArray)
	switch {
	case s.Deny:
		return ""
	case s.Principal.Everyone, slices.Contains(aws, pulumi.StringInput(pulumi.String("*"))):
		return "everyone"
	case slices.Contains(s.Actions, "*"):
		return "every action"
	case s.Except != nil:
		return "all resources but a few"
	}
	return ""
}

func (p Principal) value() pulumi.Input {
	if p.Everyone {
		return pulumi.String("*")
	}
	v := pulumi.Map{}
	if p.AWS != nil {
		v["AWS"] = p.AWS
	}
	if len(p.Services) > 0 {
		v["Service"] = pulumi.ToStringArray(p.Services)
	}
	if len(v) == 0 {
		return nil
	}
	return v
}

func (c Condition) value() pulumi.Map {
	operators := pulumi.Map{}
	for operator, keys := range c {
		block := pulumi.Map{}
		for key, values := range keys {
			block[key] = values
		}
		operators[operator] = block
	}
	return operators
}

// Deny forbids everyone the actions where the condition is true; without one, always.
func Deny(sid string, resources pulumi.StringArrayInput, condition Condition, actions ...string) Statement {
	return Statement{Sid: sid, Deny: true, Principal: Principal{Everyone: true}, Actions: actions, Resources: resources, Condition: condition}
}

// WithoutTLS is true for a request over plain HTTP.
func WithoutTLS() Condition { return Condition{"Bool": {"aws:SecureTransport": Strings("false")}} }

// OfAnotherTenant is true for a caller whose role or session is tagged with a
// tenant that is none of the given ones (TEN-04). It is false for callers without
// the tag, such as the services' own roles, and for the operator's, which are
// tagged as shared.
func OfAnotherTenant(own ...value.Tenant) Condition {
	return Condition{
		"Null":            {"aws:PrincipalTag/tenant": Strings("false")},
		"StringNotEquals": {"aws:PrincipalTag/tenant": Strings(append(own, value.Shared)...)},
	}
}

// Strings is short for a list of plain strings.
func Strings[T ~string](values ...T) pulumi.StringArray {
	list := pulumi.StringArray{}
	for _, v := range values {
		list = append(list, pulumi.String(v))
	}
	return list
}
