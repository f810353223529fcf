package lifecycle

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/rehearsal/report"
	"tenant-runtime/rehearsal/sim"
)

const (
	home     = "eu-central-1" // of the stack
	recovery = "eu-west-1"
	drill    = "eu-drill" // shares the stack's account, at home in its recovery region
)

// When a region is lost, nothing can be done there and the rest goes on: a change reaches the recovery
// region and not the home, and a second runtime comes up in the same account. When the region answers
// again, the same command finishes the change.
func TestALostRegionKeepsNobodyFromTheOthers(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	r := open(t, dir, nil)
	up(t, r, stack)
	require.NoError(t, r.Close())

	r = open(t, dir, func(runtime map[string]any) {
		add(cell(runtime)["alarms"].(map[string]any), "emails", "night@example.com")
	})
	defer r.Close()
	require.NoError(t, r.World().Lose(home))
	before := len(touched(t, r.World()))
	status, err := r.Pulumi(t.Context(), "up", "--stack", stack, "--yes", "--skip-preview", "--continue-on-error", "--non-interactive", "--suppress-progress")
	require.NoError(t, err)
	assert.NotZero(t, status)
	answered := map[string]string{}
	for _, e := range touched(t, r.World())[before:] {
		answered[e.Region] = e.Error
	}
	assert.Contains(t, answered[home], "region "+home+" does not answer")
	assert.Equal(t, "", answered[recovery])
	assert.Len(t, answered, 2)

	up(t, r, drill)
	assert.Greater(t, len(standing(r.World(), drill)), 200)

	require.NoError(t, r.World().Restore(home))
	up(t, r, stack)
	nothing(t, up(t, r, stack))
}

// A drill comes and goes beside production, in its account. What proves to the certificate authority
// whose name it is they have in common.
func TestADrillLeavesProductionAlone(t *testing.T) {
	t.Parallel()
	r := open(t, deployed(t), nil)
	defer r.Close()
	things := func() (all []string) {
		for _, r := range r.World().Resources(nil) {
			all = append(all, r.Kind+" "+r.ID)
		}
		return all
	}
	before, did := things(), len(touched(t, r.World()))
	up(t, r, drill)
	nothing(t, up(t, r, drill))
	assert.Greater(t, len(standing(r.World(), drill)), 200)
	gone(t, r, drill)
	for _, e := range touched(t, r.World())[did:] {
		assert.Equal(t, drill, string(e.URN.Stack()), "%s %s", e.Verb, e.URN)
	}
	assert.Subset(t, things(), before)
}

// What an account has once is one stack's, even if another asks for it.
func TestASecondStackCannotTakeTheAccount(t *testing.T) {
	t.Parallel()
	r := openStack(t, deployed(t), drill, func(runtime map[string]any) {
		runtime["account"], runtime["environment"], runtime["recovery"] = map[string]any{}, "prod", "eu-central-1" // no drill: that may not even ask
	})
	defer r.Close()
	reports, err := r.Up(t.Context(), drill)
	require.NoError(t, err)
	assert.Equal(t, report.Failed, reports[0].Ended())
	assert.Contains(t, strings.Join(reports[0].Errors, "\n"), "stack eu has set this for")
	assert.Subset(t, standing(r.World()), original)
}

// A drill starts from what production sent to the recovery region: its database from backups at a
// moment, as the stack file says. A repeat finds nothing to do, and what the operator's restore jobs
// need is exported.
func TestADrillRestoresWhatProductionSent(t *testing.T) {
	t.Parallel()
	dir := deployed(t)
	r := open(t, dir, nil)
	named := func(of, kind, name string) sim.Resource {
		t.Helper()
		for _, one := range r.World().Resources(nil) {
			if one.URN.Stack().String() == of && one.Kind == kind && one.URN.Name() == name {
				return one
			}
		}
		require.Failf(t, "not found", "%s: %s %s", of, kind, name)
		return sim.Resource{}
	}
	backups := named(stack, "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication", "database").ID
	key := named(stack, "aws:kms/key:Key", "recovery-keys-copies").Outputs["arn"].StringValue()
	require.NoError(t, r.Close())

	const moment, point = "2026-11-28T03:00:00Z", "arn:aws:backup:eu-west-1:777788889999:recovery-point:attachments-1"
	r = openStack(t, dir, drill, func(runtime map[string]any) {
		cell(runtime)["restore"] = map[string]any{
			"database": map[string]any{"backups": backups, "at": moment, "key": key},
			"stores":   []any{map[string]any{"store": "attachments", "copy": point}},
		}
	})
	defer r.Close()
	reports := up(t, r, drill)
	jobs, _ := reports[0].Outputs["restore"].([]any)
	require.Len(t, jobs, 1)
	assert.Equal(t, point, jobs[0].(map[string]any)["recoveryPoint"])
	database := named(drill, "aws:rds/instance:Instance", "database")
	from := database.Inputs["restoreToPointInTime"].ObjectValue()
	assert.Equal(t, backups, from["sourceDbInstanceAutomatedBackupsArn"].StringValue())
	assert.Equal(t, moment, from["restoreTime"].StringValue())
	assert.Equal(t, key, database.Inputs["kmsKeyId"].StringValue())
	nothing(t, up(t, r, drill))
}
