package run

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

var example = Report{
	Stack: "ch", Home: "eu-central-2", Took: 12 * time.Second, Failed: true,
	Changes: map[string]int{"create": 120, "same": 3, "create-replacement": 1, "replace": 1},
	Findings: []Finding{
		{Pack: "hardening", Rule: "ENC-07-rotation", Severity: "critical", Level: "mandatory", Title: "Keys rotate", URN: key, Message: "enableKeyRotation: found false, wanted true"},
		{Pack: "hardening", Rule: "ENC-07-rotation", Severity: "critical", Level: "mandatory", Title: "Keys rotate", URN: key + "2", Message: "enableKeyRotation: absent"},
		{Pack: "residency", Rule: "RES-01-region", Severity: "low", Level: "advisory", Message: "no region"},
	},
	Errors:  []string{"aws:kms/key:Key data: refused\nbecause"},
	Notes:   []string{"adopted 1"},
	Outputs: map[string]any{"url": "https://a", "many": []any{1.0, 2.0}, "sealed": map[string]any{"ciphertext": "x"}, "long": strings.Repeat("x", 101)},
}

func TestWriteTable(t *testing.T) {
	var out strings.Builder
	WriteTable(&out, []Report{example, {Stack: "eu", Took: 900 * time.Millisecond}})
	assert.Equal(t, strings.TrimPrefix(`
┌───────┬──────────────┬─────────┬─────────┬──────────┬──────┬─────────┬───────────────────┬───────┬────────┐
│ STACK │ HOME REGION  │ CREATED │ UPDATED │ REPLACED │ SAME │ DELETED │ FINDINGS          │ TOOK  │ RESULT │
├───────┼──────────────┼─────────┼─────────┼──────────┼──────┼─────────┼───────────────────┼───────┼────────┤
│ ch    │ eu-central-2 │ 120     │ ·       │ 1        │ 3    │ ·       │ 2 critical, 1 low │ 12 s  │ FAILED │
│ eu    │              │ ·       │ ·       │ ·        │ ·    │ ·       │ none              │ 0.9 s │ well   │
└───────┴──────────────┴─────────┴─────────┴──────────┴──────┴─────────┴───────────────────┴───────┴────────┘
`, "\n"), out.String())
}

func TestWriteOutputsShowsWhatIsShortAndPlain(t *testing.T) {
	var out strings.Builder
	WriteOutputs(&out, example)
	assert.Equal(t, `
ch exports
  many                         [1,2]
  url                          https://a
`, out.String())
}

func TestLineIsShort(t *testing.T) {
	events := newSummary()
	events.changes, events.last = map[string]int{"create": 120}, key+strings.Repeat("x", 200)
	l := line{stack: "eu-azure", events: events, started: time.Now()}
	text := l.text("up")
	assert.True(t, strings.HasPrefix(text, "eu-azure   up · 120 created · 0.0 s · aws:kms/key:Key data"), text)
	assert.LessOrEqual(t, len([]rune(text)), 100)
	events.previews = true
	assert.Contains(t, l.text("up"), "preview first")
}
