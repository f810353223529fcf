package report

import (
	"fmt"
	"io"
	"strings"

	"tenant-runtime/policy/rule"
)

// few is how many resources are named per rule; a rule that fires on a hundred says no more.
const few = 5

// WriteProblems prints what the packs found and what went wrong, each thing once, grouped by rule.
func WriteProblems(out io.Writer, r Report) {
	if r.Shown {
		r.Findings, r.Errors = nil, nil
	}
	if len(r.Findings)+len(r.Errors)+len(r.Notes) == 0 {
		return
	}
	fmt.Fprintf(out, "\n%s\n", r.Stack)
	for _, note := range r.Notes {
		fmt.Fprintf(out, "  note: %s\n", note)
	}
	for rest := r.Findings; len(rest) > 0; {
		same := prefix(rest, func(f rule.Finding) rule.Control { return f.Control })
		writeControl(out, same)
		rest = rest[len(same):]
	}
	for _, text := range r.Errors {
		indent(out, "  error: ", text)
	}
}

// prefix is the part of sorted findings that has the first one's key.
func prefix[K comparable](findings []rule.Finding, key func(rule.Finding) K) []rule.Finding {
	n := 1
	for n < len(findings) && key(findings[n]) == key(findings[0]) {
		n++
	}
	return findings[:n]
}

// writeControl prints the findings of one control: what it demands once, then what each resource lacks.
func writeControl(out io.Writer, findings []rule.Finding) {
	c := findings[0].Control
	name := c.Policy()
	if c.Check != "" {
		name += "/" + c.Check
	}
	fmt.Fprintf(out, "  %s\n", Join(name, c.Pack, c.Severity.String(), c.Level.String()))
	fmt.Fprintf(out, "  %s\n  why: %s\n  fix: %s\n  see: %s\n", c.Title, c.Why, c.Fix, c.See)
	shown := 0
	for rest := findings; len(rest) > 0; shown++ {
		resource := prefix(rest, func(f rule.Finding) string { return f.URN })
		if shown == few {
			fmt.Fprintf(out, "    … and %d more\n", resources(rest))
			return
		}
		rest = rest[len(resource):]
		if urn := resource[0].URN; urn != "" {
			fmt.Fprintf(out, "    %s\n", Label(urn))
		}
		for _, f := range resource {
			fmt.Fprintf(out, "      %s\n", f)
		}
		if note := resource[0].Exemption.Note(); note != "" {
			fmt.Fprintf(out, "      %s\n", note)
		}
	}
}

func resources(findings []rule.Finding) int {
	urns := map[string]bool{}
	for _, f := range findings {
		urns[f.URN] = true
	}
	return len(urns)
}

// indent prints a text with its first line behind prefix and the others below it.
func indent(out io.Writer, prefix, text string) {
	space := "\n" + strings.Repeat(" ", len(prefix))
	fmt.Fprintln(out, prefix+strings.ReplaceAll(strings.TrimSpace(text), "\n", space))
}
