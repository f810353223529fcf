package rule

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// judged runs one check on the sample view.
func judged(props Props, check func(*Report, sample)) Outcome {
	var out Outcome
	check(&Report{bound: bound{rule: &Rule{ID: "ENC-99"}}, runtime: &Runtime{}, outcome: &out}, seen(props))
	return out
}

func TestVerdicts(t *testing.T) {
	must := func(absent Absence) func(*Report, sample) {
		return func(r *Report, v sample) { Must(r, v.Flag, true, absent) }
	}
	days := func(r *Report, v sample) { Demands(r, v.Nested.Days, Within(90, 365), AbsentIsGood) }
	some := func(r *Report, v sample) {
		Some(r, v.Rules, func(s sampleRule) Truth { return Is(s.Days, 7) }, "weekly")
	}
	for name, c := range map[string]struct {
		props    Props
		check    func(*Report, sample)
		found    string // empty: no finding
		deferred int
	}{
		"as wanted":            {Props{"flag": true}, must(AbsentIsBad), "", 0},
		"not as wanted":        {Props{"flag": false}, must(AbsentIsBad), "flag: found false, wanted true", 0},
		"absent and bad":       {Props{}, must(AbsentIsBad), "flag: found nothing, wanted true", 0},
		"absent and good":      {Props{}, must(AbsentIsGood), "", 0},
		"unknown":              {Props{"flag": Unknown}, must(AbsentIsBad), "", 1},
		"malformed":            {Props{"flag": "maybe"}, must(AbsentIsGood), "flag: found maybe, wanted true", 0},
		"secret":               {Props{"flag": Secret{"s3cr3t"}}, must(AbsentIsBad), "flag: found [secret], wanted true", 0},
		"too long":             {Props{"nested": Props{"days": 400}}, days, "nested.days: found 400, wanted 90 to 365", 0},
		"within":               {Props{"nested": Props{"days": 90}}, days, "", 0},
		"some is":              {Props{"rules": []Props{{"days": 1}, {"days": 7}}}, some, "", 0},
		"some is, one unknown": {Props{"rules": []any{Unknown, Props{"days": 7}}}, some, "", 0},
		"none is":              {Props{"rules": []Props{{"days": 1}}}, some, `rules: found [{"days":1}], wanted an element that is weekly`, 0},
		"some may be":          {Props{"rules": []any{Unknown, Props{"days": 1}}}, some, "", 1},
		"list unknown":         {Props{"rules": Unknown}, some, "", 1},
		"list absent":          {Props{}, some, "rules: found nothing, wanted an element that is weekly", 0},
	} {
		t.Run(name, func(t *testing.T) {
			out := judged(c.props, c.check)
			assert.Len(t, out.Deferrals, c.deferred)
			if c.found == "" {
				assert.Empty(t, out.Findings)
				return
			}
			if assert.Len(t, out.Findings, 1) {
				assert.Equal(t, c.found, out.Findings[0].String())
			}
		})
	}
}

func TestASecretInsideIsNotPrinted(t *testing.T) {
	out := judged(Props{"rules": []any{Props{"days": Secret{"s3cr3t"}}}}, func(r *Report, v sample) { r.Reject(v.Rules, "nothing") })
	assert.Equal(t, "[secret]", out.Findings[0].Found)
}

func TestAbsenceMustBeSaid(t *testing.T) {
	assert.Panics(t, func() { judged(Props{}, func(r *Report, v sample) { Must(r, v.Flag, true, 0) }) })
}

func TestWords(t *testing.T) {
	assert.Equal(t, "a, b or c", listed([]string{"a", "b", "c"}))
	assert.Equal(t, "a or b", listed([]string{"a", "b"}))
	assert.Equal(t, "a", listed([]string{"a"}))
}
