package sim_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/rehearsal/sim"
)

func TestCheckSaysEverythingBeforeAnythingExists(t *testing.T) {
	b := newBench(t)
	_, problems := b.Check(b.frankfurt, urn(box, "b"), nil, props(sim.Props{"nmae": "b", "zones": []any{"mars"}, "name": "B", "tags": sim.Props{"aws:": "x"}}))
	assert.Len(t, problems, 4)
	_, problems = b.Check(b.frankfurt, urn("aws:toy/hat:Hat", "h"), nil, props(nil))
	require.Len(t, problems, 1)
	assert.Contains(t, problems[0].Reason, "add a row to rehearsal/sim/aws/toy.go")
}

func TestNamesAreInvented(t *testing.T) {
	b := newBench(t)
	check := func(olds sim.Props) string {
		inputs, problems := b.Check(b.frankfurt, urn(box, "b"), props(olds), props(nil))
		require.Empty(t, problems)
		return inputs["name"].StringValue()
	}
	name := check(nil)
	assert.Regexp(t, `^b-[0-9a-f]{7}$`, name)
	assert.Equal(t, name, check(nil), "the same on every run")
	assert.Equal(t, "kept", check(sim.Props{"name": "kept"}))
	b.make(b.frankfurt, box, "b", nil)
	assert.NotEqual(t, name, check(nil), "a replacement must not collide with what it replaces")
}

func TestOutputs(t *testing.T) {
	b := newBench(t)
	b.make(b.frankfurt, box, "target", sim.Props{"name": "target"})
	inputs := props(sim.Props{"name": "b", "tags": sim.Props{"a": "b"}, "spec": sim.Props{"a": "given"}, "secret": "s"})
	id, outputs, err := b.Create(b.frankfurt, urn(box, "b"), inputs)
	require.NoError(t, err)
	plain := outputs.Mappable()
	assert.Equal(t, "arn:aws:toy:eu-central-1:111111111111:box/b", plain["arn"])
	assert.Equal(t, []any{"b.one", id + ".two"}, plain["ends"])
	assert.Equal(t, map[string]any{"a": "given", "b": "filled"}, plain["spec"], "what is given stays, the rest is filled in")
	assert.Equal(t, map[string]any{"a": "b", "owner": "platform"}, plain["tagsAll"])
	assert.GreaterOrEqual(t, plain["port"], 8000.0)
	assert.Equal(t, 1.0, plain["size"])
	assert.True(t, outputs["secret"].IsSecret(), "the schema says it is secret")
	hidden := resource.PropertyMap{"tags": resource.MakeSecret(resource.NewProperty(props(sim.Props{"a": "b"})))}
	_, outputs, err = b.Create(b.frankfurt, urn(box, "hidden"), hidden)
	require.NoError(t, err)
	assert.True(t, outputs["tagsAll"].IsSecret(), "made of what is secret")
	_, outputs, err = b.Create(b.frankfurt, urn(label, "l"), props(sim.Props{"box": "b"}))
	require.NoError(t, err)
	assert.Equal(t, plain["arn"], outputs["boxArn"].StringValue())
}

func TestPlanKnowsOnlyWhatIsGiven(t *testing.T) {
	b := newBench(t)
	planned, err := b.Plan(b.frankfurt, urn(box, "b"), props(sim.Props{"name": "b"}))
	require.NoError(t, err)
	assert.Equal(t, "b", planned["name"].StringValue())
	for _, name := range []resource.PropertyKey{"arn", "size", "tagsAll"} {
		assert.True(t, planned[name].IsComputed(), name)
	}
	entries, err := b.Journal(nil)
	require.NoError(t, err)
	assert.Empty(t, entries, "a preview leaves nothing behind")
}

func TestDiff(t *testing.T) {
	given := sim.Props{"name": "b", "size": 1, "spec": sim.Props{"a": "1", "b": "1"}}
	for name, c := range map[string]struct {
		set               sim.Props
		changed, replaced []string
		deleteFirst       bool
		path              string
		kind              plugin.DiffKind
	}{
		"nothing":                          {},
		"in place":                         {set: sim.Props{"size": 2}, changed: []string{"size"}, path: "size", kind: plugin.DiffUpdate},
		"nested in place":                  {set: sim.Props{"spec": sim.Props{"a": "1", "b": "2"}}, changed: []string{"spec"}, path: "spec.b", kind: plugin.DiffUpdate},
		"fixed, another name":              {set: sim.Props{"name": "c"}, changed: []string{"name"}, replaced: []string{"name"}, path: "name", kind: plugin.DiffUpdateReplace},
		"fixed, the same name":             {set: sim.Props{"kind": "x"}, changed: []string{"kind"}, replaced: []string{"kind"}, deleteFirst: true, path: "kind", kind: plugin.DiffAddReplace},
		"nested fixed":                     {set: sim.Props{"spec": sim.Props{"a": "2", "b": "1"}}, changed: []string{"spec"}, replaced: []string{"spec"}, deleteFirst: true, path: "spec.a", kind: plugin.DiffUpdateReplace},
		"a name not known yet is replaced": {set: sim.Props{"name": resource.MakeComputed(resource.NewProperty(""))}, changed: []string{"name"}, replaced: []string{"name"}, path: "name", kind: plugin.DiffUpdateReplace},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			olds := props(given)
			id, outputs, err := b.Create(b.frankfurt, urn(box, "b"), olds)
			require.NoError(t, err)
			news := olds.Copy()
			for k, v := range c.set {
				news[resource.PropertyKey(k)] = resource.NewPropertyValue(v)
			}
			d, err := b.Diff(b.frankfurt, urn(box, "b"), id, olds, outputs, news)
			require.NoError(t, err)
			assert.Equal(t, c.changed, d.Changed)
			assert.Equal(t, c.replaced, d.Replace)
			assert.Equal(t, c.deleteFirst, d.DeleteFirst)
			if c.path != "" {
				assert.Equal(t, c.kind, d.Detailed[c.path].Kind)
			}
		})
	}
}

func TestSecrecyAloneIsNoChange(t *testing.T) {
	b := newBench(t)
	olds := props(sim.Props{"name": "b", "secret": "s"})
	id, outputs, err := b.Create(b.frankfurt, urn(box, "b"), olds)
	require.NoError(t, err)
	news := olds.Copy()
	news["secret"] = resource.MakeSecret(news["secret"])
	d, err := b.Diff(b.frankfurt, urn(box, "b"), id, olds, outputs, news)
	require.NoError(t, err)
	assert.Empty(t, d.Changed)
}

func TestDefaultTagsAreAChange(t *testing.T) {
	b := newBench(t)
	inputs := props(sim.Props{"name": "b"})
	id, outputs, err := b.Create(b.frankfurt, urn(box, "b"), inputs)
	require.NoError(t, err)
	changed := b.frankfurt
	changed.Props = sim.Props{"defaultTags": sim.Props{"tags": sim.Props{"owner": "security"}}}
	d, err := b.Diff(changed, urn(box, "b"), id, inputs, outputs, inputs)
	require.NoError(t, err)
	assert.Equal(t, []string{"tagsAll"}, d.Changed)
}

func TestReadReturnsWhatStands(t *testing.T) {
	b := newBench(t)
	inputs := props(sim.Props{"name": "b", "size": 1})
	id, outputs, err := b.Create(b.frankfurt, urn(box, "b"), inputs)
	require.NoError(t, err)
	in, out, ok, err := b.Read(b.frankfurt, urn(box, "b"), id)
	require.NoError(t, err)
	assert.True(t, ok)
	assert.Equal(t, inputs, in)
	assert.Equal(t, outputs, out)
	require.NoError(t, b.Drift(urn(box, "b"), "size", 9))
	in, _, _, err = b.Read(b.frankfurt, urn(box, "b"), id)
	require.NoError(t, err)
	assert.Equal(t, 9.0, in["size"].NumberValue())
	_, _, ok, err = b.Read(b.paris, urn(box, "b"), id)
	require.NoError(t, err)
	assert.False(t, ok, "another region has no such thing")
}

func TestConfiguration(t *testing.T) {
	b := newBench(t)
	good := sim.Props{"region": "eu-central-1", "allowedAccountIds": []any{"111111111111"}}
	for name, c := range map[string]struct {
		set  sim.Props
		want string
	}{
		"good":                 {nil, ""},
		"JSON text":            {sim.Props{"allowedAccountIds": `["111111111111"]`, "version": "6.83.0"}, ""},
		"role":                 {sim.Props{"assumeRole": sim.Props{"roleArn": "arn:aws:iam::111111111111:role/deploy"}}, ""},
		"role elsewhere":       {sim.Props{"assumeRole": sim.Props{"roleArn": "arn:aws:iam::222222222222:role/deploy"}}, "account 222222222222 is not allowed"},
		"no account":           {sim.Props{"allowedAccountIds": []any{}}, "must say whose account is simulated"},
		"not an account":       {sim.Props{"allowedAccountIds": []any{"1"}}, `"1" is not an account of aws`},
		"unknown region":       {sim.Props{"region": "eu-central-9"}, `"eu-central-9" is not a region of aws`},
		"another cloud's":      {sim.Props{"region": "europe-west6"}, `"europe-west6" is not a region of aws`},
		"no region":            {sim.Props{"region": nil}, "region: is required"},
		"unknown property":     {sim.Props{"regoin": "x"}, "regoin: no such property"},
		"not known yet passes": {sim.Props{"region": resource.MakeComputed(resource.NewProperty(""))}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			given := props(good)
			for k, v := range c.set {
				given[resource.PropertyKey(k)] = resource.NewPropertyValue(v)
			}
			config, err := b.Configure("aws", given)
			if c.want == "" {
				require.NoError(t, err)
				assert.Equal(t, "111111111111", config.Account)
				return
			}
			assert.ErrorContains(t, err, c.want)
		})
	}
	_, err := b.Configure("oci", props(good))
	assert.ErrorContains(t, err, `no simulated cloud for package "oci"`)
}
