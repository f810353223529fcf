package laws

import (
	"slices"
	"strings"
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/assert"
	"google.golang.org/protobuf/proto"

	"tenant-runtime/policy/review"
	"tenant-runtime/policy/rule"
	"tenant-runtime/tests/plans"
)

// subject is a committed stack before the packs.
type subject struct {
	stack string
	packs *review.Review
	plan  []plans.Planned
	alone map[string][]rule.Finding // what the packs say of each resource by itself
	found []rule.Finding            // what they say of all together
}

func subjects(t *testing.T) []subject {
	var all []subject
	for _, stack := range plans.Stacks(t) {
		s := subject{stack: stack, packs: plans.Review(t, stack), plan: plans.Wire(t, plans.Of(t, stack)), alone: map[string][]rule.Finding{}}
		for _, p := range s.plan {
			s.alone[p.Urn] = s.packs.Alone(p.Alone()).Findings
		}
		s.found = s.packs.Together(plans.Together(s.plan)).Findings
		all = append(all, s)
	}
	return all
}

// What we declare is what we promise.
func TestThePlansBreakNoRule(t *testing.T) {
	for _, s := range subjects(t) {
		found := s.found
		for _, p := range s.plan {
			found = append(found, s.alone[p.Urn]...)
		}
		for _, f := range found {
			assert.NotEqual(t, rule.Mandatory, f.Level, "%s: %s: %s", s.stack, f.URN, f)
		}
	}
}

// try applies a mutation to the resources it fits, stack by stack, until the rule
// sees one. It fails the test if anything else is seen.
func (m mutation) try(t *testing.T, stacks []subject, id string) (seen bool) {
	for _, s := range stacks {
		for _, p := range s.candidates(m) {
			changed, gone, fits := m.apply(s, p)
			if !fits {
				continue
			}
			found := s.news(t, changed, gone)
			expected := 0
			for _, f := range found {
				if f.Rule == id && s.expects(m, p, f) {
					expected++
				} else {
					t.Errorf("%s: %s %s: also %s on %s: %s", s.stack, p.Type, p.Name, f.Rule, f.URN, f)
				}
			}
			if expected < len(m.caught) {
				t.Errorf("%s: %s %s: seen on %d of %v", s.stack, p.Type, p.Name, expected, m.caught)
			}
			if len(found) > 0 {
				seen = true
				break
			}
		}
	}
	return seen
}

func (s subject) candidates(m mutation) []plans.Planned {
	if m.in != "" && m.in != s.stack {
		return nil
	}
	if m.gone != nil {
		return s.plan[:1]
	}
	var found []plans.Planned
	for _, p := range s.plan {
		if typ, name, named := strings.Cut(m.on, " "); p.Type == typ && (!named || p.Name == name) {
			found = append(found, p)
		}
	}
	return found
}

// apply returns the changed resource and which ones go.
func (m mutation) apply(s subject, p plans.Planned) (changed plans.Planned, gone []string, fits bool) {
	changed = p
	switch {
	case m.edit != nil:
		changed, fits = edited(p, m.provider, m.edit)
	case m.links != nil:
		changed.AnalyzerResource = proto.Clone(p.AnalyzerResource).(*pulumirpc.AnalyzerResource)
		if changed.PropertyDependencies == nil {
			changed.PropertyDependencies = map[string]*pulumirpc.AnalyzerPropertyDependencies{}
		}
		fits = true
		for property, to := range m.links {
			urns := s.urns(to)
			changed.PropertyDependencies[property] = &pulumirpc.AnalyzerPropertyDependencies{Urns: urns}
			fits = fits && len(urns) == len(to) // or the stack does not have what it would be linked to
		}
	case m.gone != nil:
		gone = s.urns(m.gone)
		fits = len(gone) == len(m.gone)
	default:
		for _, other := range s.plan {
			if slices.Contains(m.loses, other.Type) && refersTo(other, p.Urn) {
				gone = append(gone, other.Urn)
			}
		}
		fits = gone != nil
	}
	return changed, gone, fits
}

// news returns what the packs say after a change and did not say before.
func (s subject) news(t *testing.T, changed plans.Planned, gone []string) []rule.Finding {
	mutant := []plans.Planned{changed}
	for _, p := range s.plan {
		if p.Urn != changed.Urn && !slices.Contains(gone, p.Urn) {
			mutant = append(mutant, p)
		}
	}
	found := append(s.packs.Alone(changed.Alone()).Findings, s.packs.Together(plans.Together(mutant)).Findings...)
	return slices.DeleteFunc(found, func(f rule.Finding) bool {
		return slices.Contains(s.alone[changed.Urn], f) || slices.Contains(s.found, f)
	})
}

func (s subject) expects(m mutation, p plans.Planned, f rule.Finding) bool {
	if m.caught == nil {
		return f.URN == p.Urn
	}
	return slices.Contains(s.urns(m.caught), f.URN) || f.URN == "" && slices.Contains(m.caught, rule.TheStack)
}

// urns finds resources by type and name.
func (s subject) urns(subjects []string) []string {
	var found []string
	for _, p := range s.plan {
		if slices.Contains(subjects, p.Type+" "+p.Name) {
			found = append(found, p.Urn)
		}
	}
	return found
}

func refersTo(p plans.Planned, urn string) bool {
	for _, on := range p.PropertyDependencies {
		if slices.Contains(on.GetUrns(), urn) {
			return true
		}
	}
	return false
}
