package sim_test

import (
	"maps"
	"path/filepath"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/require"

	"tenant-runtime/regions"
	"tenant-runtime/rehearsal/sim"
	"tenant-runtime/rehearsal/sim/schema"
)

// The toy cloud has just enough kinds to try every law on.
const (
	box   = "aws:toy/box:Box"     // named, may be full, may be protected
	label = "aws:toy/label:Label" // refers to boxes
	bin   = "aws:toy/bin:Bin"     // recoverable, with a name of the world's
	lock  = "aws:toy/lock:Lock"   // locks what its scope names
	well  = "aws:toy/well:Well"   // global, kept for ever
	fence = "aws:toy/fence:Fence" // a switch of the account
	gate  = "aws:toy/gate:Gate"   // a switch of a region
)

func toys() sim.Table {
	text := schema.Property{Type: "string"}
	flag := schema.Property{Type: "bool"}
	tags := schema.Property{Type: "{string}"}
	types := maps.Clone(schema.AWS().Types) // for the provider's configuration
	types["toy.Spec"] = schema.Object{"a": text, "b": text}
	return sim.Table{
		Package: "aws", Cloud: regions.AWS,
		Schema: &schema.Schema{
			Kinds: map[string]schema.Kind{
				"pulumi:providers:aws": schema.AWS().Kinds["pulumi:providers:aws"],
				box: {In: schema.Object{"name": text, "size": {Type: "int"}, "zones": {Type: "[string]"}, "protect": flag, "force": flag, "tags": tags,
					"secret": {Type: "string", Secret: true}, "spec": {Type: "#toy.Spec"}, "kind": text},
					Out: schema.Object{"arn": text, "tagsAll": tags, "port": {Type: "int"}, "ends": {Type: "[string]"}}},
				label: {In: schema.Object{"box": {Type: "string", Required: true}, "boxes": {Type: "[string]"}, "far": text, "weak": text, "fill": text, "doc": text},
					Out: schema.Object{"boxArn": text}},
				bin:   {In: schema.Object{"name": text, "days": {Type: "int"}, "mode": text}, Out: schema.Object{}},
				lock:  {In: schema.Object{"scope": text}, Out: schema.Object{}},
				well:  {In: schema.Object{"name": text}, Out: schema.Object{}},
				fence: {In: schema.Object{"high": flag, "kind": text}, Out: schema.Object{}},
				gate:  {In: schema.Object{"shut": flag}, Out: schema.Object{}},
			},
			Types: types,
		},
		Kinds: []sim.Kind{
			{
				Type: box, ID: "box-{hex 8}",
				Name:    sim.Name{In: "name", Unique: sim.InAccountRegion, Max: 12, Pattern: `^[a-z0-9-]+$`, Taken: "BoxExists"},
				Compute: sim.Props{"arn": "arn:{partition}:toy:{region}:{account}:box/{name}", "port": "80{digits 2}", "ends": []any{"{name}.one", "{id}.two"}},
				Default: sim.Props{"size": 1, "spec": sim.Props{"a": "filled", "b": "filled"}},
				Handles: []string{"box:{name}"},
				Replace: []string{"kind", "name", "spec.a"},
				Guard:   []sim.Guard{{While: "protect", Error: "Protected"}, {While: "!force", HoldsData: true, Error: "NotEmpty"}},
				Takes:   sim.Creates(1, 2, 3).Deletes(1, 1, 1), Source: "test",
			},
			{
				Type: label, ID: "{box}/label-{hex 4}",
				Compute: sim.Props{"boxArn": "{ref.box.arn}"},
				Refs: map[string]sim.Ref{
					"box": sim.To(box).Or(`^external:`), "boxes[*]": sim.To(box), "far": sim.To(box).Anywhere(), "weak": sim.To(box).Weak(),
					"fill": sim.To(box).Filling().Weak(), "doc{}.list[*].box": sim.To(box).Weak(),
				},
				Source: "test",
			},
			{
				Type: bin, ID: "{name}", Name: sim.Name{In: "name", Unique: sim.InWorld},
				Ends: sim.Ending{As: sim.Recoverable, Days: 30, DaysIn: "days", Revive: "mode=recover"}, Source: "test",
			},
			{Type: lock, ID: "lock-{hex 8}", Locks: "scope", Source: "test"},
			{Type: well, At: sim.Global, ID: "{name}", Name: sim.Name{In: "name", Unique: sim.InAccount}, Ends: sim.Ending{As: sim.Kept}, Source: "test"},
			{Type: fence, At: sim.Global, Switch: sim.OfAccount, ID: "{account}", Replace: []string{"kind"}, Source: "test"},
			{Type: gate, Switch: sim.OfRegion, ID: "default", Source: "test"},
		},
	}
}

// bench is a world to try things in. Frankfurt and Paris are two providers of one
// account, other is of another account.
type bench struct {
	*testing.T
	*sim.World
	frankfurt, paris, other sim.Config
}

func newBench(t *testing.T, tables ...sim.Table) *bench {
	if tables == nil {
		tables = []sim.Table{toys()}
	}
	w, err := sim.Open(filepath.Join(t.TempDir(), "world"), tables...)
	require.NoError(t, err)
	t.Cleanup(func() { _ = w.Close() })
	in := func(account, region string) sim.Config {
		return sim.Config{Package: "aws", Account: account, Region: region,
			Props: sim.Props{"defaultTags": sim.Props{"tags": sim.Props{"owner": "platform"}}}}
	}
	return &bench{t, w, in("111111111111", "eu-central-1"), in("111111111111", "eu-west-3"), in("222222222222", "eu-central-1")}
}

func urn(kind, name string) resource.URN {
	return resource.URN("urn:pulumi:eu::tenant-runtime::" + kind + "::" + name)
}

func props(values sim.Props) resource.PropertyMap { return resource.NewPropertyMapFromMap(values) }

// make creates a resource as the engine would: checked first.
func (b *bench) try(c sim.Config, kind, name string, inputs sim.Props) (string, error) {
	checked, _ := b.Check(c, urn(kind, name), nil, props(inputs))
	id, _, err := b.Create(c, urn(kind, name), checked)
	return id, err
}

func (b *bench) make(c sim.Config, kind, name string, inputs sim.Props) string {
	b.Helper()
	id, err := b.try(c, kind, name, inputs)
	require.NoError(b, err)
	return id
}

func (b *bench) one(kind, name string) sim.Resource {
	b.Helper()
	all := b.Residue("")
	for _, r := range all {
		if r.URN == urn(kind, name) {
			return r
		}
	}
	require.Failf(b, "not found", "%s %s", kind, name)
	return sim.Resource{}
}

// stands returns the id of what stands for a URN.
func (b *bench) stands(kind, name string) (id string, ok bool) {
	for _, r := range b.Resources(func(r sim.Resource) bool { return r.URN == urn(kind, name) && r.Fate == sim.Gone }) {
		id, ok = r.ID, true
	}
	return id, ok
}
