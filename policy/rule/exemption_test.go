package rule

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const excused = `
- rule: ENC-07
  stack: eu
  resource: azure-native:keyvault/v20230701:Key database
  reason: the import ends in January
  owner: platform
  lastDay: "2027-01-31"
`

func TestExemptionsAreNarrowAndEnd(t *testing.T) {
	list, err := ParseExemptions([]byte(excused))
	require.NoError(t, err)
	finding := func(id, typ, name string) Finding {
		return Finding{Control: Control{Rule: id, Level: Mandatory}, URN: "urn:pulumi:eu::tenant-runtime::tenant-runtime:keys:Keys$" + typ + "::" + name}
	}
	mine := finding("ENC-07", "azure-native:keyvault/v20240401preview:Key", "database")
	lastDay := time.Date(2027, 1, 31, 23, 59, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		finding Finding
		stack   string
		now     time.Time
		level   Level
		note    string
	}{
		"excused":          {mine, "eu", lastDay, Advisory, "exempted until 2027-01-31 by platform because the import ends in January"},
		"the day after":    {mine, "eu", lastDay.Add(time.Minute), Mandatory, "the exemption by platform ended on 2027-01-31"},
		"another stack":    {mine, "ch", lastDay, Mandatory, ""},
		"another rule":     {finding("ENC-08", "azure-native:keyvault:Key", "database"), "eu", lastDay, Mandatory, ""},
		"another type":     {finding("ENC-07", "azure-native:keyvault:Vault", "database"), "eu", lastDay, Mandatory, ""},
		"another name":     {finding("ENC-07", "azure-native:keyvault:Key", "database-2"), "eu", lastDay, Mandatory, ""},
		"the stack itself": {Finding{Control: Control{Rule: "ENC-07", Level: Mandatory}}, "eu", lastDay, Mandatory, ""},
	} {
		t.Run(name, func(t *testing.T) {
			p := &Pack{exemptions: list, today: func() time.Time { return c.now }}
			f := p.exempt(c.finding, c.stack)
			assert.Equal(t, c.level, f.Level)
			assert.Contains(t, f.Exemption.Note(), c.note)
			assert.Equal(t, c.note == "", f.Exemption.Note() == "")
		})
	}
}

func TestExemptionsAreReadStrictly(t *testing.T) {
	empty, err := ParseExemptions([]byte("[]\n"))
	assert.NoError(t, err)
	assert.Empty(t, empty)
	for name, c := range map[string]struct{ text, want string }{
		"misspelt field": {"- rule: ENC-07\n  untill: x", "untill"},
		"a key twice":    {"- {rule: ENC-07, rule: ENC-08, stack: eu}", "rule"},
		"another case":   {"- Rule: ENC-07", "exemptions[0].Rule is not a known key"},
		"a pattern":      {"- {rule: ENC-07, stack: eu, resource: 'aws:kms/key:Key *', reason: r, owner: o, lastDay: '2027-01-31'}", "resource"},
		"no last day":    {"- {rule: ENC-07, stack: eu, resource: 'aws:kms/key:Key a', reason: r, owner: o}", "lastDay"},
		"no owner":       {"- {rule: ENC-07, stack: eu, resource: 'aws:kms/key:Key a', reason: r, lastDay: '2027-01-31'}", "owner"},
		"no such day":    {"- {rule: ENC-07, stack: eu, resource: 'aws:kms/key:Key a', reason: r, owner: o, lastDay: '2027-02-30'}", "2027-02-30"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ParseExemptions([]byte(c.text))
			assert.ErrorContains(t, err, c.want)
		})
	}
}

func TestDeadExemptionsAreFindings(t *testing.T) {
	list, err := ParseExemptions([]byte(excused))
	require.NoError(t, err)
	key := &Resource{typ: "azure-native:keyvault:Key", name: "database"}
	for name, c := range map[string]struct {
		stack string
		has   []*Resource
		day   int
		want  string
	}{
		"alive":         {"eu", []*Resource{key}, 31, ""},
		"ended":         {"eu", []*Resource{key}, 32, "that ended on 2027-01-31"},
		"of nothing":    {"eu", nil, 31, "which the stack does not have"},
		"another stack": {"ch", nil, 32, ""},
	} {
		t.Run(name, func(t *testing.T) {
			p := &Pack{rules: []*Rule{{ID: "ENC-07", Level: Mandatory}}, exemptions: list, today: func() time.Time { return time.Date(2027, 1, c.day, 0, 0, 0, 0, time.UTC) }}
			found := p.stale(&Stack{all: c.has}, c.stack)
			if c.want == "" {
				assert.Empty(t, found)
				return
			}
			require.Len(t, found, 1)
			assert.Contains(t, found[0].Found, c.want)
		})
	}
}
