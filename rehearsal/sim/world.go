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
	"slices"
	"strings"
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
	alive  map[int]*Resource          // by Born
	called map[string][]*Resource     // by handle
	left   map[resource.URN]*Resource // of a killed run, to be adopted
}

// state is what the world remembers besides resources and journal.
type state struct {
	Now    time.Duration   // the simulated clock, since Epoch
	Run    time.Duration   // when the present run began
	Seq    int             // of the last journal entry
	Count  int             // of resources ever created
	Lost   []string        // regions that answer nothing
	Held   map[string]hold // names of the deleted, by claim
	Faults []*Fault

	born map[resource.URN]int // how often each was created; kept apart, as there are many
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

	Fate    Fate          // Gone, the zero value, while it stands
	Until   time.Duration // when the fate ends; 0: never
	Born    int           // its number in order of creation
	Round   int           // how often its URN was created before
	Made    time.Duration // when it was created
	Ready   time.Duration // when it can be used, or used again
	Free    time.Duration // when the last that used it was gone
	Full    bool          // holds data
	Claim   string        // its unique name
	Handles []string      // what others may call it
	Uses    []use
}

// use is a reference that was found to lead to a resource.
type use struct {
	Born  int
	Path  string
	Loose bool
	Fills bool
}

// Stands tells whether it exists and works.
func (r *Resource) Stands() bool { return r.Fate == Gone || r.Fate == Kept }

// Stack returns the stack that declared it.
func (r *Resource) Stack() string { return string(r.URN.Stack()) }

// Open opens the world kept in a file, which is made if missing. Only one
// process at a time can have it open.
func Open(path string, tables ...Table) (*World, error) {
	w := &World{tables: map[string]*Table{}, kinds: map[string]*Kind{}, alive: map[int]*Resource{}, called: map[string][]*Resource{}, left: map[resource.URN]*Resource{}}
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
		w.remember(r)
	}
	return w, nil
}

// Close closes the file.
func (w *World) Close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.store.close()
}

func (w *World) remember(r *Resource) {
	w.alive[r.Born] = r
	for _, h := range r.Handles {
		w.called[h] = append(w.called[h], r)
	}
}

func (w *World) forget(r *Resource) {
	delete(w.alive, r.Born)
	for _, h := range r.Handles {
		w.called[h] = slices.DeleteFunc(w.called[h], func(other *Resource) bool { return other == r })
	}
}

// sorted returns the resources that pass a filter in a stable order: by URN, then
// by birth.
func (w *World) sorted(filter func(*Resource) bool) []*Resource {
	var all []*Resource
	for _, r := range w.alive {
		if filter(r) {
			all = append(all, r)
		}
	}
	slices.SortFunc(all, func(a, b *Resource) int {
		if c := strings.Compare(string(a.URN), string(b.URN)); c != 0 {
			return c
		}
		return a.Born - b.Born
	})
	return all
}

// Resources lists copies of what stands and passes the filter, ordered by URN.
// A nil filter passes everything.
func (w *World) Resources(filter func(Resource) bool) []Resource {
	return w.list(func(r Resource) bool { return r.Stands() && (filter == nil || filter(r)) })
}

// Residue lists what is left of a stack: what still stands, waits to be deleted,
// can be recovered, or can never be deleted. An empty stack means all of them.
func (w *World) Residue(stack string) []Resource {
	return w.list(func(r Resource) bool { return stack == "" || r.Stack() == stack })
}

func (w *World) list(filter func(Resource) bool) []Resource {
	w.mu.Lock()
	defer w.mu.Unlock()
	var all []Resource
	for _, r := range w.sorted(func(r *Resource) bool { return filter(*r) }) {
		all = append(all, *r)
	}
	return all
}
