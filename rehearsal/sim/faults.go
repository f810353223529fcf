package sim

import (
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// Effect is how something goes wrong.
type Effect string

// The effects.
const (
	Fail      Effect = "fail"       // refused, nothing happened
	LoseReply Effect = "lose reply" // it happened, and nobody learns of it
	Throttle  Effect = "throttle"   // refused some times, then done: the provider tries again
	Crash     Effect = "crash"      // it happened, and the process dies as if killed
)

// Fault strikes an operation. Empty fields match everything.
type Fault struct {
	Verb   Verb
	Kind   string
	URN    resource.URN
	Stack  string
	Region string
	Nth    int // which of the matching operations; 0: the first
	Times  int // how many in a row from there, or how often one is throttled; 0: one
	Do     Effect
	Error  string // what the cloud answers; empty: something plausible
	Seen   int    // how many matched so far
}

// patience is how often a provider tries a throttled call again.
const patience = 8

// Inject adds a fault. Faults are kept in the file and also strike a later process.
func (w *World) Inject(f Fault) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.state.Faults = append(w.state.Faults, &f)
	return w.store.save(&w.state)
}

// ClearFaults removes all faults and restores lost regions.
func (w *World) ClearFaults() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.state.Faults, w.state.Lost = nil, nil
	return w.store.save(&w.state)
}

// Lose makes a region answer nothing any more.
func (w *World) Lose(region string) error { return w.region(region, true) }

// Restore makes a lost region answer again.
func (w *World) Restore(region string) error { return w.region(region, false) }

func (w *World) region(region string, lost bool) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.state.Lost = slices.DeleteFunc(w.state.Lost, func(r string) bool { return r == region })
	if lost {
		w.state.Lost = append(w.state.Lost, region)
	}
	return w.store.save(&w.state)
}

// Drift changes a property of a resource behind the program's back.
func (w *World) Drift(urn resource.URN, path string, value any) error {
	p, err := resource.ParsePropertyPath(path)
	if err != nil {
		return fmt.Errorf("drift of %s: %w", urn, err)
	}
	return w.touch(urn, Verb("drift "+path), func(r *Resource) {
		for _, m := range []*resource.PropertyMap{&r.Inputs, &r.Outputs} {
			*m = m.Copy()
			p.Set(resource.NewProperty(*m), resource.NewPropertyValue(value))
		}
	})
}

// Fill puts data into a resource, or takes it out.
func (w *World) Fill(urn resource.URN, full bool) error {
	return w.touch(urn, "fill", func(r *Resource) { r.HoldsData = full })
}

func (w *World) touch(urn resource.URN, what Verb, change func(*Resource)) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, r := range slices.Backward(sorted(slices.Clone(w.byURN[urn]))) {
		if !r.Stands() {
			continue
		}
		change(r)
		return w.record(Entry{Verb: what, Package: r.Package, Kind: r.Kind, URN: urn, ID: r.ID, Account: r.Account, Region: r.Region,
			At: Epoch.Add(w.state.Now)}, []*Resource{r})
	}
	return fmt.Errorf("%s: %s does not stand", what, urn)
}

// answers says that a lost region does not.
func (w *World) answers(o *Op) error {
	if slices.Contains(w.state.Lost, o.Region) {
		return fmt.Errorf("%s: region %s does not answer", o.URN.Type(), o.Region)
	}
	return nil
}

// strike finds the fault that an operation meets, and counts it. The methods of
// Fault bear that there is none.
func (w *World) strike(o *Op) *Fault {
	var met *Fault
	for _, f := range w.state.Faults {
		if f.Verb != "" && f.Verb != o.Verb || f.Kind != "" && f.Kind != o.Kind.Type || f.URN != "" && f.URN != o.URN ||
			f.Stack != "" && f.Stack != o.stack() || f.Region != "" && f.Region != o.Region {
			continue
		}
		f.Seen++
		from := max(f.Nth, 1)
		if until := from + max(f.Times, 1); met == nil && f.Seen >= from && (f.Seen < until && f.Do != Throttle || f.Seen == from) {
			met = f
		}
	}
	return met
}

func (f *Fault) text() string {
	if f == nil {
		return ""
	}
	return string(f.Do)
}

func (f *Fault) answer(plausible string) error {
	if f.Error != "" {
		plausible = f.Error
	}
	return fmt.Errorf("%s (injected)", plausible)
}

func (f *Fault) before() error {
	switch {
	case f == nil:
		return nil
	case f.Do == Fail:
		return f.answer("InternalFailure: the request was refused")
	case f.Do == Throttle && f.Times > patience:
		return f.answer(fmt.Sprintf("ThrottlingException: still refused after %d attempts; try again later", patience))
	}
	return nil
}

func (f *Fault) after() error {
	if f == nil || f.Do != LoseReply {
		return nil
	}
	return f.answer("RequestError: connection reset, the reply was lost")
}

// delay is what trying again costs, with the wait doubling from one second.
func (f *Fault) delay() time.Duration {
	if f == nil || f.Do != Throttle {
		return 0
	}
	return time.Duration(1<<max(f.Times, 1)-1) * time.Second
}

func (f *Fault) crash() {
	if f == nil || f.Do != Crash {
		return
	}
	if self, err := os.FindProcess(os.Getpid()); err == nil {
		_ = self.Kill()
	}
	select {} // until the signal arrives
}
