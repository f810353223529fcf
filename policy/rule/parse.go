package rule

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
	"github.com/pulumi/pulumi/sdk/v3/go/common/diag/colors"
)

// ParseDiagnostic reads the findings back from what the engine reports of a
// diagnostic of ours. It inverts Message exactly; an event of another's policy pack
// is an error. A finding about the stack as a whole has the stack's own URN then.
//
// The engine passes on a message, the policy's name, severity and level and nothing
// else, puts color directives around the message and takes secrets out of it
// (pkg/v3 engine/events.go, v3.276.0).
func ParseDiagnostic(e *apitype.PolicyEvent) ([]Finding, error) {
	text := strings.TrimSuffix(colors.Never.Colorize(e.Message), "\n")
	findings, err := parseMessage(text, e)
	if err != nil {
		return nil, fmt.Errorf("a message of policy %s of pack %s: %w", e.PolicyName, e.PolicyPackName, err)
	}
	return findings, nil
}

var (
	headingForm = regexp.MustCompile(`^([A-Z]{3}-\d{2})(?:/([a-z0-9-]+))? (.*)$`)
	excusedForm = regexp.MustCompile(`^exempted until (\d{4}-\d{2}-\d{2}) by (.*)$`)
)

func parseMessage(text string, e *apitype.PolicyEvent) ([]Finding, error) {
	lines := strings.Split(text, "\n")
	heading := headingForm.FindStringSubmatch(lines[0])
	if heading == nil {
		return nil, errors.New("it does not begin with the ID of a rule")
	}
	about := Finding{URN: e.ResourceURN, Control: Control{Pack: e.PolicyPackName, Rule: heading[1], Check: heading[2], Title: heading[3]}}
	about.Name = strings.TrimPrefix(e.PolicyName, about.Rule+"-")
	if err := errors.Join(about.Severity.UnmarshalText([]byte(e.Severity)), about.Level.UnmarshalText([]byte(e.EnforcementLevel))); err != nil {
		return nil, err
	}
	rest := lines[1:]
	var found []string
	for len(rest) > 0 && strings.HasPrefix(rest[0], "  ") {
		found, rest = append(found, rest[0][2:]), rest[1:]
	}
	if len(rest) > 0 && !strings.HasPrefix(rest[0], "why: ") {
		var err error
		if about.Exemption, err = parseNote(rest[0]); err != nil {
			return nil, err
		}
		rest = rest[1:]
	}
	if len(rest) != 3 || len(found) == 0 {
		return nil, errors.New("it does not consist of findings, why, fix and see")
	}
	for i, field := range []struct {
		name string
		to   *string
	}{{"why: ", &about.Why}, {"fix: ", &about.Fix}, {"see: ", &about.See}} {
		var ok bool
		if *field.to, ok = strings.CutPrefix(rest[i], field.name); !ok {
			return nil, fmt.Errorf("line %q does not begin with %q", rest[i], field.name)
		}
	}
	var findings []Finding
	for _, line := range found {
		f := about
		if err := f.parse(line); err != nil {
			return nil, fmt.Errorf("line %q: %w", line, err)
		}
		findings = append(findings, f)
	}
	return findings, nil
}

// parse inverts String.
func (f *Finding) parse(line string) error {
	var ok bool
	if !strings.HasPrefix(line, "found ") {
		if f.Property, line, ok = unquote(line, ": "); !ok {
			return errors.New("it names no property")
		}
	}
	if line, ok = strings.CutPrefix(line, "found "); !ok {
		return errors.New("it does not say what was found")
	}
	if f.Found, line, ok = unquote(line, ", wanted "); !ok {
		return errors.New("it does not say what was wanted")
	}
	if f.Wanted, line, ok = unquote(line, ""); !ok || line != "" {
		return errors.New("it does not end with what was wanted")
	}
	return nil
}

// parseNote inverts Note.
func parseNote(line string) (e Exempting, err error) {
	ok := false
	if m := excusedForm.FindStringSubmatch(line); m != nil {
		e.LastDay = m[1]
		e.Owner, line, ok = unquote(m[2], " because ")
		if ok {
			e.Reason, line, ok = unquote(line, "")
		}
	} else if rest, is := strings.CutPrefix(line, "the exemption by "); is {
		e.Owner, line, ok = unquote(rest, " ended on ")
		e.LastDay, _, _ = strings.Cut(line, ":")
	}
	if !ok {
		return e, fmt.Errorf("line %q is no note on an exemption", line)
	}
	return e, nil
}

// quote leaves a text as it is, unless it could be misread on its way: because it is
// empty, begins like a quotation, holds something that separates it from the next
// text, or would not come through the engine as it is.
func quote(text string, separators ...string) string {
	plain := text != "" && text == strings.TrimSpace(text) && text[0] != '"'
	for _, s := range append(separators, "\n", "\r", "<{%") {
		plain = plain && !strings.Contains(text, s)
	}
	if plain {
		return text
	}
	quoted, err := json.Marshal(text) // it writes < as \u003c, which no color directive survives
	if err != nil {
		panic(fmt.Sprintf("a text that cannot be written: %v", err)) // no string is
	}
	return string(quoted)
}

// unquote reads a text that quote has written, up to a separator and beyond it; no
// separator is the end.
func unquote(line, separator string) (text, rest string, ok bool) {
	if !strings.HasPrefix(line, `"`) {
		if separator == "" {
			return line, "", true
		}
		return strings.Cut(line, separator)
	}
	d := json.NewDecoder(strings.NewReader(line))
	if d.Decode(&text) != nil {
		return "", "", false
	}
	rest, ok = strings.CutPrefix(line[d.InputOffset():], separator)
	return text, rest, ok
}
