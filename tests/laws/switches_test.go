package laws

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/components/account"
	"tenant-runtime/rehearsal/sim/clouds"
	"tenant-runtime/rehearsal/sim/mock"
	"tenant-runtime/stacks/deploy"
)

// What an account or a region of it has once is a component's of its own: declared
// elsewhere, two stacks in one account would overrule each other, and the end of a
// drill would remove production's protection. Nothing removes it, and a stack that
// does not own the account never touches it.
func TestSwitchesAreTheAccountsOwn(t *testing.T) {
	switches := map[string]bool{}
	for _, kind := range clouds.Switches() {
		switches[kind] = true
	}
	require.NotEmpty(t, switches)
	declared := map[string]bool{}
	eachPlan(t, func(t *testing.T, config deploy.Config, plan *mock.Plan) {
		once := map[string]bool{}
		for _, r := range declarations(plan) {
			if !switches[r.Type] {
				continue
			}
			declared[r.Type] = true
			assert.Equal(t, account.Type, string(r.Parent.Type()), "%s is for all of the account: declare it in components/account", r.URN)
			assert.True(t, r.Request.GetRetainOnDelete(), "%s opens the account to others when the stack goes: declare it with RetainOnDelete", r.URN)
			assert.True(t, config.Account.IsOwned(), "%s is declared, and the stack does not own the account", r.URN)
			at := r.Type + " " + regionOf(t, plan, r)
			assert.False(t, once[at], "%s is declared twice", at)
			once[at] = true
		}
		assert.Equal(t, config.Account.IsOwned(), len(once) > 0, "who owns the account closes it")
	})
	assert.GreaterOrEqual(t, len(declared), 4, "the plans declare %v", keys(declared))
}
