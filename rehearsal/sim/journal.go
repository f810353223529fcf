package sim

import (
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// Verb is what was asked for.
type Verb string

// The verbs. Expire is the world's own: a window ended.
const (
	Create Verb = "create"
	Read   Verb = "read"
	Update Verb = "update"
	Delete Verb = "delete"
	Expire Verb = "expire"
)

// Entry is one line of the journal. Every operation has one, whether or not it
// succeeded; previews have none.
type Entry struct {
	Seq     int
	Verb    Verb
	Package string
	Kind    string
	URN     resource.URN
	ID      string        `json:",omitempty"`
	Account string        `json:",omitempty"`
	Region  string        `json:",omitempty"`
	At      time.Time     // when it started
	Took    time.Duration // on the simulated clock
	Error   string        `json:",omitempty"` // what the cloud answered; empty: it went well
	Fault   string        `json:",omitempty"` // what was injected into it
}

// Journal returns the entries that pass the filter, in order. A nil filter
// passes everything. Operations that may run at once have no fixed order.
func (w *World) Journal(filter func(Entry) bool) ([]Entry, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	all, err := w.store.journal()
	if err != nil || filter == nil {
		return all, err
	}
	var some []Entry
	for _, e := range all {
		if filter(e) {
			some = append(some, e)
		}
	}
	return some, nil
}

// record numbers an entry and commits it with what it changed and removed.
func (w *World) record(e Entry, changed []*Resource, removed ...*Resource) error {
	w.state.Seq++
	e.Seq = w.state.Seq
	return w.store.commit(e, &w.state, changed, removed)
}
