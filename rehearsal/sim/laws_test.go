package sim_test

import (
	"strings"
	"testing"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/rehearsal/sim"
)

// TestLaws tries each law on a creation. Given is created first, in Frankfurt.
func TestLaws(t *testing.T) {
	for name, c := range map[string]struct {
		kind   string
		inputs sim.Props
		want   string // empty: lawful
	}{
		"lawful":                       {box, sim.Props{"name": "b", "zones": []any{"eu-central-1a"}, "tags": sim.Props{"zone": "edge"}}, ""},
		"unknown kind":                 {"aws:toy/hat:Hat", nil, "no simulated kind aws:toy/hat:Hat: add a row to rehearsal/sim/aws/toy.go"},
		"unknown property":             {box, sim.Props{"nmae": "b"}, "nmae: no such property"},
		"wrong type":                   {box, sim.Props{"size": "1"}, `size: is "1", not int`},
		"missing property":             {label, sim.Props{}, "box: is required"},
		"everything wrong at once":     {box, sim.Props{"nmae": "b", "size": "1", "name": "B"}, `name: "B" does not match ^[a-z0-9-]+$; nmae: no such property`},
		"zone of another region":       {box, sim.Props{"zones": []any{"eu-west-3a"}}, `zones: "eu-west-3a" is not a zone of eu-central-1`},
		"name of the wrong form":       {box, sim.Props{"name": "B"}, "does not match"},
		"name too long":                {box, sim.Props{"name": "abcdefghijklm"}, "13 characters; at most 12"},
		"name taken":                   {box, sim.Props{"name": "given"}, `name: BoxExists: "given" is taken by given (eu)`},
		"tag key":                      {box, sim.Props{"tags": sim.Props{"aws:x": "1"}}, `"aws:x" is not a lawful key`},
		"tag value":                    {box, sim.Props{"tags": sim.Props{"x": "a?"}}, `tags.x: "a?" is not a lawful value`},
		"refers by id, arn and handle": {label, sim.Props{"box": "given", "boxes": []any{"box:given", "arn:aws:toy:eu-central-1:111111111111:box/given"}}, ""},
		"refers to nothing":            {label, sim.Props{"box": "gone"}, `box: "gone" does not exist (wanted aws:toy/box:Box)`},
		"refers to nothing in a list":  {label, sim.Props{"box": "given", "boxes": []any{"given", "gone"}}, `boxes[1]: "gone" does not exist`},
		"refers to nothing in JSON":    {label, sim.Props{"box": "given", "doc": `{"list":[{"box":"gone"}]}`}, `doc.list[0].box: "gone" does not exist`},
		"refers outside the world":     {label, sim.Props{"box": "external:thing"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.make(b.frankfurt, box, "given", sim.Props{"name": "given"})
			_, err := b.try(b.frankfurt, c.kind, "new", c.inputs)
			if c.want == "" {
				require.NoError(t, err)
				return
			}
			assert.ErrorContains(t, err, c.want)
		})
	}
}

func TestTooManyTags(t *testing.T) {
	b, tags := newBench(t), sim.Props{}
	for i := range 50 {
		tags["t"+string(rune('a'+i%26))+string(rune('a'+i/26))] = "v"
	}
	_, err := b.try(b.frankfurt, box, "b", sim.Props{"tags": tags})
	assert.ErrorContains(t, err, "tags: has 51 entries; at most 50 are allowed")
}

func TestNamesAreTakenWhereTheirScopeSays(t *testing.T) {
	b := newBench(t)
	b.make(b.frankfurt, box, "a", sim.Props{"name": "same"})
	b.make(b.paris, box, "b", sim.Props{"name": "same"})
	b.make(b.other, box, "c", sim.Props{"name": "same"})
	b.make(b.frankfurt, bin, "d", sim.Props{"name": "same"})
	_, err := b.try(b.other, bin, "e", sim.Props{"name": "same"})
	assert.ErrorContains(t, err, `"same" is taken`)
}

func TestReferencesStayInRegionAndAccount(t *testing.T) {
	b := newBench(t)
	far := b.make(b.paris, box, "far", sim.Props{"name": "far"})
	b.make(b.frankfurt, box, "near", sim.Props{"name": "near"})
	theirs := b.make(b.other, box, "theirs", sim.Props{"name": "theirs"})
	_, err := b.try(b.frankfurt, label, "l", sim.Props{"box": far})
	assert.ErrorContains(t, err, "is in region eu-west-3; it must be in eu-central-1")
	_, err = b.try(b.frankfurt, label, "l", sim.Props{"box": theirs})
	assert.ErrorContains(t, err, "belongs to account 222222222222; this is 111111111111")
	b.make(b.frankfurt, label, "l1", sim.Props{"box": "near", "far": far})
	b.make(b.frankfurt, label, "l2", sim.Props{"box": "arn:aws:toy:eu-central-1:222222222222:box/theirs"})
}

func TestWhatIsUsedCannotBeDeleted(t *testing.T) {
	b := newBench(t)
	used := b.make(b.frankfurt, box, "used", sim.Props{"name": "used"})
	weakly := b.make(b.frankfurt, box, "weakly", sim.Props{"name": "weakly"})
	user := b.make(b.frankfurt, label, "user", sim.Props{"box": used, "weak": weakly})
	assert.ErrorContains(t, b.Delete(b.frankfurt, urn(box, "used"), used), "DependencyViolation: used is in use by user (box)")
	require.NoError(t, b.Delete(b.frankfurt, urn(box, "weakly"), weakly))
	require.NoError(t, b.Delete(b.frankfurt, urn(label, "user"), user))
	require.NoError(t, b.Delete(b.frankfurt, urn(box, "used"), used))
	require.NoError(t, b.Delete(b.frankfurt, urn(box, "used"), used), "what is gone is gone")
}

func TestGuardsRefuseDeletion(t *testing.T) {
	b := newBench(t)
	id := b.make(b.frankfurt, box, "b", sim.Props{"name": "b", "protect": true})
	assert.ErrorContains(t, b.Delete(b.frankfurt, urn(box, "b"), id), "protect: Protected")
	_, err := b.Update(b.frankfurt, urn(box, "b"), id, props(sim.Props{"name": "b"}))
	require.NoError(t, err)
	b.make(b.frankfurt, label, "l", sim.Props{"box": "external:x", "fill": "b"})
	assert.ErrorContains(t, b.Delete(b.frankfurt, urn(box, "b"), id), "force: NotEmpty", "the label put data into it")
	require.NoError(t, b.Fill(urn(box, "b"), false))
	require.NoError(t, b.Delete(b.frankfurt, urn(box, "b"), id))
}

func TestLocksCoverWhatIsBelow(t *testing.T) {
	b := newBench(t)
	id := b.make(b.frankfurt, box, "b", sim.Props{})
	key := b.make(b.frankfurt, lock, "l", sim.Props{"scope": id})
	assert.ErrorContains(t, b.Delete(b.frankfurt, urn(box, "b"), id), "ScopeLocked")
	require.NoError(t, b.Delete(b.frankfurt, urn(lock, "l"), key))
	require.NoError(t, b.Delete(b.frankfurt, urn(box, "b"), id))
}

func TestDeletedThingsLinger(t *testing.T) {
	b := newBench(t)
	inputs := sim.Props{"name": "n", "days": 7}
	id := b.make(b.frankfurt, bin, "bin", inputs)
	require.NoError(t, b.Delete(b.frankfurt, urn(bin, "bin"), id))
	assert.Equal(t, sim.Recoverable, b.one(bin, "bin").Fate)
	assert.Empty(t, b.Resources(nil))
	_, err := b.try(b.frankfurt, bin, "again", inputs)
	assert.ErrorContains(t, err, `"n" is deleted but recoverable until 2026-01-08`)
	_, err = b.try(b.paris, bin, "again", sim.Props{"name": "n", "mode": "recover"})
	assert.ErrorContains(t, err, "recoverable until", "only where it was")
	b.make(b.frankfurt, bin, "again", sim.Props{"name": "n", "mode": "recover"})
	require.NoError(t, b.Delete(b.frankfurt, urn(bin, "again"), id))
	require.NoError(t, b.Advance(31*24*time.Hour))
	assert.Empty(t, b.Residue(""))
	b.make(b.paris, bin, "again", inputs)
}

func TestSomeThingsAreNeverDeleted(t *testing.T) {
	b := newBench(t)
	id := b.make(b.frankfurt, well, "w", sim.Props{"name": "n"})
	require.NoError(t, b.Delete(b.frankfurt, urn(well, "w"), id))
	_, ok := b.stands(well, "w")
	assert.False(t, ok)
	_, err := b.try(b.frankfurt, well, "again", sim.Props{"name": "n"})
	assert.ErrorContains(t, err, "never deleted, only forgotten: import it")
	_, _, ok, err = b.Read(b.frankfurt, urn(well, "again"), id)
	require.NoError(t, err)
	assert.True(t, ok)
	adopted, _ := b.stands(well, "again")
	assert.Equal(t, id, adopted)
}

// of is a URN of another stack.
func of(stack string, u resource.URN) resource.URN {
	return resource.URN(strings.Replace(string(u), ":eu:", ":"+stack+":", 1))
}

func TestASwitchIsOneStacks(t *testing.T) {
	b := newBench(t)
	set := func(c sim.Config, u resource.URN, high bool) error {
		_, _, err := b.Create(c, u, props(sim.Props{"high": high}))
		return err
	}
	mine := urn(fence, "fence")
	require.NoError(t, set(b.frankfurt, mine, false))
	err := set(b.paris, of("drill", mine), false)
	assert.ErrorContains(t, err, "stack eu has set this for account 111111111111, of which there is one: leave it to that stack")
	require.NoError(t, set(b.other, of("drill", mine), false), "another account has its own")

	require.NoError(t, set(b.paris, mine, true), "made again after a kill, and in another region's name")
	require.NoError(t, set(b.frankfurt, urn(fence, "renamed"), true))
	stands := b.Resources(func(r sim.Resource) bool { return r.Account == b.frankfurt.Account })
	require.Len(t, stands, 1, "it was set, not made")
	assert.Equal(t, urn(fence, "renamed"), stands[0].URN)
	assert.True(t, stands[0].Inputs["high"].BoolValue())

	_, _, ok, err := b.Read(b.paris, of("drill", mine), stands[0].ID)
	require.NoError(t, err)
	require.True(t, ok)
	assert.ErrorContains(t, set(b.frankfurt, mine, true), "stack drill has set this", "who imports it has it")
	_, err = b.Update(b.frankfurt, mine, stands[0].ID, props(nil))
	assert.ErrorContains(t, err, "stack drill has set this")
}

func TestASwitchOfARegionIsInEach(t *testing.T) {
	b := newBench(t)
	b.make(b.frankfurt, gate, "gate", nil)
	b.make(b.paris, gate, "paris", nil)
	_, _, err := b.Create(b.paris, of("drill", urn(gate, "gate")), props(nil))
	assert.ErrorContains(t, err, "stack eu has set this for eu-west-3 of account 111111111111")
}

func TestASwitchOutlivesItsStack(t *testing.T) {
	b := newBench(t)
	id := b.make(b.frankfurt, fence, "fence", nil)
	assert.ErrorContains(t, b.Delete(b.frankfurt, urn(fence, "fence"), id),
		"it protects all that is in account 111111111111, not only what stack eu has there, and must stay when the stack goes: declare it with retainOnDelete")
}

func TestFixedPropertiesStayFixed(t *testing.T) {
	b := newBench(t)
	id := b.make(b.frankfurt, box, "b", sim.Props{"name": "b"})
	_, err := b.Update(b.frankfurt, urn(box, "b"), id, props(sim.Props{"name": "c"}))
	assert.ErrorContains(t, err, "name: cannot be changed in place")
}

func TestLostRegionAnswersNothing(t *testing.T) {
	b := newBench(t)
	id := b.make(b.frankfurt, box, "b", sim.Props{"name": "b"})
	require.NoError(t, b.Lose("eu-central-1"))
	_, err := b.try(b.frankfurt, box, "c", nil)
	assert.ErrorContains(t, err, "region eu-central-1 does not answer")
	_, err = b.Update(b.frankfurt, urn(box, "b"), id, props(sim.Props{"name": "b", "size": 2}))
	assert.ErrorContains(t, err, "does not answer")
	_, _, _, err = b.Read(b.frankfurt, urn(box, "b"), id)
	assert.ErrorContains(t, err, "does not answer")
	assert.ErrorContains(t, b.Delete(b.frankfurt, urn(box, "b"), id), "does not answer")
	b.make(b.paris, box, "c", nil)
	b.make(b.frankfurt, well, "global", sim.Props{"name": "w"})
	require.NoError(t, b.Restore("eu-central-1"))
	require.NoError(t, b.Delete(b.frankfurt, urn(box, "b"), id))
}
