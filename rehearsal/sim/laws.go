package sim

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"

	"tenant-runtime/regions"
	"tenant-runtime/rehearsal/sim/schema"
)

// laws are asked before anything is created or changed. Each reports everything
// it has against the operation.
var laws = []func(*Op){propertiesExist, regionsExist, zonesExist, tagsFit, namesFit, namesAreFree, targetsExist}

// propertiesExist: only what the SDK knows, of the type it has, and nothing missing.
func propertiesExist(o *Op) {
	o.problems = append(o.problems, o.Table.Schema.Check(o.Kind.Type, o.Inputs)...)
}

// regionsExist: a resource lies in a region of the catalogue, or is global.
func regionsExist(o *Op) {
	if o.Region != "" || o.Kind.At == Global {
		return
	}
	at := o.Kind.At
	if _, isRef := o.Kind.Refs[at]; isRef || at == "" {
		return // a missing target is reported as such
	}
	if _, unknown := first(o.Inputs, at).(schema.Unknown); !unknown {
		o.Refuse(at, "%s", unknownRegion(o.Table.Cloud, text(o.Inputs, at)))
	}
}

// zoneProperties are the names under which the SDKs ask for availability zones.
var zoneProperties = []string{"availabilityZone", "availabilityZones", "standbyAvailabilityZone", "zone", "zones"}

// zonesExist: zones are those of the resource's region, and an edge or local
// zone is none of them.
func zonesExist(o *Op) {
	region, ok := regions.Lookup(regions.ID(o.Region))
	if !ok {
		return
	}
	for name, value := range o.Inputs {
		o.zones(name, value, region)
	}
}

func (o *Op) zones(path string, value any, region regions.Region) {
	name := path[strings.LastIndex(path, ".")+1:]
	switch v := value.(type) {
	case map[string]any:
		if slices.Contains(tagProperties, name) {
			return // a tag may well be called zone
		}
		for k, e := range v {
			o.zones(path+"."+k, e, region)
		}
	case []any:
		for _, e := range v {
			o.zones(path, e, region)
		}
	case string:
		if slices.Contains(zoneProperties, name) && v != "" && !slices.Contains(region.Zones, v) {
			o.Refuse(path, "%q is not a zone of %s, which has %s", v, region.ID, strings.Join(region.Zones, ", "))
		}
	}
}

// namesFit: a name has the form and length that its kind asks for.
func namesFit(o *Op) {
	n := o.Kind.Name
	if o.Name == "" {
		return
	}
	if n.Pattern != "" && !regexp.MustCompile(n.Pattern).MatchString(o.Name) {
		o.Refuse(n.In, "%q does not match %s", o.Name, n.Pattern)
	}
	if n.Max > 0 && len(o.Name) > n.Max {
		o.Refuse(n.In, "%q has %d characters; at most %d are allowed", o.Name, len(o.Name), n.Max)
	}
}

// namesAreFree: a name that something bears, or bore and may bear again, is taken.
func namesAreFree(o *Op) {
	claim := o.claim()
	path, code := cmp.Or(o.Kind.Name.In, "id"), cmp.Or(o.Kind.Name.Taken, "AlreadyExists")
	name := cmp.Or(o.Name, o.fill(o.Kind.ID, "id"))
	bearers := o.world.sorted(func(r *Resource) bool {
		return r != o.Resource && r.Kind == o.Kind.Type && r.Claim == claim && !o.revives(r)
	})
	for _, r := range bearers {
		switch {
		case r.Fate == Kept:
			o.Refuse(path, "%s: %q was never deleted, only forgotten: import it", code, name)
		case r.Stands():
			o.Refuse(path, "%s: %q is taken by %s (%s)", code, name, r.URN.Name(), r.Stack())
		case r.Until == 0:
			o.Refuse(path, "%s: %q can never be used again: it was deleted and its name stays", code, name)
		default:
			o.Refuse(path, "%s: %q is deleted but %s until %s", code, name, r.Fate, when(r.Until))
		}
	}
	h, held := o.world.state.Held[o.Kind.Type+" "+claim]
	if held && o.world.state.Now < h.Until && (h.Account != o.Account || h.Region != o.Region) {
		o.Refuse(path, "OperationAborted: %q was deleted in %s/%s and is not free elsewhere before %s", name, h.Account, h.Region, when(h.Until))
	}
}

// claim is what must be unique among a kind: what its name's row says, or its id.
func (o *Op) claim() string {
	if o.Kind.Name.Unique != "" {
		return o.fold(o.fill(o.Kind.Name.Unique, "claim"))
	}
	return o.fold(o.Account + "/" + o.Region + "/" + o.fill(o.Kind.ID, "id"))
}

// targetsExist: what a property names exists, works, and lies where it may.
func targetsExist(o *Op) {
	o.targets = nil
	for _, path := range slices.Sorted(maps.Keys(o.Kind.Refs)) {
		ref := o.Kind.Refs[path]
		for _, f := range find(o.Inputs, path) {
			value, isText := f.value.(string)
			if !isText || value == "" || o.external(ref, value) {
				continue
			}
			r, err := o.resolve(ref, value)
			if err != nil {
				o.Refuse(f.path, "%v", err)
				continue
			}
			o.targets = append(o.targets, use{r.Born, f.path, ref.Loose, ref.Fills})
		}
	}
}

// external tells whether a row allows a value that names nothing of the world.
func (o *Op) external(ref Ref, value string) bool {
	return slices.ContainsFunc(ref.External, func(pattern string) bool { return regexp.MustCompile(pattern).MatchString(value) })
}

// keepsFromDeletion says why a resource cannot be deleted now.
func keepsFromDeletion(o *Op) {
	r := o.Resource
	for _, g := range o.Kind.Guard {
		if (g.While == "" || holds(o.Inputs, g.While)) && (!g.Full || r.Full) {
			o.Refuse(subject(g.While), "%s", g.Error)
		}
	}
	for _, other := range o.world.sorted(func(other *Resource) bool { return other != r && other.Stands() }) {
		for _, u := range other.Uses {
			if u.Born == r.Born && !u.Loose {
				o.Refuse("", "DependencyViolation: %s is in use by %s (%s)", r.URN.Name(), other.URN.Name(), u.Path)
			}
		}
		k := o.world.kinds[other.Kind]
		if k.Locks != "" && strings.HasPrefix(o.fold(r.ID), o.fold(text(plainMap(other.Inputs), k.Locks))) {
			o.Refuse("", "ScopeLocked: %s is locked by %s", r.ID, other.ID)
		}
	}
}
