package rule

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// Pack is a set of rules ready to run.
type Pack struct {
	Name        string
	Version     string
	Description string

	rules      []*Rule
	exemptions []Exemption // only those of our rules
	today      func() time.Time

	byType sync.Map // type token to *concern
	whole  []bound  // checks across the stack
}

// bound is a check and the rule it belongs to.
type bound struct {
	rule  *Rule
	check Check
}

// concern is what a pack has to say about a type of resource.
type concern struct {
	one, many []bound
	silent    []*pulumirpc.PolicyNotApplicable // what has nothing to say about a resource of the type by itself
}

// NewPack selects the rules of the named pack. Exemptions that name a rule nobody
// has are an error: they would excuse nothing and look as if they did.
func NewPack(name string, rules []Rule, exemptions []Exemption, today func() time.Time) (*Pack, error) {
	p := &Pack{Name: name, today: today}
	known := map[string]bool{}
	for i := range rules {
		r := &rules[i]
		known[r.ID] = true
		if r.Pack() != name {
			continue
		}
		p.rules = append(p.rules, r)
		for _, check := range r.checks() {
			if check.whole != nil {
				p.whole = append(p.whole, bound{r, check})
			}
		}
	}
	if len(p.rules) == 0 {
		return nil, fmt.Errorf("pack %q has no rules: the packs are %s, %s and %s", name, Hardening, Residency, Continuity)
	}
	for _, e := range exemptions {
		if !known[e.Rule] {
			return nil, fmt.Errorf("exemption of %s in stack %s: there is no rule %q", e.Resource, e.Stack, e.Rule)
		}
		if slices.ContainsFunc(p.rules, func(r *Rule) bool { return r.ID == e.Rule }) {
			p.exemptions = append(p.exemptions, e)
		}
	}
	return p, nil
}

// about finds the checks for a type once and remembers them.
func (p *Pack) about(typ string) *concern {
	if c, ok := p.byType.Load(typ); ok {
		return c.(*concern)
	}
	c := &concern{}
	for _, r := range p.rules {
		concerned := false
		for _, check := range r.checks() {
			if !check.concerns(typ) {
				continue
			}
			if check.one != nil {
				concerned = true
				c.one = append(c.one, bound{r, check})
			} else {
				c.many = append(c.many, bound{r, check})
			}
		}
		if !concerned {
			c.silent = append(c.silent, &pulumirpc.PolicyNotApplicable{PolicyName: r.Policy(), Reason: "does not look at a " + typ + " by itself"})
		}
	}
	p.byType.Store(typ, c)
	return c
}

func (c Check) concerns(typ string) bool {
	return slices.ContainsFunc(c.types, func(pattern string) bool {
		if prefix, ok := strings.CutSuffix(pattern, "*"); ok {
			return strings.HasPrefix(typ, prefix)
		}
		return pattern == typ
	})
}

// Configured is the runtime of a stack by its configuration, as the engine hands it
// to a pack.
func Configured(stack string, config map[string]string) *Runtime { return runtimeOf(stack, config) }

// Alone judges a resource by itself, as before it is created or changed.
func (p *Pack) Alone(req *pulumirpc.AnalyzeRequest, rt *Runtime) Outcome {
	return p.exempted(p.one(resourceOf(req), rt), rt)
}

// Together judges how all resources of a stack hang together.
func (p *Pack) Together(req *pulumirpc.AnalyzeStackRequest, rt *Runtime) Outcome {
	s := stackOf(req)
	out := p.many(s, rt)
	out.Findings = append(out.Findings, p.stale(s, rt.Stack)...)
	return p.exempted(out, rt)
}

// exempted applies the exemptions to what was found.
func (p *Pack) exempted(out Outcome, rt *Runtime) Outcome {
	for i, f := range out.Findings {
		out.Findings[i] = p.exempt(f, rt.Stack)
	}
	return out
}

// settle judges, at the end of an update, what could not be judged before. A value
// that nobody knows even now was not awaited by whoever declared it, or never gets
// one: the rule would defer it for ever, so it is a finding.
func (p *Pack) settle(deferrals []Deferral, s *Stack, rt *Runtime) Outcome {
	var out Outcome
	settled := map[Finding]bool{}
	for _, d := range deferrals {
		unknown := Finding{Control: d.rule.control(d.check), URN: d.on.URN(), Property: d.property,
			Found: "a value that is unknown even after the update", Wanted: "one that can be judged"}
		if settled[unknown] {
			continue
		}
		settled[unknown] = true
		if d.check.one == nil {
			out.Findings = append(out.Findings, unknown)
			continue
		}
		res, stands := s.byURN[d.on.URN()]
		if !stands {
			continue
		}
		var now Outcome
		d.run(res, rt, &now, func(r *Report) { d.check.one(res, r) })
		for _, f := range now.Findings {
			if f.Property == d.property {
				out.Findings = append(out.Findings, f)
			}
		}
		if slices.ContainsFunc(now.Deferrals, func(still Deferral) bool { return still.property == d.property }) {
			out.Findings = append(out.Findings, unknown)
		}
	}
	return out
}

// one runs the checks that look at a resource by itself.
func (p *Pack) one(res *Resource, rt *Runtime) Outcome {
	var out Outcome
	for _, b := range p.about(res.typ).one {
		b.run(res, rt, &out, func(r *Report) { b.check.one(res, r) })
	}
	return out
}

// many runs the checks that look at the stack.
func (p *Pack) many(s *Stack, rt *Runtime) Outcome {
	var out Outcome
	for _, res := range s.all {
		for _, b := range p.about(res.typ).many {
			b.run(res, rt, &out, func(r *Report) { b.check.many(res, s, r) })
		}
	}
	for _, b := range p.whole {
		b.run(nil, rt, &out, func(r *Report) { b.check.whole(s, r) })
	}
	return out
}

// run turns a panic into a finding of the rule itself: a broken rule must neither
// pass nor keep the others from running.
func (b bound) run(res *Resource, rt *Runtime, out *Outcome, check func(*Report)) {
	r := &Report{bound: b, runtime: rt, outcome: out}
	defer func() {
		if problem := recover(); problem != nil {
			r.Found(node{res: res, state: Known}, fmt.Sprintf("a defect of the rule: %v", problem), "a rule that can decide")
		}
	}()
	check(r)
}
