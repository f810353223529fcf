package report

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"

	"tenant-runtime/policy/rule"
)

// columns are the kinds of change worth a column, in the table's order.
var columns = []struct{ done, op string }{
	{"created", "create"},
	{"updated", "update"},
	{"replaced", "replace"},
	{"same", "same"},
	{"deleted", "delete"},
}

// Changes counts resources by the engine's word for what happens to them: create, update, replace,
// same, delete and some that the table leaves out.
type Changes map[string]int

// String says it in a few words: "120 created, 3 same".
func (c Changes) String() string {
	var parts []string
	for _, column := range columns {
		if n := c[column.op]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, column.done))
		}
	}
	return strings.Join(parts, ", ")
}

// WriteTable prints one row per stack.
func WriteTable(out io.Writer, reports []Report) {
	t := table.NewWriter()
	t.SetOutputMirror(out)
	t.SetStyle(table.StyleLight)
	header := table.Row{"stack", "home region"}
	planned := slices.ContainsFunc(reports, func(r Report) bool { return r.Planned })
	for _, column := range columns {
		if planned {
			header = append(header, column.op)
		} else {
			header = append(header, column.done)
		}
	}
	t.AppendHeader(append(header, "findings", "took", "result"))
	for _, r := range reports {
		row := table.Row{r.Stack, r.Home}
		for _, column := range columns {
			row = append(row, zero(r.Changes[column.op]))
		}
		if r.Skipped != "" {
			t.AppendRow(append(row, "·", "·", r.Ended()))
			continue
		}
		t.AppendRow(append(row, bySeverity(r.Findings), Seconds(r.Took), r.Ended()))
	}
	t.Render()
	for _, r := range reports {
		if r.Skipped != "" {
			fmt.Fprintf(out, "%s was skipped: it %s\n", r.Stack, r.Skipped)
		}
	}
}

func zero(n int) string {
	if n == 0 {
		return "·"
	}
	return strconv.Itoa(n)
}

// bySeverity counts findings, the worst first: "2 critical, 1 low".
func bySeverity(findings []rule.Finding) string {
	tally := map[rule.Severity]int{}
	for _, f := range findings {
		tally[f.Severity]++
	}
	var parts []string
	for severity := rule.Critical; severity >= rule.Low; severity-- {
		if n := tally[severity]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, severity))
		}
	}
	if parts == nil {
		return "none"
	}
	return strings.Join(parts, ", ")
}

// most is how many outputs of a stack are shown.
const most = 12

// WriteOutputs prints the stacks' short plain exports; `rehearsal pulumi -- stack output` has all.
func WriteOutputs(out io.Writer, r Report) {
	var lines []string
	for _, name := range slices.Sorted(maps.Keys(r.Outputs)) {
		if text, ok := short(r.Outputs[name]); ok {
			lines = append(lines, fmt.Sprintf("  %-28s %s", name, text))
		}
	}
	if len(lines) == 0 {
		return
	}
	fmt.Fprintf(out, "\n%s exports\n", r.Stack)
	for _, text := range lines[:min(len(lines), most)] {
		fmt.Fprintln(out, text)
	}
	if rest := len(lines) - most; rest > 0 {
		fmt.Fprintf(out, "  … and %d more: go run ./rehearsal pulumi -- stack output -s %s\n", rest, r.Stack)
	}
}

// short renders a value that fits on a line; an encrypted secret does not count.
func short(value any) (string, bool) {
	if object, ok := value.(map[string]any); ok && object["ciphertext"] != nil {
		return "", false
	}
	if text, ok := value.(string); ok {
		return text, len(text) <= 100
	}
	text, err := json.Marshal(value)
	return string(text), err == nil && len(text) <= 100
}
