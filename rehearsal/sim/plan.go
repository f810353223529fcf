package sim

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"

	"tenant-runtime/regions"
	"tenant-runtime/rehearsal/sim/schema"
)

// Check completes the inputs of a resource as its provider would, and reports
// everything that can be seen to be wrong before anything exists.
func (w *World) Check(c Config, urn resource.URN, olds, news resource.PropertyMap) (resource.PropertyMap, []schema.Problem) {
	w.mu.Lock()
	defer w.mu.Unlock()
	news = news.Copy()
	o, err := w.op(Create, c, urn, news, nil)
	if err != nil {
		return news, []schema.Problem{{Path: "", Reason: err.Error()}}
	}
	for name, value := range w.assumed(o, olds) {
		news[resource.PropertyKey(name)] = resource.NewProperty(value)
	}
	if o, err = w.op(Create, c, urn, news, nil); err != nil {
		return news, []schema.Problem{{Path: "", Reason: err.Error()}}
	}
	for _, law := range []func(*Op){propertiesExist, regionsExist, zonesExist, tagsFit, namesFit} {
		law(o)
	}
	return news, o.problems
}

// assumed is what a provider fills in before it asks the cloud: a name that
// nobody chose, and on Azure the location.
func (w *World) assumed(o *Op, olds resource.PropertyMap) map[string]string {
	in, all := o.Table.Schema.Kinds[o.Kind.Type].In, map[string]string{}
	name := o.Kind.Name.In
	if _, can := in[name]; can && !in[name].Required && o.Inputs[name] == nil {
		prefix := text(o.Inputs, name+"Prefix")
		if prefix == "" {
			prefix = o.Kind.Name.Prefix + o.URN.Name() + "-"
		}
		sum := sha256.Sum256(fmt.Appendf(nil, "%s#%d", o.URN, o.Generation))
		all[name] = fmt.Sprintf("%s%x", prefix, sum[:])[:len(prefix)+7]
		if o.Kind.Name.Invent != "" {
			all[name] = o.fill(o.Kind.Name.Invent, name)
		}
		if old := text(plainMap(olds), name); old != "" {
			all[name] = old
		} else if left := w.left[o.URN]; left != nil {
			all[name] = left.Name // otherwise nobody could take over what a killed run left
		}
	}
	if _, can := in["location"]; can && o.Table.Cloud == regions.Azure && o.Inputs["location"] == nil && o.Config.Region != "" {
		all["location"] = o.Config.Region
	}
	return all
}

// outputs are the inputs, what the cloud fills in, and what it computes.
func (o *Op) outputs(inputs resource.PropertyMap) resource.PropertyMap {
	s, out := o.Table.Schema.Kinds[o.Kind.Type], Props{}
	for _, values := range []Props{o.Kind.Default, o.Kind.Compute, o.mergedTags(), o.Computed} {
		for name, v := range values {
			p, _ := s.Output(name)
			if value := o.computed(v, p.Type, name); value != "" {
				out[name] = value
			}
		}
	}
	all := resource.NewPropertyMapFromMap(out)
	for name, v := range inputs {
		if !strings.HasPrefix(string(name), "__") {
			all[name] = over(all[name], v)
		}
	}
	merged, tags := o.mergedTags(), inputs[resource.PropertyKey(tagRules.Of(o.Table.Cloud).property)]
	for name, v := range all {
		p, _ := s.Output(string(name))
		_, fromTags := merged[string(name)]
		all[name] = secretly(p.Secret || fromTags && tags.ContainsSecrets(), v)
	}
	return all
}

// over lays what was given over what the cloud fills in, object by object.
func over(filled, given resource.PropertyValue) resource.PropertyValue {
	if !filled.IsObject() || !given.IsObject() {
		return given
	}
	both := filled.ObjectValue().Copy()
	for k, v := range given.ObjectValue() {
		both[k] = over(both[k], v)
	}
	return resource.NewProperty(both)
}

// Plan returns what a provider can tell of the outputs before anything exists:
// the inputs, and that the rest is not known.
func (w *World) Plan(c Config, urn resource.URN, inputs resource.PropertyMap) (resource.PropertyMap, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	o, err := w.op(Create, c, urn, inputs, nil)
	if err != nil {
		return nil, err
	}
	planned := inputs.Copy()
	for _, values := range []Props{o.Kind.Default, o.Kind.Compute, o.mergedTags()} {
		for name := range values {
			if _, given := planned[resource.PropertyKey(name)]; !given {
				planned[resource.PropertyKey(name)] = resource.MakeComputed(resource.NewProperty(""))
			}
		}
	}
	return planned, nil
}

// Diff is what must happen for a resource to get new inputs.
type Diff struct {
	Changed     []string // properties, top level
	Replace     []string // those among them that cannot change in place
	DeleteFirst bool     // the old one bears the name of the new one
	Detailed    map[string]plugin.PropertyDiff
}

// Diff compares the inputs a resource has with those it is to get. Only what the
// program gives is compared, so that what the cloud fills in is never a change.
func (w *World) Diff(c Config, urn resource.URN, id string, oldInputs, oldOutputs, news resource.PropertyMap) (Diff, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	o, err := w.op(Create, c, urn, news, nil)
	if err != nil {
		return Diff{}, err
	}
	before, after := opened(oldInputs), opened(news)
	d := Diff{Detailed: map[string]plugin.PropertyDiff{}}
	if changes := before.Diff(after); changes != nil {
		d.Detailed = plugin.NewDetailedDiffFromObjectDiff(changes, true)
		for _, key := range changes.ChangedKeys() {
			d.Changed = append(d.Changed, string(key))
		}
	}
	for name, merged := range o.mergedTags() {
		if was := plainMap(oldOutputs)[name]; was != nil && !hasUnknown(merged) && !reflect.DeepEqual(was, merged) {
			d.Changed = append(d.Changed, name)
			d.Detailed[name] = plugin.PropertyDiff{Kind: plugin.DiffUpdate}
		}
	}
	slices.Sort(d.Changed)
	for _, path := range o.Kind.changed(plainMap(before), plainMap(after)) {
		d.Replace = append(d.Replace, root(path))
		for at, detail := range d.Detailed {
			if overlap(indexes.ReplaceAllString(at, "[*]"), path) {
				d.Detailed[at] = plugin.PropertyDiff{Kind: detail.Kind.AsReplace(), InputDiff: detail.InputDiff}
			}
		}
	}
	slices.Sort(d.Replace)
	d.Replace = slices.Compact(d.Replace)
	if r := w.standing(c, urn, id); r != nil && d.Replace != nil {
		d.DeleteFirst = r.UniqueName == o.claim().name || r.ID == o.fill(o.Kind.ID, "id")
	}
	return d, nil
}

// changed lists the paths that cannot change in place and yet differ.
func (k *Kind) changed(before, after Props) []string {
	return slices.DeleteFunc(slices.Clone(k.Replace), func(path string) bool {
		return reflect.DeepEqual(values(before, path), values(after, path))
	})
}

func values(props Props, path string) []any {
	var all []any
	for _, f := range find(props, path) {
		all = append(all, f.value)
	}
	return all
}

var indexes = regexp.MustCompile(`\[[^\]]*\]`)

func root(path string) string { return path[:strings.IndexAny(path+".", ".[{")] }

// overlap tells whether one path leads through the other.
func overlap(a, b string) bool {
	through := func(a, b string) bool {
		rest, ok := strings.CutPrefix(a, b)
		return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
	}
	return through(a, b) || through(b, a)
}

// opened is a property map without its secrets' envelopes and the engine's own keys.
func opened(m resource.PropertyMap) resource.PropertyMap {
	m = m.Copy()
	maps.DeleteFunc(m, func(k resource.PropertyKey, _ resource.PropertyValue) bool { return strings.HasPrefix(string(k), "__") })
	return open(resource.NewProperty(m)).ObjectValue()
}

func open(v resource.PropertyValue) resource.PropertyValue {
	switch {
	case v.IsSecret():
		return open(v.SecretValue().Element)
	case v.IsOutput() && v.OutputValue().Known:
		return open(v.OutputValue().Element)
	case v.IsArray():
		list := slices.Clone(v.ArrayValue())
		for i := range list {
			list[i] = open(list[i])
		}
		return resource.NewProperty(list)
	case v.IsObject():
		m := v.ObjectValue().Copy()
		for k := range m {
			m[k] = open(m[k])
		}
		return resource.NewProperty(m)
	}
	return v
}
