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
		return Finding{Rule: &Rule{ID: id, Level: Mandatory}, On: &Resource{typ: typ, name: name}}
	}
	mine := finding("ENC-07", "azure-native:keyvault:Key", "database")
	lastDay := time.Date(2027, 1, 31, 23, 59, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		finding Finding
		stack   string
		now     time.Time
		level   Level
		note    string
	}{
		"excused":          {mine, "eu", lastDay, Advisory, "exempted until 2027-01-31 by platform because the import ends in January"},
		"the day after":    {mine, "eu", lastDay.Add(time.Minute), Mandatory, "the exemption of platform ended on 2027-01-31"},
		"another stack":    {mine, "ch", lastDay, Mandatory, ""},
		"another rule":     {finding("ENC-08", "azure-native:keyvault:Key", "database"), "eu", lastDay, Mandatory, ""},
		"another type":     {finding("ENC-07", "azure-native:keyvault:Vault", "database"), "eu", lastDay, Mandatory, ""},
		"another name":     {finding("ENC-07", "azure-native:keyvault:Key", "database-2"), "eu", lastDay, Mandatory, ""},
		"the stack itself": {Finding{Rule: &Rule{ID: "ENC-07", Level: Mandatory}}, "eu", lastDay, Mandatory, ""},
	} {
		t.Run(name, func(t *testing.T) {
			p := &Pack{exemptions: list, today: func() time.Time { return c.now }}
			level, note := p.judge(c.finding, c.stack)
			assert.Equal(t, c.level, level)
			assert.Contains(t, note, c.note)
			assert.Equal(t, c.note == "", note == "")
		})
	}
}

func TestExemptionsAreReadStrictly(t *testing.T) {
	empty, err := ParseExemptions([]byte("[]\n"))
	assert.NoError(t, err)
	assert.Empty(t, empty)
	for name, c := range map[string]struct{ text, want string }{
		"misspelt field": {"- rule: ENC-07\n  untill: x", "untill"},
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
