package lifecycle

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/rehearsal/sim"
)

// add appends to a list of the runtime's configuration.
func add(runtime map[string]any, list string, items ...any) {
	runtime[list] = append(runtime[list].([]any), items...)
}

func cell(runtime map[string]any) map[string]any { return runtime["cell"].(map[string]any) }

// TestOneChangeTouchesOnlyWhatItNames edits one thing in the stack file of a running stack.
func TestOneChangeTouchesOnlyWhatItNames(t *testing.T) {
	cases := []struct {
		name string
		edit func(runtime map[string]any)
		want []string // what is done to which kinds; nothing else is
	}{
		{"one more address for alarms", func(runtime map[string]any) {
			add(cell(runtime)["alarms"].(map[string]any), "emails", "night@example.com")
		}, []string{"create aws:sns/topicSubscription:TopicSubscription ×2"}}, // home and recovery
		{"one more third party", func(runtime map[string]any) {
			add(cell(runtime), "egress", "pay.example.net")
		}, []string{"update aws:networkfirewall/ruleGroup:RuleGroup ×1"}},
		{"one more tenant in the pool", func(runtime map[string]any) {
			add(runtime, "tenants", map[string]any{"name": "tundra", "isolation": "pool"})
		}, []string{
			"create aws:iam/policy:Policy ×1",
			"create aws:iam/role:Role ×1",
			"create aws:iam/rolePolicyAttachment:RolePolicyAttachment ×1",
			"create aws:s3/accessPoint:AccessPoint ×1",
			"create aws:secretsmanager/secret:Secret ×1",
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := open(t, deployed(t), c.edit)
			defer r.Close()
			before := len(touched(t, r.World()))
			up(t, r, stack)
			assert.Equal(t, c.want, summary(touched(t, r.World())[before:]))
			nothing(t, up(t, r, stack)) // and then nothing
		})
	}
}

// A tag is on everything and must not replace anything.
func TestAnotherOwnerUpdatesInPlace(t *testing.T) {
	t.Parallel()
	r := open(t, deployed(t), func(runtime map[string]any) { runtime["owner"] = "operations" })
	defer r.Close()
	before := len(touched(t, r.World()))
	up(t, r, stack)
	after := touched(t, r.World())[before:]
	assert.Greater(t, len(after), len(of([]string{stack}))/2)
	for _, e := range after {
		assert.Equal(t, sim.Update, e.Verb, "%s", e.URN)
	}
	assert.Equal(t, original, standing(r.World()))
}

// A tenant that is taken in must not show in what the others have.
func TestANewTenantTouchesNobodyElse(t *testing.T) {
	t.Parallel()
	r := open(t, deployed(t), func(runtime map[string]any) {
		add(runtime, "tenants", map[string]any{"name": "taiga", "isolation": "bridge"})
	})
	defer r.Close()
	before := len(touched(t, r.World()))
	up(t, r, stack)
	for _, e := range touched(t, r.World())[before:] {
		assert.Equal(t, sim.Create, e.Verb, "%s", e.URN)
		assert.Contains(t, e.URN.Name(), "taiga")
	}
}

// touched is what was done in the clouds, in order.
func touched(t *testing.T, world *sim.World) []sim.Entry {
	t.Helper()
	entries, err := world.Journal(func(e sim.Entry) bool { return e.Verb != sim.Read })
	require.NoError(t, err)
	return entries
}

// summary counts entries by verb and kind.
func summary(entries []sim.Entry) []string {
	tally := map[string]int{}
	for _, e := range entries {
		tally[fmt.Sprintf("%s %s", e.Verb, e.Kind)]++
	}
	lines := []string{}
	for line, n := range tally {
		lines = append(lines, fmt.Sprintf("%s ×%d", line, n))
	}
	slices.Sort(lines)
	return lines
}
