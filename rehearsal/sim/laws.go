package sim

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"tenant-runtime/regions"
	"tenant-runtime/rehearsal/sim/schema"
)

// laws are asked before anything is created or changed. Each reports everything
// it has against the operation.
var laws = []func(*Op){propertiesExist, regionsExist, zonesExist, tagsFit, namesFit, namesAreFree, switchesHaveOneStack, targetsExist}

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

// zonesExist: availability zones are those of the resource's region, and an edge or local
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
	if n.Pattern != "" && !o.world.patterns[n.Pattern].MatchString(o.Name) {
		o.Refuse(n.In, "%q does not match %s", o.Name, n.Pattern)
	}
	if n.Max > 0 && len(o.Name) > n.Max {
		o.Refuse(n.In, "%q has %d characters; at most %d are allowed", o.Name, len(o.Name), n.Max)
	}
}

// namesAreFree: a name that something bears, or bore and may bear again, is taken.
func namesAreFree(o *Op) {
	if o.Kind.Switch != "" {
		return // setting it again is no second one
	}
	claim := o.claim()
	path, code := cmp.Or(o.Kind.Name.In, "id"), cmp.Or(o.Kind.Name.Taken, "AlreadyExists")
	name := cmp.Or(o.Name, o.fill(o.Kind.ID, "id"))
	for _, r := range sorted(slices.Clone(o.world.byClaim[claim])) {
		switch {
		case r == o.Resource || o.revives(r):
		case r.Fate == Kept:
			o.Refuse(path, "%s: %q was never deleted, only forgotten: import it", code, name)
		case r.Stands():
			o.Refuse(path, "%s: %q is taken by %s (%s)", code, name, r.URN.Name(), r.Stack())
		case r.FateEnds == 0:
			o.Refuse(path, "%s: %q can never be used again: it was deleted and its name stays", code, name)
		default:
			o.Refuse(path, "%s: %q is deleted but %s until %s", code, name, r.Fate, when(r.FateEnds))
		}
	}
	h, held := o.world.state.held[claim]
	if held && o.world.state.Now < h.Until && (h.Account != o.Account || h.Region != o.Region) {
		o.Refuse(path, "OperationAborted: %q was deleted in %s/%s and is not free elsewhere before %s", name, h.Account, h.Region, when(h.Until))
	}
}

// switchesHaveOneStack: what an account or region has once is set by one stack. On
// purpose this is stricter than the clouds, where the last to set it wins and nobody
// is told: then destroying a drill removes what protects production.
func switchesHaveOneStack(o *Op) {
	if o.Kind.Switch == "" {
		return
	}
	for _, r := range sorted(slices.Clone(o.world.byClaim[o.claim()])) {
		if r.Stack() != o.stack() {
			o.Refuse("", "stack %s has set this for %s, of which there is one: leave it to that stack, which must declare it in components/account,"+
				" or take it over from there with `pulumi import` of %s", r.Stack(), o.extent(), r.ID)
		}
	}
}

// extent names what a switch covers.
func (o *Op) extent() string {
	if o.Kind.Switch == OfAccount {
		return "account " + o.Account
	}
	return o.Region + " of account " + o.Account
}

func (o *Op) stack() string { return string(o.URN.Stack()) }

// claim is what must be unique among a kind: what its name's row says, or its id.
func (o *Op) claim() claim {
	if o.Kind.Switch != "" {
		return claim{o.Kind.Type, o.fold(o.extent())}
	}
	if o.Kind.Name.Unique != "" {
		return claim{o.Kind.Type, o.fold(o.fill(o.Kind.Name.Unique, "claim"))}
	}
	return claim{o.Kind.Type, o.fold(o.Account + "/" + o.Region + "/" + o.fill(o.Kind.ID, "id"))}
}

// targetsExist: what a property names exists, works, and lies where it may.
func targetsExist(o *Op) {
	o.targets = nil
	for _, path := range slices.Sorted(maps.Keys(o.Kind.Refs)) {
		ref := o.Kind.Refs[path]
		for _, f := range find(o.Inputs, path) {
			value, isText := f.value.(string)
			if !isText || value == "" || o.isExternal(ref, value) {
				continue
			}
			r, err := o.resolve(ref, value)
			if err != nil {
				o.Refuse(f.path, "%v", err)
				continue
			}
			o.targets = append(o.targets, use{r.Number, f.path, ref.weak, ref.fills})
		}
	}
}

// isExternal tells whether a row allows a value that names nothing of the world.
func (o *Op) isExternal(ref Ref, value string) bool {
	return slices.ContainsFunc(ref.external, func(pattern string) bool { return o.world.patterns[pattern].MatchString(value) })
}

// keepsFromDeletion says why a resource cannot be deleted now.
func keepsFromDeletion(o *Op) {
	r := o.Resource
	if o.Kind.Switch != "" {
		o.Refuse("", "it protects all that is in %s, not only what stack %s has there, and must stay when the stack goes: declare it with retainOnDelete",
			o.extent(), r.Stack())
	}
	for _, g := range o.Kind.Guard {
		if (g.While == "" || holds(o.Inputs, g.While)) && (!g.HoldsData || r.HoldsData) {
			o.Refuse(subject(g.While), "%s", g.Error)
		}
	}
	for _, user := range sorted(slices.Collect(maps.Keys(o.world.users[r.Number]))) {
		for _, u := range user.Uses {
			if u.Target == r.Number && !u.Weak && user.Stands() {
				o.Refuse("", "DependencyViolation: %s is in use by %s (%s)", r.URN.Name(), user.URN.Name(), u.Property)
			}
		}
	}
	for id := o.fold(r.ID); id != ""; id = id[:max(0, strings.LastIndex(id, "/"))] {
		for _, lock := range sorted(slices.Clone(o.world.locks[id])) {
			if lock != r && lock.Stands() {
				o.Refuse("", "ScopeLocked: %s is locked by %s", r.ID, lock.ID)
			}
		}
	}
}
