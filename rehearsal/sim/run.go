package sim

import (
	"cmp"
	"slices"
	"time"

	"tenant-runtime/rehearsal/sim/schema"
)

// run is what all operations have in common: the region answers, faults strike,
// laws are asked, time passes, the journal is written.
func (w *World) run(o *Op, laws []func(*Op), effect func(end time.Duration) (changed, removed []*Resource)) error {
	fault := w.strike(o)
	e := Entry{Verb: o.Verb, Package: o.Config.Package, Kind: string(o.URN.Type()), URN: o.URN, Account: o.Account, Region: o.Region, Fault: fault.text()}
	err := cmp.Or(w.answers(o), fault.before(), o.ask(laws))
	start := w.start(o)
	e.At = Epoch.Add(start)
	if err != nil {
		e.ID, e.Error = o.ID, err.Error()
		if failure := w.record(e, nil); failure != nil {
			return failure
		}
		return err
	}
	e.Took = o.duration() + fault.delay()
	w.state.Now = max(w.state.Now, start+e.Took)
	changed, removed := effect(start + e.Took)
	e.ID = o.ID
	err = fault.after()
	if err != nil {
		e.Error = err.Error()
	}
	if failure := w.record(e, changed, removed...); failure != nil {
		return failure
	}
	fault.crash()
	return err
}

// ask puts an operation before the laws and the kind's quirk.
func (o *Op) ask(laws []func(*Op)) error {
	o.problems = nil
	for _, law := range laws {
		law(o)
	}
	if o.Kind.Quirk != nil && laws != nil {
		o.Kind.Quirk(o)
	}
	slices.SortStableFunc(o.problems, func(a, b schema.Problem) int { return cmp.Compare(a.Path, b.Path) })
	return failed(string(o.URN.Type())+" "+o.URN.Name(), o.problems)
}

// start is when an operation can start: what it needs is ready, and what needed
// it is gone.
func (w *World) start(o *Op) time.Duration {
	start := w.state.Run
	for _, u := range o.targets {
		start = max(start, w.all[u.Target].UsableAt)
	}
	if o.Resource != nil {
		start = max(start, o.Resource.UsableAt)
		if o.Verb == Delete {
			start = max(start, o.Resource.UnusedSince)
		}
	}
	return start
}

func (o *Op) duration() time.Duration {
	switch o.Verb {
	case Create:
		return o.Kind.Takes.Create.usual()
	case Update:
		return o.Kind.Takes.Update.usual()
	case Delete:
		return o.Kind.Takes.Delete.usual()
	}
	return 0
}
