package golden

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/policy/rules"
	"tenant-runtime/regions"
	"tenant-runtime/tests/plans"
)

// The parts of the README that say what the code is are written by it.
func TestReadme(t *testing.T) {
	file := filepath.Join(plans.Root(), "README.md")
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	readme := string(text)
	for part, want := range map[string]string{
		"runtime":  "```mermaid\n" + draw(plans.Parsed(t, "eu"), plans.Of(t, "eu")) + "```\n",
		"rules":    table(),
		"standing": standing(),
	} {
		begin, end := "<!-- "+part+":begin -->\n", "<!-- "+part+":end -->"
		before, rest, found := strings.Cut(readme, begin)
		got, after, closed := strings.Cut(rest, end)
		require.True(t, found && closed, "the README lacks %s…%s", strings.TrimSpace(begin), end)
		if !*update {
			assert.Equal(t, want, got, "if this is meant, run `go test ./tests/golden -update` and review README.md")
		}
		readme = before + begin + want + end + after
	}
	if *update && readme != string(text) {
		require.NoError(t, os.WriteFile(file, []byte(readme), 0o644))
		t.Error("README.md is written: review it")
	}
}

// table lists the rules.
func table() string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n%d rules. ✓ is a cloud that the rule looks at; *later* one where it waits for a part that is not built there yet.\n\n", len(rules.All))
	b.WriteString("| ID | what holds | severity | level | AWS | GCP | Azure |\n|---|---|---|---|:-:|:-:|:-:|\n")
	for _, r := range rules.All {
		fmt.Fprintf(&b, "| %s | %s | %s | %s |", r.ID, r.Title, r.Severity, r.Level)
		for _, cloud := range regions.Clouds {
			mark := ""
			switch checks := r.Checks.Of(cloud); {
			case len(checks.List()) > 0:
				mark = "✓"
			case checks.Part() != "":
				mark = "*later*"
			}
			fmt.Fprintf(&b, " %s |", mark)
		}
		b.WriteString("\n")
	}
	return b.String()
}

// standing lists the parts of a runtime and the clouds on which they are built.
func standing() string {
	var b strings.Builder
	b.WriteString("\n| part | AWS | GCP | Azure |\n|---|:-:|:-:|:-:|\n")
	for i, part := range plans.Columns.AWS.Parts() {
		fmt.Fprintf(&b, "| %s |", part.Part)
		for _, cloud := range regions.Clouds {
			mark := ""
			if plans.Columns.Of(cloud).Parts()[i].Built {
				mark = "✓"
			}
			fmt.Fprintf(&b, " %s |", mark)
		}
		b.WriteString("\n")
	}
	return b.String() + "\n"
}
