// Package sim is the simulated clouds: a small engine that knows laws, and
// tables that know kinds. Adding a kind is adding a row (rehearsal/sim/aws/...).
//
// It promises to be stricter than the clouds: what has no row, no such property
// or no existing target is refused with everything that is wrong with it. It has
// its own clock and invents nothing that differs between two runs. What it does
// not know is listed in Gaps.
package sim

import (
	"fmt"
	"regexp"
	"sync"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// World is everything that stands in the simulated clouds, kept in one file.
// Its methods may be called from several goroutines.
type World struct {
	mu     sync.Mutex
	store  *store
	tables map[string]*Table // by Pulumi package
	kinds  map[string]*Kind
	state  state
	left   map[resource.URN]*Resource // of a killed run, to be adopted

	patterns map[string]*regexp.Regexp // of the rows, compiled

	register // what stands, and what is left of the deleted
}

// state is what the world remembers besides resources and journal.
type state struct {
	Now    time.Duration // the simulated clock, since Epoch
	Run    time.Duration // when the present run began
	Seq    int           // of the last journal entry
	Count  int           // of resources ever created
	Lost   []string      // regions that answer nothing
	Faults []*Fault

	// There are many of these, so that each is kept by itself.
	born map[resource.URN]int // how often each was created
	held map[claim]hold       // names of the deleted
}

// hold keeps a name for whoever had it.
type hold struct {
	Account, Region string
	Until           time.Duration
}

// Epoch is when the simulated clock of a new world starts.
var Epoch = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// Resource is something that stands, or what remains of it.
type Resource struct {
	URN     resource.URN
	Package string
	Kind    string
	ID      string
	Name    string // as the cloud knows it; empty where it has none
	Account string // AWS account, GCP project or Azure subscription
	Region  string // empty: global
	Inputs  resource.PropertyMap
	Outputs resource.PropertyMap

	Fate     Fate          // what its deletion made of it; Gone, the zero value, while it was not deleted
	FateEnds time.Duration // when what is left of it goes too; 0: never
	Number   int           // in order of creation, from 1
	// How often something of this URN was created before: what is invented for it differs
	// from what was invented then.
	Generation  int
	CreatedAt   time.Duration
	UsableAt    time.Duration // when its creation or last change is over
	UnusedSince time.Duration // when the last that used it was gone
	HoldsData   bool
	UniqueName  string   // that only one of its kind can bear, with its scope: what Name.Unique makes of it
	Handles     []string // what others may call it
	Locks       string   // id below which nothing can be deleted while it stands; empty: it is no lock
	Uses        []use
}

// use is a reference that was found to lead to a resource.
type use struct {
	Target   int    // its Number
	Property string // path of the reference
	Weak     bool   // does not keep it from being deleted
	Fills    bool   // puts data into it
}

// Stands tells whether it exists and works.
func (r *Resource) Stands() bool { return r.Fate == Gone || r.Fate == Kept }

// Stack returns the stack that declared it.
func (r *Resource) Stack() string { return string(r.URN.Stack()) }

// Open opens the world kept in a file, which is made if missing. Only one
// process at a time can have it open.
func Open(path string, tables ...Table) (*World, error) {
	w := &World{tables: map[string]*Table{}, kinds: map[string]*Kind{}, left: map[resource.URN]*Resource{}, patterns: map[string]*regexp.Regexp{}, register: newRegister()}
	for i := range tables {
		t := &tables[i]
		if err := t.check(); err != nil {
			return nil, err
		}
		w.tables[t.Package] = t
		for j := range t.Kinds {
			k := &t.Kinds[j]
			if w.kinds[k.Type] != nil {
				return nil, fmt.Errorf("kind %s has two rows", k.Type)
			}
			w.kinds[k.Type] = k
			for _, pattern := range k.patterns() {
				w.patterns[pattern] = regexp.MustCompile(pattern) // the check has done it before
			}
		}
	}
	s, err := openStore(path)
	if err != nil {
		return nil, err
	}
	w.store = s
	resources, err := s.load(&w.state)
	if err != nil {
		s.close()
		return nil, fmt.Errorf("world %s: %w; delete the file to start anew", path, err)
	}
	for _, r := range resources {
		w.add(r)
	}
	return w, nil
}

// Close closes the file.
func (w *World) Close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.store.close()
}

// Resources lists copies of what stands and passes the filter, ordered by URN.
// A nil filter passes everything.
func (w *World) Resources(filter func(Resource) bool) []Resource {
	return w.list("", func(r Resource) bool { return r.Stands() && (filter == nil || filter(r)) })
}

// Residue lists what is left of a stack: what still stands, waits to be deleted,
// can be recovered, or can never be deleted. An empty stack means all of them.
func (w *World) Residue(stack string) []Resource {
	return w.list(stack, func(Resource) bool { return true })
}

func (w *World) list(stack string, filter func(Resource) bool) []Resource {
	w.mu.Lock()
	defer w.mu.Unlock()
	var all []Resource
	for _, r := range w.of(stack) {
		if filter(*r) {
			all = append(all, *r)
		}
	}
	return all
}
