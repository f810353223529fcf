package golden

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/policy/rule"
	"tenant-runtime/policy/rules"
	"tenant-runtime/regions"
	"tenant-runtime/stacks/deploy"
	"tenant-runtime/tests/plans"
)

// The parts of the README that say what the code is are written by it.
func TestReadme(t *testing.T) {
	config, problems := deploy.Parse([]byte(plans.Config(t, "eu")["tenant-runtime:runtime"]))
	require.NoError(t, problems.Err())
	file := filepath.Join(plans.Root(), "README.md")
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	readme := string(text)
	for part, want := range map[string]string{
		"runtime": "```mermaid\n" + draw(config, plans.Of(t, "eu")) + "```\n",
		"rules":   table(),
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

var (
	severities = map[rule.Severity]string{rule.Low: "low", rule.Medium: "medium", rule.High: "high", rule.Critical: "critical"}
	levels     = map[rule.Level]string{rule.Advisory: "advisory", rule.Mandatory: "mandatory"}
)

// table lists the rules.
func table() string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n%d rules; a cloud is marked where the rule looks at it.\n\n", len(rules.All))
	b.WriteString("| ID | what holds | severity | level | AWS | GCP | Azure |\n|---|---|---|---|:-:|:-:|:-:|\n")
	for _, r := range rules.All {
		fmt.Fprintf(&b, "| %s | %s | %s | %s |", r.ID, r.Title, severities[r.Severity], levels[r.Level])
		for _, cloud := range regions.Clouds {
			mark := ""
			if len(r.Checks.Of(cloud).List()) > 0 {
				mark = "✓"
			}
			fmt.Fprintf(&b, " %s |", mark)
		}
		b.WriteString("\n")
	}
	return b.String()
}
