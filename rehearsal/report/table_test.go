package report

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"tenant-runtime/policy/rule"
)

const key = "urn:pulumi:ch::tenant-runtime::tenant-runtime:keys:Keys$aws:kms/key:Key::data"

var rotation = rule.Control{Pack: "hardening", Rule: "ENC-07", Name: "rotation", Title: "Keys rotate", Severity: rule.Critical, Level: rule.Mandatory, Why: "old keys leak", Fix: "rotate", See: "ISO"}

var example = Report{
	Stack: "ch", Home: "eu-central-2", Took: 12 * time.Second, Failed: true,
	Changes: Changes{"create": 120, "same": 3, "create-replacement": 1, "replace": 1},
	Findings: []rule.Finding{
		{Control: rotation, URN: key, Property: "enableKeyRotation", Found: "false", Wanted: "true"},
		{Control: rotation, URN: key + "2", Property: "enableKeyRotation", Found: "nothing", Wanted: "true"},
		{Control: rule.Control{Pack: "residency", Rule: "RES-01", Name: "region", Check: "zones", Title: "All lies where it should", Severity: rule.Low, Level: rule.Advisory, Why: "law", Fix: "move", See: "GDPR"}, Found: "no zone", Wanted: "one",
			Exemption: rule.Exempting{Owner: "ops", LastDay: "2027-01-31", Reason: "it moves soon"}},
	},
	Errors:  []string{"aws:kms/key:Key data: refused\nbecause"},
	Notes:   []string{"adopted 1"},
	Outputs: map[string]any{"url": "https://a", "many": []any{1.0, 2.0}, "encrypted": map[string]any{"ciphertext": "x"}, "long": strings.Repeat("x", 101)},
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

func TestLabel(t *testing.T) {
	assert.Equal(t, "aws:kms/key:Key data", Label(key))
	assert.Equal(t, "", Label(""))
}

// A stack whose turn never came is no success, except where it could not have been planned yet.
func TestWhatIsBad(t *testing.T) {
	for name, c := range map[string]struct {
		report Report
		bad    bool
	}{
		"well":                      {Report{}, false},
		"failed":                    {Report{Failed: true}, true},
		"a mandatory finding":       {Report{Findings: example.Findings[:1]}, true},
		"an advisory finding":       {Report{Findings: example.Findings[2:]}, false},
		"skipped":                   {Report{Skipped: "builds on eu, which does not stand"}, true},
		"skipped in a preview":      {Report{Skipped: "builds on what eu exports", Planned: true}, false},
		"skipped by a failed stack": {Report{Skipped: "builds on eu, which did not end well"}, true},
	} {
		assert.Equal(t, c.bad, c.report.Bad(), name)
	}
}
