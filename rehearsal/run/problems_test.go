package run

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestWriteProblemsSaysEachThingOnce(t *testing.T) {
	var out strings.Builder
	WriteProblems(&out, example)
	assert.Equal(t, `
ch
  note: adopted 1
  ENC-07-rotation · hardening · critical · mandatory
  Keys rotate
    aws:kms/key:Key data
      enableKeyRotation: found false, wanted true
    aws:kms/key:Key data2
      enableKeyRotation: absent
  RES-01-region · residency · low · advisory
      no region
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
		r.Findings = append(r.Findings, Finding{
			Rule: "TEN-02-silo", Pack: "hardening", Severity: "critical", Level: "mandatory", Title: "Apart",
			URN: fmt.Sprint(key, i), Message: fmt.Sprintf("tags: found %d\n  why: because\n  fix: this", i),
		})
	}
	var out strings.Builder
	WriteProblems(&out, r)
	assert.Equal(t, `
ch
  TEN-02-silo · hardening · critical · mandatory
  Apart
  why: because
  fix: this
    aws:kms/key:Key data0
      tags: found 0
    aws:kms/key:Key data1
      tags: found 1
    aws:kms/key:Key data2
      tags: found 2
    aws:kms/key:Key data3
      tags: found 3
    aws:kms/key:Key data4
      tags: found 4
    … and 2 more
`, out.String())
}
