// Package identitytest decides requests by AWS policies, so that tests can say what a
// policy does instead of how it is written. It is a short hand for package iam.
package identitytest

import (
	"fmt"
	"strings"

	"tenant-runtime/policy/iam"
)

// Decision is what one policy says to a request.
type Decision = iam.Decision

// The decisions. What no statement speaks of is left to the other policies.
const (
	Allowed = iam.Allowed
	Denied  = iam.Denied
	Silent  = iam.Silent
)

// Request is somebody who wants something.
type Request struct {
	Principal string // ARN of a role, or name of a service; empty for a policy of the principal's own
	Action    string
	Resource  string
	Context   map[string]string // condition keys that the request carries; several values of one are written with commas
}

// Statement is one statement of a policy.
type Statement = iam.Statement

// Parse reads a policy as identity.Document writes it.
func Parse(document string) ([]Statement, error) {
	doc, err := iam.Parse([]byte(document))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", document, err)
	}
	if doc.Version != "2012-10-17" {
		return nil, fmt.Errorf("policy of version %q: variables need 2012-10-17", doc.Version)
	}
	return doc.Statements, nil
}

// Decide applies the statements as AWS does.
func Decide(statements []Statement, r Request) Decision {
	context := map[string][]string{}
	for key, values := range r.Context {
		context[key] = strings.Split(values, ",")
	}
	return iam.Document{Statements: statements}.Decide(iam.Request{Principal: r.Principal, Action: r.Action, Resource: r.Resource, Context: context})
}
