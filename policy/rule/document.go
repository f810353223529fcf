package rule

import (
	"encoding/json"
	"fmt"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"
)

// Policy is an AWS policy document: of an identity, a resource, a key, an
// endpoint or a role's trust. Use it as Value[Policy]; text that is no such
// document is malformed and therefore found by every function that judges it.
type Policy struct{ Statements []Statement }

// Statement is one statement; where the language takes a string or a list it is
// always a list here.
type Statement struct {
	node          // for findings: policy.Statement[0]
	Sid           string
	Allow         bool
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
}

// Allows returns the statements that allow something.
func (p Policy) Allows() []Statement { return p.having(true) }

// Denies returns the statements that deny something.
func (p Policy) Denies() []Statement { return p.having(false) }

func (p Policy) having(allow bool) []Statement {
	var found []Statement
	for _, s := range p.Statements {
		if s.Allow == allow {
			found = append(found, s)
		}
	}
	return found
}

// Part is a place inside of the statement: s.Part("Action").
func (s Statement) Part(name string) Located {
	return node{res: s.res, path: join(s.path, name), state: Known, secret: s.secret}
}

// Everyone reports whether the statement is about everybody, or about all but a few.
func (s Statement) Everyone() bool {
	for _, p := range s.Principals {
		if p.ID == "*" {
			return true
		}
	}
	return len(s.NotPrincipals) > 0
}

// Covers reports whether the statement is about a concrete action.
func (s Statement) Covers(action string) bool {
	if len(s.NotActions) > 0 {
		return !anyLike(s.NotActions, action)
	}
	return anyLike(s.Actions, action)
}

// Names reports whether an action of the statement starts with one of the
// prefixes, such as "kms:Decrypt"; a wildcard that includes them counts.
func (s Statement) Names(prefixes ...string) bool {
	for _, prefix := range prefixes {
		for _, a := range s.Actions {
			if like(a, prefix) || strings.HasPrefix(strings.ToLower(a), strings.ToLower(prefix)) {
				return true
			}
		}
	}
	return len(s.NotActions) > 0
}

// Condition returns the conditions on any of the keys, which may be patterns.
func (s Statement) Condition(keys ...string) []Condition {
	var found []Condition
	for _, c := range s.Conditions {
		if anyLike(keys, c.Key) {
			found = append(found, c)
		}
	}
	return found
}

func anyLike(patterns []string, text string) bool {
	for _, p := range patterns {
		if like(p, text) {
			return true
		}
	}
	return false
}

// like matches * and ? without regard to case, as the policy language does.
func like(pattern, text string) bool {
	pattern, text = strings.ToLower(pattern), strings.ToLower(text)
	p, t, star, mark := 0, 0, -1, 0
	for t < len(text) {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, mark = p, t
			p++
		case p < len(pattern) && (pattern[p] == '?' || pattern[p] == text[t]):
			p, t = p+1, t+1
		case star >= 0:
			mark++
			p, t = star+1, mark
		default:
			return false
		}
	}
	return strings.Trim(pattern[p:], "*") == ""
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
	var raw struct{ Statement oneOrMore[rawStatement] }
	if err := json.Unmarshal(text, &raw); err != nil || len(raw.Statement) == 0 {
		return parsed{state: Malformed}
	}
	var p Policy
	for i, s := range raw.Statement {
		if s.Effect != "Allow" && s.Effect != "Deny" {
			return parsed{state: Malformed}
		}
		at := node{res: n.res, path: fmt.Sprintf("%s.Statement[%d]", n.path, i), state: Known, secret: n.secret || secret}
		p.Statements = append(p.Statements, s.normalised(at))
	}
	return parsed{p, Known}
}

type rawStatement struct {
	Sid, Effect                              string
	Principal, NotPrincipal                  principals
	Action, NotAction, Resource, NotResource oneOrMore[string]
	Condition                                map[string]map[string]oneOrMore[any]
}

func (s rawStatement) normalised(at node) Statement {
	out := Statement{
		node: at, Sid: s.Sid, Allow: s.Effect == "Allow", Principals: s.Principal, NotPrincipals: s.NotPrincipal,
		Actions: s.Action, NotActions: s.NotAction, Resources: s.Resource, NotResources: s.NotResource,
	}
	for _, operator := range sortedKeys(s.Condition) {
		for _, key := range sortedKeys(s.Condition[operator]) {
			c := Condition{Operator: operator, Key: strings.ToLower(key)}
			for _, v := range s.Condition[operator][key] {
				c.Values = append(c.Values, fmt.Sprint(v))
			}
			out.Conditions = append(out.Conditions, c)
		}
	}
	return out
}

// oneOrMore reads a single thing as a list of one.
type oneOrMore[T any] []T

// UnmarshalJSON implements json.Unmarshaler.
func (l *oneOrMore[T]) UnmarshalJSON(text []byte) error {
	if strings.HasPrefix(strings.TrimSpace(string(text)), "[") {
		return json.Unmarshal(text, (*[]T)(l))
	}
	var one T
	if err := json.Unmarshal(text, &one); err != nil {
		return err
	}
	*l = oneOrMore[T]{one}
	return nil
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
	for _, kind := range sortedKeys(byKind) {
		for _, id := range byKind[kind] {
			*l = append(*l, Principal{kind, id})
		}
	}
	return nil
}
