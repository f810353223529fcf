package rule

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/regions"
)

func one(props Props) []Given { return []Given{{Type: keyType, Props: props}} }

// TestVerifyCatchesBadRules breaks a good rule in every way its examples must show.
func TestVerifyCatchesBadRules(t *testing.T) {
	good := func(v sample, r *Report) { Must(r, v.Flag, true, AbsentIsBad) }
	accepts, refuses := Example{Given: one(Props{"flag": true})}, Example{Given: one(Props{"flag": false}), Caught: "flag"}
	for name, c := range map[string]struct {
		check     func(sample, *Report)
		good, bad Example
		want      string // empty: nothing is wrong
	}{
		"a good rule":           {good, accepts, refuses, ""},
		"good is refused":       {good, Example{Given: one(Props{})}, refuses, "is refused: flag: found nothing"},
		"nothing was looked at": {good, Example{Given: []Given{{Type: lockType}}}, refuses, "no check looked at a known value"},
		"bad is not caught":     {good, accepts, Example{Given: one(Props{"flag": true}), Caught: "flag"}, "is not caught"},
		"caught elsewhere":      {good, accepts, Example{Given: one(Props{"flag": false}), Caught: "count"}, "is caught elsewhere"},
		"unknown taken as false": {func(v sample, r *Report) {
			r.Looked()
			if on, _ := v.Flag.Get(); !on {
				r.Reject(v.Flag, "true")
			}
		}, accepts, refuses, "is caught although flag is unknown"},
		"unknown taken as true": {func(v sample, r *Report) {
			r.Looked()
			if on, state := v.Flag.Get(); state == Known && !on {
				r.Reject(v.Flag, "true")
			}
		}, accepts, refuses, "is not deferred although flag is unknown"},
	} {
		t.Run(name, func(t *testing.T) {
			r := Rule{ID: "ENC-01", Good: []Example{c.good}, Bad: []Example{c.bad}}
			r.Checks.AWS = By(On(c.check, keyType))
			problems := r.Verify()
			if c.want == "" {
				assert.Empty(t, problems)
				return
			}
			require.NotEmpty(t, problems)
			assert.Contains(t, problems[0], c.want)
		})
	}
}

func TestProblemsOfMetadata(t *testing.T) {
	assert.Equal(t, []string{
		`ENC-1: Fix is not one line`, `ENC-1: ID "ENC-1" is not of the form ENC-07`, `ENC-1: Level is not set`, `ENC-1: Name "A b" is not words-with-hyphens`,
		`ENC-1: Severity is not set`, `ENC-1: Title is not one line`, `ENC-1: Why is not one line`,
		`ENC-1: aws: give at least one good and one bad example`, `ENC-1: aws: type "gcp:x:Y" does not belong here`,
		`ENC-1: azure: give either checks, or the reason why there are none, or the part they wait for`, `ENC-1: gcp: there are examples but no checks`,
	}, Rule{ID: "ENC-1", Name: "A b", Good: []Example{{Given: []Given{{Type: "gcp:x:Y"}}}}, Checks: checksFor("gcp:x:Y")}.Problems())
}

func TestReadsListWhatViewsLookAt(t *testing.T) {
	r := Rule{}
	r.Checks.AWS = By(On(func(sample, *Report) {}, keyType))
	assert.Equal(t, []Read{
		{keyType, "flag"}, {keyType, "inner.count"}, {keyType, "nested.days"}, {keyType, "rules[].days"}, {keyType, "tags{}"}, {keyType, "zones[]"},
	}, r.Reads())
}

func checksFor(typ string) (c regions.Each[Checks]) {
	c.AWS = By(On(func(sample, *Report) {}, typ))
	c.GCP = NotApplicable("a reason")
	return c
}
