package iam

import (
	"slices"
	"strings"
)

// Decision is what one document says to a request.
type Decision string

// The decisions. What no statement speaks of is left to the other policies.
const (
	Allowed Decision = "allowed"
	Denied  Decision = "denied"
	Silent  Decision = "silent"
)

// Anyone is a principal of whom nothing is known.
const Anyone = "*"

// Request is somebody who wants something.
type Request struct {
	Principal string              // ARN of a role, or name of a service; empty for a policy of the principal's own
	Action    string              //
	Resource  string              //
	Context   map[string][]string // condition keys that the request carries; a key without values is known to be absent
	Partial   bool                // more is not known: other keys may hold anything, and an empty resource may be any
}

// Decide applies the document as AWS does: one denial outweighs all permissions.
func (d Document) Decide(r Request) Decision {
	decision := Silent
	for _, s := range d.Statements {
		switch {
		case s.applies(r) != yes:
		case !s.Allow:
			return Denied
		default:
			decision = Allowed
		}
	}
	return decision
}

// SurelyDenies reports whether a partly known request is denied whatever the rest of
// it is.
func (d Document) SurelyDenies(r Request) bool {
	r.Partial = true
	return slices.ContainsFunc(d.Statements, func(s Statement) bool { return !s.Allow && s.applies(r) == yes })
}

// MayApply reports whether the statement applies to a partly known request for some
// rest of it. Its principals and resources are not looked at if the request has none.
func (s Statement) MayApply(r Request) bool {
	r.Partial = true
	if r.Principal == "" {
		r.Principal = Anyone
	}
	return s.applies(r) != no
}

// answer is what can be said of a request that may be known in part.
type answer int

const (
	no answer = iota
	maybe
	yes
)

func answerOf(b bool) answer {
	if b {
		return yes
	}
	return no
}

func (a answer) not() answer { return yes - a }

func (s Statement) applies(r Request) answer {
	all := min(s.concerns(r), s.asks(r), s.at(r))
	for _, c := range s.Conditions {
		all = min(all, c.holds(r))
	}
	return all
}

// concerns is about the principal. The root of an account stands for everyone in it,
// which is right for what the policy leaves to IAM.
func (s Statement) concerns(r Request) answer {
	among := func(list []Principal) answer {
		found := no
		for _, p := range list {
			account, isRoot := strings.CutSuffix(p.ID, ":root")
			switch {
			case p.ID == "*" || p.ID == r.Principal || isRoot && strings.HasPrefix(r.Principal, account+":"):
				return yes
			case r.Principal == Anyone:
				found = maybe
			}
		}
		return found
	}
	switch {
	case s.Principals != nil:
		return among(s.Principals)
	case s.NotPrincipals != nil:
		return among(s.NotPrincipals).not()
	}
	return yes
}

func (s Statement) asks(r Request) answer {
	if r.Action == "" && r.Partial {
		return maybe
	}
	return answerOf(s.Covers(r.Action))
}

func (s Statement) at(r Request) answer {
	among := func(patterns []string) answer {
		found := no
		for _, p := range patterns {
			switch filled, known := fill(p, r); {
			case p == "*":
				return yes
			case r.Resource == "" && r.Partial, known == maybe:
				found = maybe
			case known == yes && like(filled, literally(r.Resource)):
				return yes
			}
		}
		return found
	}
	switch {
	case s.Resources != nil:
		return among(s.Resources)
	case s.NotResources != nil:
		return among(s.NotResources).not()
	}
	return yes // a trust policy names no resource: it is the role's own
}

// holds evaluates one condition, with the meaning that AWS gives to absent keys.
func (c Condition) holds(r Request) answer {
	got, known := r.lookup(c.Key)
	if !known && r.Partial {
		return maybe
	}
	if c.how.null {
		return answerOf((c.Values[0] == "true") == (len(got) == 0))
	}
	if len(got) == 0 {
		switch {
		case c.how.ifExists, c.how.set == forAll:
			return yes
		case c.how.set == forAny:
			return no
		}
		return answerOf(c.how.negated)
	}
	one := func(value string) answer {
		found := no
		for _, want := range c.Values {
			switch filled, known := fill(want, r); {
			case known == maybe:
				found = max(found, maybe)
			case known == yes && c.how.matches(filled, value):
				found = yes
			}
		}
		if c.how.negated {
			return found.not()
		}
		return found
	}
	all, any := yes, no
	for _, value := range got {
		all, any = min(all, one(value)), max(any, one(value))
	}
	// Without a set operator a key has one value; several are judged so that none is missed.
	if c.how.set == forAll || c.how.set == "" && c.how.negated {
		return all
	}
	return any
}

func (r Request) lookup(key string) (values []string, known bool) {
	for k, v := range r.Context {
		if strings.EqualFold(k, key) {
			return v, true
		}
	}
	return nil, false
}
