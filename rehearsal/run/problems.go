package run

import (
	"fmt"
	"io"
	"strings"
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
		var same []Finding
		same, rest = byRule(rest)
		writeRule(out, same)
	}
	for _, text := range r.Errors {
		indent(out, "  error: ", text)
	}
}

// byRule splits sorted findings behind the first rule's.
func byRule(findings []Finding) (same, rest []Finding) {
	n := 1
	for n < len(findings) && findings[n].Rule == findings[0].Rule && findings[n].Level == findings[0].Level {
		n++
	}
	return findings[:n], findings[n:]
}

// writeRule prints one rule's findings. What all of them end with (why, fix, see) is printed once.
func writeRule(out io.Writer, findings []Finding) {
	var messages [][]string
	for _, f := range findings {
		messages = append(messages, strings.Split(f.Message, "\n"))
	}
	common := commonEnd(messages)
	first := findings[0]
	heading := []string{join(first.Rule, first.Pack, first.Severity, first.Level), first.Title}
	for _, line := range append(heading, messages[0][len(messages[0])-common:]...) {
		if line = strings.TrimSpace(line); line != "" {
			fmt.Fprintf(out, "  %s\n", line)
		}
	}
	for i, f := range findings {
		if i == few {
			fmt.Fprintf(out, "    … and %d more\n", len(findings)-few)
			break
		}
		if f.URN != "" {
			indent(out, "    ", label(f.URN))
		}
		indent(out, "      ", strings.Join(messages[i][:len(messages[i])-common], "\n"))
	}
}

// commonEnd counts the last lines that all messages share, their first line apart.
func commonEnd(messages [][]string) int {
	first := messages[0]
	common := len(first) - 1
	for _, other := range messages[1:] {
		n := 0
		for n < common && n < len(other)-1 && other[len(other)-1-n] == first[len(first)-1-n] {
			n++
		}
		common = n
	}
	return common
}

// indent prints a text with its first line behind prefix and the others below it.
func indent(out io.Writer, prefix, text string) {
	space := "\n" + strings.Repeat(" ", len(prefix))
	fmt.Fprintln(out, prefix+strings.ReplaceAll(strings.TrimSpace(text), "\n", space))
}
