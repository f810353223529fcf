package sim

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"tenant-runtime/rehearsal/sim/schema"
)

// Op is one operation on one resource, as laws and quirks see it.
type Op struct {
	Verb       Verb
	Config     Config
	Table      *Table
	Kind       *Kind
	URN        resource.URN
	Inputs     Props     // opened; of an update or create the new ones, else those that stand
	Resource   *Resource // what it works on; nil for a create
	ID         string
	Name       string
	Account    string
	Region     string
	Generation int
	Computed   Props    // what a quirk adds to the outputs
	Handles    []string // what a quirk adds to what others may call it

	world     *World
	targets   []use
	problems  []schema.Problem
	computing map[string]bool
}

// Refuse adds a reason why the operation is impossible.
func (o *Op) Refuse(path, format string, args ...any) {
	o.problems = append(o.problems, schema.Problem{Path: path, Reason: fmt.Sprintf(format, args...)})
}

// Find returns a standing resource of one of the kinds by id, arn, name or
// handle, as seen from where the operation is, or nil.
func (o *Op) Find(handle string, kinds ...string) *Resource {
	if r, _ := o.resolve(To(kinds...), handle); r != nil && r.Stands() {
		return r
	}
	return nil
}

// op prepares an operation on a kind; the kind must have a row.
func (w *World) op(verb Verb, c Config, urn resource.URN, inputs resource.PropertyMap, r *Resource) (*Op, error) {
	kind := string(urn.Type())
	k := w.kinds[kind]
	if k == nil {
		return nil, fmt.Errorf("no simulated kind %s: add a row to rehearsal/sim/%s/%s.go and run `go test ./rehearsal/sim/schema -update`",
			kind, strings.TrimSuffix(c.Package, "-native"), service(kind))
	}
	o := &Op{Verb: verb, Config: c, Table: w.tables[c.Package], Kind: k, URN: urn, Inputs: plainMap(inputs), Resource: r,
		Account: c.Account, Generation: w.state.born[urn], world: w, computing: map[string]bool{}}
	if project := text(o.Inputs, "project"); project != "" && c.Package == "gcp" {
		o.Account = project
	}
	if r != nil {
		o.ID, o.Name, o.Account, o.Region, o.Generation = r.ID, r.Name, r.Account, r.Region, r.Generation
		return o, nil
	}
	o.Name = text(o.Inputs, k.Name.In)
	o.Region = o.place()
	return o, nil
}

// service is the part of a token that says which service a kind belongs to.
func service(kind string) string {
	module, _, _ := strings.Cut(strings.Split(kind, ":")[1], "/")
	return module
}

// place says in which region a resource lies. What names neither a region nor a
// resource is left to the laws to refuse.
func (o *Op) place() string {
	at := o.Kind.At
	switch at {
	case Global:
		return ""
	case "":
		return o.Config.Region
	}
	value := text(o.Inputs, at)
	if r, _ := o.resolve(o.Kind.Refs[at], value); r != nil {
		return r.Region
	}
	if region := strings.ToLower(value); isRegion(o.Table.Cloud, region) {
		return region
	}
	return ""
}

// resolve finds what a value names: what stands first, and near before far. An
// error says why it is not a lawful target.
func (o *Op) resolve(ref Ref, value string) (*Resource, error) {
	best := o.nearest(o.Account, ref, value)
	if best == nil {
		best = o.nearest("", ref, value)
	}
	switch {
	case best == nil:
		return nil, fmt.Errorf("%q does not exist (wanted %s)", value, strings.Join(ref.Kinds, " or "))
	case !best.Stands():
		return best, fmt.Errorf("%q is %s", value, best.Fate)
	case !o.sees(best, value, ref):
		return best, fmt.Errorf("%q belongs to account %s; this is %s", value, best.Account, o.Account)
	case !ref.anywhere && best.Region != "" && o.Region != "" && best.Region != o.Region:
		return best, fmt.Errorf("%q is in region %s; it must be in %s", value, best.Region, o.Region)
	}
	return best, nil
}

// nearest finds the best that a value may name in an account, or in all of them.
func (o *Op) nearest(account string, ref Ref, value string) (best *Resource) {
	for _, r := range o.world.byHandle[handle{account, o.fold(value)}] {
		if !slices.Contains(ref.Kinds, r.Kind) && !slices.Contains(ref.Kinds, "*") || r.Package != o.Config.Package {
			continue
		}
		if best == nil || o.near(r, value) > o.near(best, value) {
			best = r
		}
	}
	return best
}

// near ranks resources that the same value may name.
func (o *Op) near(r *Resource, value string) (rank int) {
	for weight, yes := range []bool{r.Region == o.Region, strings.Contains(value, r.Account) || r.Account == o.Account, r.Stands()} {
		if yes {
			rank += 1 << weight
		}
	}
	return rank
}

// sees tells whether a value means a resource here: names and ids are an
// account's own unless they carry the account or are unique in the world.
func (o *Op) sees(r *Resource, value string, ref Ref) bool {
	return r.Account == o.Account || ref.anywhere || strings.Contains(value, r.Account) ||
		o.world.kinds[r.Kind].Name.Unique == InWorld && value == r.Name
}

// fold makes ids comparable: Azure does not tell upper from lower case.
func (o *Op) fold(s string) string {
	if o.Config.Package == "azure-native" {
		return strings.ToLower(s)
	}
	return s
}

// Age is how long the resource has stood, on the simulated clock.
func (o *Op) Age() time.Duration {
	if o.Resource == nil {
		return 0
	}
	return o.world.state.Now - o.Resource.CreatedAt
}

// Text returns an input as text; empty when it is missing.
func (o *Op) Text(path string) string { return text(o.Inputs, path) }

// Texts returns all inputs that a path leads to, as text.
func (o *Op) Texts(path string) []string {
	var all []string
	for _, f := range find(o.Inputs, path) {
		if s, ok := f.value.(string); ok {
			all = append(all, s)
		}
	}
	return all
}

// Text returns an output as text; empty when it is missing.
func (r *Resource) Text(path string) string { return text(plainMap(r.Outputs), path) }
