package report

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"tenant-runtime/policy/rule"
)

func TestWriteProblemsSaysEachThingOnce(t *testing.T) {
	var out strings.Builder
	WriteProblems(&out, example)
	assert.Equal(t, `
ch
  note: adopted 1
  ENC-07-rotation · hardening · critical · mandatory
  Keys rotate
  why: old keys leak
  fix: rotate
  see: ISO
    aws:kms/key:Key data
      enableKeyRotation: found false, wanted true
    aws:kms/key:Key data2
      enableKeyRotation: found nothing, wanted true
  RES-01-region/zones · residency · low · advisory
  All lies where it should
  why: law
  fix: move
  see: GDPR
      found no zone, wanted one
      exempted until 2027-01-31 by ops because it moves soon
  error: aws:kms/key:Key data: refused
         because
`, out.String())
}

// A single stack's run is Pulumi's to describe; what the rehearsal did beyond it is ours.
func TestWriteProblemsDoesNotRepeatPulumi(t *testing.T) {
	var out strings.Builder
	shown := example
	shown.Shown = true
	WriteProblems(&out, shown)
	assert.Equal(t, "\nch\n  note: adopted 1\n", out.String())
}

func TestWriteProblemsSaysWhyOnceAndNamesAFew(t *testing.T) {
	r := Report{Stack: "ch"}
	for i := range 7 {
		r.Findings = append(r.Findings,
			rule.Finding{Control: rotation, URN: fmt.Sprint(key, i), Property: "a", Found: "1", Wanted: "2"},
			rule.Finding{Control: rotation, URN: fmt.Sprint(key, i), Property: "b", Found: "1", Wanted: "2"})
	}
	var out strings.Builder
	WriteProblems(&out, r)
	assert.Equal(t, 1, strings.Count(out.String(), "why: old keys leak"))
	assert.Equal(t, 2*few, strings.Count(out.String(), "found 1, wanted 2"), "%s", &out)
	assert.Contains(t, out.String(), "    … and 2 more\n")
}
