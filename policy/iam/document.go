// Package iam reads AWS policy documents and says what they do: whether a request is
// allowed or denied, or whether it surely or possibly is when only a part of the
// request is known. Rules and tests judge documents by the same code.
//
// It follows "Policy evaluation logic" and "IAM JSON policy elements" of the IAM user
// guide, read November 2026.
package iam

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Document is a policy of an identity, a resource, a key, an endpoint or a role's
// trust.
type Document struct {
	Version    string
	Statements []Statement
}

// Statement is one statement; where the language takes one thing or a list it is
// always a list here.
type Statement struct {
	Sid           string
	Allow         bool // otherwise it denies
	Principals    []Principal
	NotPrincipals []Principal
	Actions       []string
	NotActions    []string
	Resources     []string
	NotResources  []string
	Conditions    []Condition
}

// Principal is whom a statement is about: Kind is AWS, Service, Federated,
// CanonicalUser, or * for everybody.
type Principal struct{ Kind, ID string }

// Condition is one line of a condition block; Key is in lower case.
type Condition struct {
	Operator string
	Key      string
	Values   []string

	how operator
}

// Parse reads a document. What AWS would refuse, such as an unknown element or
// operator, is an error: a condition that is misspelt is no condition.
func Parse(text []byte) (Document, error) {
	var raw struct {
		Version   string
		ID        string `json:"Id"`
		Statement oneOrMore[rawStatement]
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&raw); err != nil {
		return Document{}, fmt.Errorf("policy document: %w", err)
	}
	if len(raw.Statement) == 0 {
		return Document{}, errors.New("policy document: it has no statement")
	}
	doc := Document{Version: raw.Version}
	for i, s := range raw.Statement {
		statement, err := s.parsed()
		if err != nil {
			return Document{}, fmt.Errorf("policy document: statement %d: %w", i, err)
		}
		doc.Statements = append(doc.Statements, statement)
	}
	return doc, nil
}

type rawStatement struct {
	Sid, Effect                              string
	Principal, NotPrincipal                  principals
	Action, NotAction, Resource, NotResource oneOrMore[string]
	Condition                                map[string]map[string]oneOrMore[any]
}

func (s rawStatement) parsed() (Statement, error) {
	if s.Effect != "Allow" && s.Effect != "Deny" {
		return Statement{}, fmt.Errorf("effect %q is neither Allow nor Deny", s.Effect)
	}
	out := Statement{
		Sid: s.Sid, Allow: s.Effect == "Allow", Principals: s.Principal, NotPrincipals: s.NotPrincipal,
		Actions: s.Action, NotActions: s.NotAction, Resources: s.Resource, NotResources: s.NotResource,
	}
	for _, name := range slices.Sorted(maps.Keys(s.Condition)) {
		how, err := parseOperator(name)
		if err != nil {
			return Statement{}, err
		}
		for _, key := range slices.Sorted(maps.Keys(s.Condition[name])) {
			c := Condition{Operator: name, Key: strings.ToLower(key), how: how}
			for _, v := range s.Condition[name][key] {
				c.Values = append(c.Values, fmt.Sprint(v))
			}
			out.Conditions = append(out.Conditions, c)
		}
	}
	return out, nil
}

// Everyone reports whether the statement is about everybody, or about all but a few.
func (s Statement) Everyone() bool {
	return len(s.NotPrincipals) > 0 || slices.ContainsFunc(s.Principals, func(p Principal) bool { return p.ID == "*" })
}

// Covers reports whether the statement is about an action.
func (s Statement) Covers(action string) bool {
	if len(s.NotActions) > 0 {
		return !anyLike(s.NotActions, action)
	}
	return anyLike(s.Actions, action)
}

// Names reports whether an action of the statement starts with one of the prefixes,
// such as "kms:Decrypt"; a wildcard that includes them counts.
func (s Statement) Names(prefixes ...string) bool {
	for _, prefix := range prefixes {
		for _, a := range s.Actions {
			if likeFold(a, prefix) || strings.HasPrefix(strings.ToLower(a), strings.ToLower(prefix)) {
				return true
			}
		}
	}
	return len(s.NotActions) > 0
}

func anyLike(patterns []string, text string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool { return likeFold(p, text) })
}

// oneOrMore reads a single thing as a list of one.
type oneOrMore[T any] []T

// UnmarshalJSON implements json.Unmarshaler.
func (l *oneOrMore[T]) UnmarshalJSON(text []byte) error {
	if bytes.HasPrefix(bytes.TrimSpace(text), []byte("[")) {
		return strictly(text, (*[]T)(l))
	}
	var one T
	if err := strictly(text, &one); err != nil {
		return err
	}
	*l = oneOrMore[T]{one}
	return nil
}

func strictly(text []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	return d.Decode(into)
}

type principals []Principal

// UnmarshalJSON implements json.Unmarshaler.
func (l *principals) UnmarshalJSON(text []byte) error {
	var everybody string
	if json.Unmarshal(text, &everybody) == nil {
		*l = principals{{Kind: "*", ID: everybody}}
		return nil
	}
	var byKind map[string]oneOrMore[string]
	if err := json.Unmarshal(text, &byKind); err != nil {
		return err
	}
	for _, kind := range slices.Sorted(maps.Keys(byKind)) {
		for _, id := range byKind[kind] {
			*l = append(*l, Principal{kind, id})
		}
	}
	return nil
}
