// Package identitytest decides requests by AWS policies, so that tests can say
// what a policy does instead of how it is written.
package identitytest

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Decision is what one policy says to a request.
type Decision string

// The decisions. What no statement speaks of is left to the other policies.
const (
	Allowed Decision = "allowed"
	Denied  Decision = "denied"
	Silent  Decision = "silent"
)

// Request is somebody who wants something.
type Request struct {
	Principal string // ARN of a role, or name of a service; empty for a policy of the principal's own
	Action    string
	Resource  string
	Context   map[string]string // condition keys that the request carries
}

// Statement is one statement of a policy.
type Statement struct {
	Sid, Effect string
	Principal   any
	Action      []string
	Resource    []string
	NotResource []string
	Condition   map[string]map[string][]string
}

// Parse reads a policy as identity.Document writes it.
func Parse(document string) ([]Statement, error) {
	var policy struct {
		Version   string
		Statement []Statement
	}
	if err := json.Unmarshal([]byte(document), &policy); err != nil {
		return nil, fmt.Errorf("policy %s: %w", document, err)
	}
	if policy.Version != "2012-10-17" {
		return nil, fmt.Errorf("policy of version %q: variables need 2012-10-17", policy.Version)
	}
	return policy.Statement, nil
}

// Decide applies the statements as AWS does: one denial outweighs all permissions.
func Decide(statements []Statement, r Request) Decision {
	decision := Silent
	for _, s := range statements {
		switch {
		case !s.matches(r):
		case s.Effect == "Deny":
			return Denied
		default:
			decision = Allowed
		}
	}
	return decision
}

func (s Statement) matches(r Request) bool {
	in := func(patterns []string, value string) bool {
		return slices.ContainsFunc(patterns, func(p string) bool { return like(fill(p, r), value) })
	}
	if !s.speaksOf(r.Principal) || !in(s.Action, r.Action) {
		return false
	}
	if s.Resource != nil && !in(s.Resource, r.Resource) || s.NotResource != nil && in(s.NotResource, r.Resource) {
		return false
	}
	for operator, keys := range s.Condition {
		for key, values := range keys {
			if !holds(operator, key, values, r) {
				return false
			}
		}
	}
	return true
}

// speaksOf takes the root of an account for everyone in it, which is right for
// what the policy leaves to IAM.
func (s Statement) speaksOf(principal string) bool {
	if s.Principal == nil || s.Principal == "*" {
		return true
	}
	for _, list := range s.Principal.(map[string]any) {
		for _, p := range list.([]any) {
			account, isRoot := strings.CutSuffix(p.(string), ":root")
			if p == principal || isRoot && strings.HasPrefix(principal, account+":") {
				return true
			}
		}
	}
	return false
}

func holds(operator, key string, values []string, r Request) bool {
	got, present := r.Context[key]
	is := func(match func(want string) bool) bool { return present && slices.ContainsFunc(values, match) }
	equal := func(want string) bool { return got == fill(want, r) }
	alike := func(want string) bool { return like(fill(want, r), got) }
	switch operator {
	case "Bool", "StringEquals":
		return is(equal)
	case "StringNotEquals":
		return !is(equal)
	case "StringLike", "ArnLike":
		return is(alike)
	case "StringNotLike":
		return !is(alike)
	case "NumericLessThan":
		return is(func(want string) bool { return number(got) < number(want) })
	case "ForAllValues:StringEquals": // of a key with several values, written with commas
		return !slices.ContainsFunc(strings.Split(got, ","), func(one string) bool { return !slices.Contains(values, one) })
	case "Null":
		return values[0] == strconv.FormatBool(!present)
	}
	panic("identitytest: operator " + operator + " is not understood: add a case")
}

var variable = regexp.MustCompile(`\$\{([^}]+)\}`)

// fill replaces policy variables; one without a value matches nothing.
func fill(pattern string, r Request) string {
	return variable.ReplaceAllStringFunc(pattern, func(v string) string {
		if value, ok := r.Context[v[2:len(v)-1]]; ok {
			return value
		}
		return "\x00"
	})
}

func like(pattern, value string) bool {
	expression := strings.NewReplacer(`\*`, ".*", `\?`, ".").Replace(regexp.QuoteMeta(pattern))
	return regexp.MustCompile("^" + expression + "$").MatchString(value)
}

func number(text string) float64 {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		panic("identitytest: " + err.Error())
	}
	return n
}
