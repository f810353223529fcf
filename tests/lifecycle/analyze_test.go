package lifecycle

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/rehearsal/sim"
)

// The packs judge a state as they judge a program, so that what somebody weakened by
// hand is found by refresh and analyze.
func TestAWeakenedResourceIsFoundInTheState(t *testing.T) {
	t.Parallel()
	r := open(t, deployed(t), nil)
	defer r.Close()
	analyze := func() int {
		code, err := r.Pulumi(t.Context(), "policy", "analyze", "--stack", stack,
			"--policy-pack", "policy/hardening", "--policy-pack", "policy/residency", "--policy-pack", "policy/continuity")
		require.NoError(t, err)
		return code
	}
	assert.Zero(t, analyze())

	require.NoError(t, r.World().Drift(rotating(t, r.World()), "enableKeyRotation", false))
	code, err := r.Pulumi(t.Context(), "refresh", "--stack", stack, "--yes", "--skip-preview")
	require.NoError(t, err)
	require.Zero(t, code)
	assert.NotZero(t, analyze(), "the key no longer rotates")
}

// rotating finds a key.
func rotating(t *testing.T, world *sim.World) resource.URN {
	keys := world.Resources(func(r sim.Resource) bool { return r.Kind == "aws:kms/key:Key" && r.Stack() == stack })
	require.NotEmpty(t, keys)
	return keys[0].URN
}
