package rule

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"sigs.k8s.io/yaml"
)

// Exemption excuses one rule on one resource of one stack for a while. It has no
// patterns: whoever wants to excuse two resources writes two lines and two reasons.
type Exemption struct {
	Rule     string `json:"rule"`     // ENC-07
	Stack    string `json:"stack"`    // eu
	Resource string `json:"resource"` // type token and logical name: aws:kms/key:Key keys-database
	Reason   string `json:"reason"`
	Owner    string `json:"owner"`   // who answers for it
	LastDay  string `json:"lastDay"` // 2027-01-31: the last day on which it holds
}

var subjectForm = regexp.MustCompile(`^[a-z-]+:[^ *]+:[A-Za-z0-9]+ [^ *]+$`)

// exemptionKeys are all that an exemption may say, spelt exactly so: a decoder that
// reads "Rule" as well would let one of two be overlooked.
var exemptionKeys = []string{"rule", "stack", "resource", "reason", "owner", "lastDay"}

// ParseExemptions reads the list strictly and returns all problems at once.
func ParseExemptions(text []byte) ([]Exemption, error) {
	var keyed []map[string]any
	if err := yaml.UnmarshalStrict(text, &keyed); err != nil { // refuses a key that is there twice
		return nil, fmt.Errorf("exemptions: %w", err)
	}
	var problems []error
	for i, entry := range keyed {
		for _, key := range sortedKeys(entry) {
			if !slices.Contains(exemptionKeys, key) {
				problems = append(problems, fmt.Errorf("exemptions[%d].%s is not a known key: use one of %s", i, key, strings.Join(exemptionKeys, ", ")))
			}
		}
	}
	if len(problems) > 0 {
		return nil, errors.Join(problems...)
	}
	var list []Exemption
	if err := yaml.Unmarshal(text, &list); err != nil {
		return nil, fmt.Errorf("exemptions: %w", err)
	}
	for i, e := range list {
		for field, value := range map[string]string{"rule": e.Rule, "stack": e.Stack, "reason": e.Reason, "owner": e.Owner} {
			if strings.TrimSpace(value) == "" {
				problems = append(problems, fmt.Errorf("exemptions[%d].%s is missing", i, field))
			}
		}
		if !subjectForm.MatchString(e.Resource) {
			problems = append(problems, fmt.Errorf(`exemptions[%d].resource %q is not "type-token logical-name" without patterns`, i, e.Resource))
		}
		if _, err := time.Parse(time.DateOnly, e.LastDay); err != nil {
			problems = append(problems, fmt.Errorf("exemptions[%d].lastDay %q is not a day such as 2027-01-31", i, e.LastDay))
		}
	}
	return list, errors.Join(problems...)
}

// expired compares days, not moments: the last day still holds, in UTC.
func (e Exemption) expired(now time.Time) bool {
	return now.UTC().Format(time.DateOnly) > e.LastDay
}

// excuses reports whether the exemption is about this finding.
func (e Exemption) excuses(f Finding, stack string) bool {
	return e.Rule == f.Rule && e.Stack == stack && f.URN != "" && normalise(e.Resource) == f.Type()+" "+f.ResourceName()
}

// subject is how an exemption names a resource.
func (res *Resource) subject() string { return res.typ + " " + res.name }

// stale finds the stack's exemptions that have ended or whose resource is gone.
// They are findings of their rule, so that nobody keeps a list of dead excuses.
func (p *Pack) stale(s *Stack, stack string) []Finding {
	var found []Finding
	declared := map[string]bool{}
	if len(p.exemptions) > 0 {
		for _, res := range s.all {
			declared[res.subject()] = true
		}
	}
	for _, e := range p.exemptions {
		r := p.rules[slices.IndexFunc(p.rules, func(r *Rule) bool { return r.ID == e.Rule })]
		switch {
		case e.Stack != stack:
		case e.expired(p.today()):
			found = append(found, Finding{Control: r.control(Check{}), Found: fmt.Sprintf("an exemption of %s that ended on %s", e.Resource, e.LastDay), Wanted: "none, or one reviewed and renewed"})
		case !declared[normalise(e.Resource)]:
			found = append(found, Finding{Control: r.control(Check{}), Found: fmt.Sprintf("an exemption of %s, which the stack does not have", e.Resource), Wanted: "none"})
		}
	}
	return found
}

// exempt applies the exemptions to a finding: it is printed on every run, and stops
// nothing as long as the exemption holds.
func (p *Pack) exempt(f Finding, stack string) Finding {
	for _, e := range p.exemptions {
		if !e.excuses(f, stack) {
			continue
		}
		f.Exemption, f.Level = Exempting{Owner: e.Owner, LastDay: e.LastDay}, Mandatory
		if !e.expired(p.today()) {
			f.Exemption.Reason, f.Level = e.Reason, Advisory
		}
		break
	}
	return f
}
