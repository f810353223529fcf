package aws

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestBorderRules(t *testing.T) {
	seen, passing := map[string]bool{}, false
	sid := regexp.MustCompile(`sid:(\d+);`)
	for _, rule := range strings.Split(strings.TrimSpace(borderRules()), "\n") {
		action, _, _ := strings.Cut(rule, " ")
		passing = passing || action == "pass"
		assert.Equal(t, passing, action == "pass", "what is never allowed comes first: %s", rule)
		assert.Regexp(t, `^(drop|pass) \w+ \S+ any -> \S+ \S+ \(.*\)$`, rule)
		assert.NotContains(t, rule, "%!", "a verb without a value: %s", rule)
		if action == "pass" {
			assert.Regexp(t, `-> \$(EDGE|APP) \d+ `, rule, "only the listed hosts are a way out")
		}
		number := sid.FindStringSubmatch(rule)
		if assert.NotNil(t, number, rule) {
			assert.False(t, seen[number[1]], "sid %s is used twice", number[1])
			seen[number[1]] = true
		}
	}
	assert.Less(t, len(seen), borderCapacity)
}

// The supplier's limits for one firewall policy: 30000 rules, of which the
// managed groups take 29000, in 20 groups.
func TestPolicyFitsTheQuota(t *testing.T) {
	assert.LessOrEqual(t, 29000+borderCapacity+egressCapacity, 30000)
	assert.LessOrEqual(t, len(managed)+2, 20)
}
