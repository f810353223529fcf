package sim_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/rehearsal/sim"
)

// TestIDsDoNotDependOnOrder: stacks run at once and in any order.
func TestIDsDoNotDependOnOrder(t *testing.T) {
	names := []string{"a", "b", "c", "d", "e", "f"}
	build := func(order func(create func(name string))) map[string]string {
		b, ids, mu := newBench(t), map[string]string{}, sync.Mutex{}
		order(func(name string) {
			id := b.make(b.frankfurt, box, name, sim.Props{"name": name})
			mu.Lock()
			defer mu.Unlock()
			ids[name] = id
		})
		return ids
	}
	first := build(func(create func(string)) {
		for _, n := range names {
			create(n)
		}
	})
	second := build(func(create func(string)) {
		var wg sync.WaitGroup
		for _, n := range names {
			wg.Go(func() { create(n) })
		}
		wg.Wait()
	})
	assert.Equal(t, first, second)
}

func TestARecreatedThingIsAnother(t *testing.T) {
	b := newBench(t)
	before := b.make(b.frankfurt, box, "b", sim.Props{"name": "b"})
	require.NoError(t, b.Delete(b.frankfurt, urn(box, "b"), before))
	assert.NotEqual(t, before, b.make(b.frankfurt, box, "b", sim.Props{"name": "b"}))
}

// TestClockShowsTheCriticalPath: two boxes take two minutes each at the same time,
// and what refers to them waits.
func TestClockShowsTheCriticalPath(t *testing.T) {
	b := newBench(t)
	for _, name := range []string{"a", "b"} {
		b.make(b.frankfurt, box, name, sim.Props{"name": name})
	}
	label1 := b.make(b.frankfurt, label, "l", sim.Props{"box": "a"})
	assert.Equal(t, sim.Epoch.Add(2*time.Minute+6*time.Second), b.Now())
	require.NoError(t, b.Begin())
	require.NoError(t, b.Delete(b.frankfurt, urn(label, "l"), label1))
	require.NoError(t, b.Delete(b.frankfurt, urn(box, "a"), b.one(box, "a").ID))
	entries, err := b.Journal(func(e sim.Entry) bool { return e.Verb == sim.Delete })
	require.NoError(t, err)
	require.Len(t, entries, 2)
	assert.Equal(t, entries[0].At.Add(entries[0].Took), entries[1].At, "the box waits for its label to go")
}

func TestFaults(t *testing.T) {
	t.Run("fail the second creation of a kind, once", func(t *testing.T) {
		b := newBench(t)
		require.NoError(t, b.Inject(sim.Fault{Verb: sim.Create, Kind: box, Nth: 2, Do: sim.Fail, Error: "InsufficientCapacity"}))
		b.make(b.frankfurt, box, "a", nil)
		b.make(b.frankfurt, well, "w", sim.Props{"name": "w"})
		_, err := b.try(b.frankfurt, box, "b", nil)
		assert.ErrorContains(t, err, "InsufficientCapacity (injected)")
		b.make(b.frankfurt, box, "b", nil)
	})
	t.Run("fail everything in a region", func(t *testing.T) {
		b := newBench(t)
		require.NoError(t, b.Inject(sim.Fault{Region: "eu-west-3", Times: 100, Do: sim.Fail}))
		for range 3 {
			_, err := b.try(b.paris, box, "a", nil)
			assert.Error(t, err)
		}
		b.make(b.frankfurt, box, "a", nil)
		require.NoError(t, b.ClearFaults())
		b.make(b.paris, box, "a", nil)
	})
	t.Run("of two, the first injected strikes and both count", func(t *testing.T) {
		b := newBench(t)
		require.NoError(t, b.Inject(sim.Fault{Do: sim.Fail, Error: "First"}))
		require.NoError(t, b.Inject(sim.Fault{Do: sim.Fail, Times: 2, Error: "Second"}))
		for _, want := range []string{"First", "Second", ""} {
			_, err := b.try(b.frankfurt, box, "a", nil)
			assert.True(t, err == nil && want == "" || err != nil && strings.Contains(err.Error(), want), "%v", err)
		}
	})
	t.Run("lose the reply", func(t *testing.T) {
		b := newBench(t)
		require.NoError(t, b.Inject(sim.Fault{URN: urn(box, "a"), Do: sim.LoseReply}))
		_, err := b.try(b.frankfurt, box, "a", sim.Props{"name": "a"})
		assert.ErrorContains(t, err, "the reply was lost")
		_, ok := b.stands(box, "a")
		assert.True(t, ok)
	})
	t.Run("throttle, then succeed", func(t *testing.T) {
		b := newBench(t)
		require.NoError(t, b.Inject(sim.Fault{Kind: box, Times: 3, Do: sim.Throttle}))
		b.make(b.frankfurt, box, "a", nil)
		assert.Equal(t, sim.Epoch.Add(2*time.Minute+7*time.Second), b.Now(), "the provider waited 1, 2 and 4 seconds")
		b.make(b.paris, box, "b", nil)
		require.NoError(t, b.Inject(sim.Fault{Kind: box, Times: 100, Do: sim.Throttle}))
		_, err := b.try(b.frankfurt, box, "c", nil)
		assert.ErrorContains(t, err, "ThrottlingException")
	})
}

func TestJournalHasEveryOperation(t *testing.T) {
	b := newBench(t)
	id := b.make(b.frankfurt, box, "b", sim.Props{"name": "b"})
	_, _ = b.try(b.frankfurt, box, "c", sim.Props{"name": "b"})
	_, _, _, _ = b.Read(b.frankfurt, urn(box, "b"), id)
	_, _ = b.Update(b.frankfurt, urn(box, "b"), id, props(sim.Props{"name": "b", "size": 2}))
	_ = b.Delete(b.frankfurt, urn(box, "b"), id)
	entries, err := b.Journal(nil)
	require.NoError(t, err)
	var got []string
	for i, e := range entries {
		assert.Equal(t, i+1, e.Seq)
		assert.Equal(t, "111111111111/eu-central-1", e.Account+"/"+e.Region)
		got = append(got, fmt.Sprintf("%s %s %t", e.Verb, e.URN.Name(), e.Error == ""))
	}
	assert.Equal(t, []string{"create b true", "create c false", "read b true", "update b true", "delete b true"}, got)
}

func TestOnlyOneProcessHasTheWorld(t *testing.T) {
	path := filepath.Join(t.TempDir(), "world")
	w, err := sim.Open(path, toys())
	require.NoError(t, err)
	defer w.Close()
	_, err = sim.Open(path, toys())
	assert.ErrorContains(t, err, path+" is open in another process")
}

func TestWorldIsRemembered(t *testing.T) {
	path := filepath.Join(t.TempDir(), "world")
	b := newBench(t)
	open := func() {
		w, err := sim.Open(path, toys())
		require.NoError(t, err)
		b.World = w
	}
	open()
	inputs := props(sim.Props{"name": "b", "secret": "s"})
	inputs["secret"] = resource.MakeSecret(inputs["secret"])
	id, outputs, err := b.Create(b.frankfurt, urn(box, "b"), inputs)
	require.NoError(t, err)
	require.NoError(t, b.Lose("eu-west-3"))
	require.NoError(t, b.Inject(sim.Fault{Kind: well, Do: sim.Fail}))
	now := b.Now()
	require.NoError(t, b.Close())

	open()
	defer b.Close()
	assert.Equal(t, now, b.Now())
	in, out, ok, err := b.Read(b.frankfurt, urn(box, "b"), id)
	require.NoError(t, err)
	assert.True(t, ok)
	assert.Equal(t, inputs, in, "secrets stay secret")
	assert.Equal(t, outputs, out)
	b.make(b.frankfurt, label, "l", sim.Props{"box": "box:b"})
	_, err = b.try(b.paris, box, "c", nil)
	assert.ErrorContains(t, err, "does not answer")
	_, err = b.try(b.frankfurt, well, "w", sim.Props{"name": "w"})
	assert.ErrorContains(t, err, "injected")
	require.NoError(t, b.Delete(b.frankfurt, urn(label, "l"), b.one(label, "l").ID))
	require.NoError(t, b.Delete(b.frankfurt, urn(box, "b"), id))
	assert.NotEqual(t, id, b.make(b.frankfurt, box, "b", sim.Props{"name": "b"}), "how often it was made is remembered")
}

func TestMistakesInRowsAreFound(t *testing.T) {
	for name, c := range map[string]struct {
		edit func(*sim.Kind)
		want string
	}{
		"no such kind":       {func(k *sim.Kind) { k.Type = "aws:toy/hat:Hat" }, "aws:toy/hat:Hat: no schema"},
		"no such property":   {func(k *sim.Kind) { k.Replace = []string{"nmae"} }, `nmae: no property "nmae"`},
		"no such path":       {func(k *sim.Kind) { k.Replace = []string{"spec.c"} }, `spec.c: no property "c"`},
		"not a list":         {func(k *sim.Kind) { k.Refs = map[string]sim.Ref{"spec[*].a": sim.To(box)} }, "not a list or map"},
		"no such output":     {func(k *sim.Kind) { k.Compute = sim.Props{"arm": "x"} }, `no output "arm"`},
		"no such word":       {func(k *sim.Kind) { k.ID = "{nmae}" }, `"nmae" is neither a property nor a word`},
		"no such target":     {func(k *sim.Kind) { k.Refs = map[string]sim.Ref{"kind": sim.To("aws:toy/hat:Hat")} }, "refers to aws:toy/hat:Hat, which has no row"},
		"no such pattern":    {func(k *sim.Kind) { k.Name.Pattern = "(" }, "missing closing )"},
		"switch in a region": {func(k *sim.Kind) { k.Switch = sim.OfAccount }, "At must be Global"},
		"no source":          {func(k *sim.Kind) { k.Source = "" }, "ID and Source must be given"},
		"two rows":           {nil, "kind aws:toy/box:Box has two rows"},
	} {
		t.Run(name, func(t *testing.T) {
			table := toys()
			if c.edit == nil {
				table.Kinds = append(table.Kinds, table.Kinds[0])
			} else {
				c.edit(&table.Kinds[0])
			}
			_, err := sim.Open(filepath.Join(t.TempDir(), "world"), table)
			assert.ErrorContains(t, err, c.want)
		})
	}
}
