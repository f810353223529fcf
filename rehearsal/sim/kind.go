package sim

import (
	"tenant-runtime/regions"
	"tenant-runtime/rehearsal/sim/schema"
)

// Kind is one row: what the world knows about a kind of resource. Texts with
// braces are templates, see template.go.
type Kind struct {
	Type    string         // token
	At      string         // property that says where: a region, or a resource that has one; empty: the provider's region
	Name    Name           // where it must be unique
	Switch  Extent         // it is a setting of which there is one for all of this, and protects it; empty: it is none
	ID      string         // template
	Default Props          // what the cloud fills in, unless given
	Compute Props          // arns, addresses and whatever else only the cloud knows
	Handles []string       // templates of what others may call it, besides its id, arn and name
	Replace []string       // paths of properties that cannot change in place
	Refs    map[string]Ref // path to what it must name
	Guard   []Guard        // what refuses its deletion
	Locks   string         // property naming an id below which nothing can be deleted while this stands
	Takes   Timing         // on the simulated clock
	Ends    Ending         // what remains of it after deletion
	Quirk   func(*Op)      // last resort: a law of this kind alone, asked last; counted in a test
	Source  string         // where we learned the row, and when
}

// Props is a tree of plain values: string, float64, bool, []any, Props or map[string]any.
type Props = map[string]any

// Global as Kind.At: not lost with any region.
const Global = "*"

// Name says how a kind is named.
type Name struct {
	In      string // property that holds the name; empty: it has none
	Unique  string // template of what must be unique among the kind; empty: its id
	Prefix  string // of a name that the provider invents because nobody chose one
	Invent  string // template of such a name where it does not begin with the logical one
	Pattern string // RE2 syntax
	Max     int
	Taken   string  // what the cloud answers
	Hold    Minutes // how long a name stays taken after deletion, for another account or region
	Over    string  // condition on the inputs of a create that takes over what bears the name
}

// The usual scopes of names.
const (
	InWorld         = "{name}"
	InAccount       = "{account}/{name}"
	InAccountRegion = "{account}/{region}/{name}"
	InResourceGroup = "{account}/{resourceGroupName}/{name}"
)

// Extent is what a setting covers.
type Extent string

// The extents. A setting of an account may be made from any region.
const (
	OfAccount Extent = "account"
	OfRegion  Extent = "region" // of an account
)

// Ref says what a property must name.
type Ref struct {
	Kinds    []string
	external []string // patterns (RE2) of values that name something outside the world
	anywhere bool     // may lie in another region or account
	weak     bool     // does not keep its target from being deleted
	fills    bool     // puts data into its target, which may then refuse deletion
}

// To is a reference to a resource of one of the kinds.
func To(kinds ...string) Ref { return Ref{Kinds: kinds} }

// Or allows values that match these patterns, which name something outside the
// world: what the cloud itself owns, or a person.
func (r Ref) Or(patterns ...string) Ref { r.external = patterns; return r }

// Anywhere allows a target in another region or account.
func (r Ref) Anywhere() Ref { r.anywhere = true; return r }

// Weak lets the target be deleted first.
func (r Ref) Weak() Ref { r.weak = true; return r }

// Filling says that the target receives data.
func (r Ref) Filling() Ref { r.fills = true; return r }

// Guard refuses deletion while a condition holds: "deletionProtection",
// "!forceDestroy" or "mode=COMPLIANCE".
type Guard struct {
	While     string
	HoldsData bool // and only when it does
	Error     string
}

// Minutes is a duration: the least, the usual and the most.
type Minutes struct{ Min, Typical, Max float64 }

// Timing says how long operations take; the zero value means a quick call.
type Timing struct{ Create, Update, Delete Minutes }

// Creates says how long a creation takes, in minutes.
func Creates(least, typical, most float64) Timing {
	return Timing{Create: Minutes{least, typical, most}}
}

// Updates says how long an update takes, in minutes.
func (t Timing) Updates(least, typical, most float64) Timing {
	t.Update = Minutes{least, typical, most}
	return t
}

// Deletes says how long a deletion takes, in minutes.
func (t Timing) Deletes(least, typical, most float64) Timing {
	t.Delete = Minutes{least, typical, most}
	return t
}

// Fate is what becomes of a deleted resource.
type Fate string

// The fates.
const (
	Gone        Fate = ""                 // at once
	Pending     Fate = "pending deletion" // unusable, then gone
	Recoverable Fate = "recoverable"      // in a recycle bin that keeps its name, then gone
	Unnamed     Fate = "recoverable, name free"
	Kept        Fate = "kept" // deletion only forgets it, it goes on working
	Husk        Fate = "husk" // unusable for ever, and its name with it
)

// Ending says what remains after deletion.
type Ending struct {
	As     Fate
	Days   int    // how long
	DaysIn string // path of the property that says how long; 0 there means gone at once
	Revive string // condition on the inputs of a create that brings it back instead
}

// Table is all kinds of one Pulumi package, with their schema.
type Table struct {
	Package string // aws, gcp, azure-native
	Cloud   regions.Cloud
	Schema  *schema.Schema
	Kinds   []Kind
}
