package rule

import (
	"fmt"

	"google.golang.org/protobuf/types/known/structpb"

	"tenant-runtime/policy/iam"
)

// Policy is an AWS policy document: of an identity, a resource, a key, an endpoint
// or a role's trust. Use it as Value[Policy]; text that is no such document is
// malformed and therefore found by every function that judges it.
type Policy struct{ Statements []Statement }

// Statement is one statement and its place, for findings: policy.Statement[0].
type Statement struct {
	node
	iam.Statement
}

// Allows returns the statements that allow something.
func (p Policy) Allows() []Statement {
	var found []Statement
	for _, s := range p.Statements {
		if s.Allow {
			found = append(found, s)
		}
	}
	return found
}

// SurelyDenies reports whether the document denies a request of which only a part is
// known, whatever the rest of it is.
func (p Policy) SurelyDenies(r iam.Request) bool {
	doc := iam.Document{}
	for _, s := range p.Statements {
		doc.Statements = append(doc.Statements, s.Statement)
	}
	return doc.SurelyDenies(r)
}

// Part is a place inside of the statement: s.Part("Action").
func (s Statement) Part(name string) Located {
	return node{res: s.res, path: join(s.path, name), state: Known, secret: s.secret}
}

// parsed is a document that was read once for all rules.
type parsed struct {
	policy Policy
	state  State
}

func (res *Resource) policy(n node) (Policy, State) {
	res.mu.Lock()
	defer res.mu.Unlock()
	p, ok := res.policies[n.path]
	if !ok {
		p = parsePolicy(n)
		if res.policies == nil {
			res.policies = map[string]parsed{}
		}
		res.policies[n.path] = p
	}
	return p.policy, p.state
}

// parsePolicy accepts the text of a document, or the object some resources take.
func parsePolicy(n node) parsed {
	whole, known, secret := plain(n.val)
	if !known {
		return parsed{state: Unknown}
	}
	text := []byte(whole.GetStringValue())
	if object, ok := whole.GetKind().(*structpb.Value_StructValue); ok {
		text, _ = object.StructValue.MarshalJSON() // fails on no value that came over the wire
	}
	doc, err := iam.Parse(text)
	if err != nil {
		return parsed{state: Malformed}
	}
	var p Policy
	for i, s := range doc.Statements {
		at := node{res: n.res, path: fmt.Sprintf("%s.Statement[%d]", n.path, i), state: Known, secret: n.secret || secret}
		p.Statements = append(p.Statements, Statement{at, s})
	}
	return parsed{p, Known}
}
