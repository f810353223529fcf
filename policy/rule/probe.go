package rule

import pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

// Probe runs one rule and tells which properties of which resources it asks for. It is
// for tests, which change those and look whether the rule sees it.
type Probe struct {
	pack    *Pack
	runtime *Runtime
}

// Probe prepares the rule for a runtime.
func (r Rule) Probe(rt *Runtime) Probe { return Probe{alone(&r), rt} }

// alone is a pack of one rule.
func alone(r *Rule) *Pack {
	p := &Pack{rules: []*Rule{r}}
	for _, check := range r.checks() {
		if check.whole != nil {
			p.whole = append(p.whole, bound{r, check})
		}
	}
	return p
}

// Alone judges a resource by itself. Nobody needs to hear what is asked for.
func (p Probe) Alone(req *pulumirpc.AnalyzeRequest, asked func(urn, path string)) []Finding {
	res := resourceOf(req)
	if len(p.pack.about(res.typ).one) == 0 {
		return nil
	}
	res.asked = asked
	return p.pack.one(res, p.runtime).Findings
}

// Together judges the resources of a stack among each other.
func (p Probe) Together(req *pulumirpc.AnalyzeStackRequest, asked func(urn, path string)) []Finding {
	concerned := len(p.pack.whole) > 0
	for _, res := range req.GetResources() {
		concerned = concerned || len(p.pack.about(normalise(res.GetType())).many) > 0
	}
	if !concerned {
		return nil
	}
	s := stackOf(req)
	for _, res := range s.all {
		res.asked = asked
	}
	return p.pack.many(s, p.runtime).Findings
}
