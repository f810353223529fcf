package rule

import (
	"errors"
	"fmt"
	"regexp"
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

// ParseExemptions reads the list strictly and returns all problems at once.
func ParseExemptions(text []byte) ([]Exemption, error) {
	var list []Exemption
	if err := yaml.UnmarshalStrict(text, &list); err != nil {
		return nil, fmt.Errorf("exemptions: %w", err)
	}
	var problems []error
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

// excuses reports whether the exemption is about these findings' rule and resource.
func (e Exemption) excuses(f Finding, stack string) bool {
	return f.On != nil && e.Rule == f.Rule.ID && e.Stack == stack && normalise(e.Resource) == f.On.typ+" "+f.On.name
}

// judge applies the exemptions to the findings of one rule on one resource: the
// level they are reported at and a note that is printed on every run.
func (p *Pack) judge(f Finding, stack string) (Level, string) {
	for _, e := range p.exemptions {
		if !e.excuses(f, stack) {
			continue
		}
		if e.expired(p.today()) {
			return Mandatory, fmt.Sprintf("the exemption of %s ended on %s (%s): fix the resource, or review and renew the exemption", e.Owner, e.LastDay, e.Reason)
		}
		return Advisory, fmt.Sprintf("exempted until %s by %s because %s", e.LastDay, e.Owner, e.Reason)
	}
	return f.Rule.Level, ""
}
