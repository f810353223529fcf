package sim

import (
	"fmt"
	"slices"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// Create makes a resource, or says everything that stands against it.
func (w *World) Create(c Config, urn resource.URN, inputs resource.PropertyMap) (id string, outputs resource.PropertyMap, err error) {
	if id, outputs, ok, err := w.adopted(c, urn, inputs); ok {
		return id, outputs, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	o, err := w.op(Create, c, urn, inputs, nil)
	if err != nil {
		return "", nil, err
	}
	err = w.run(o, laws, func(end time.Duration) (changed, removed []*Resource) {
		r := w.revived(o)
		if r != nil {
			w.remove(r)
		} else {
			o.ID = o.fill(o.Kind.ID, "id")
			w.state.Count++
			r = &Resource{Package: c.Package, Kind: o.Kind.Type, ID: o.ID, Name: o.Name, Account: o.Account, Region: o.Region,
				Number: w.state.Count, Generation: o.Generation, CreatedAt: end}
			w.state.born[urn]++
		}
		r.URN, r.Fate, r.FateEnds, r.UsableAt = urn, Gone, 0, end
		o.settle(r, inputs)
		w.add(r)
		id, outputs = r.ID, r.Outputs
		return append(w.filled(r), r), nil
	})
	return id, outputs, err
}

// settle gives a resource its new inputs and what follows from them.
func (o *Op) settle(r *Resource, inputs resource.PropertyMap) {
	r.Inputs, r.Outputs, r.Uses, r.UniqueName = inputs, o.outputs(inputs), o.targets, o.claim().name
	r.Locks = o.fold(text(o.Inputs, o.Kind.Locks))
	handles := append([]string{r.ID, text(plainMap(r.Outputs), "arn")}, o.Handles...)
	if o.Kind.Name.Unique != "" { // a name that others may bear says nothing
		handles = append(handles, r.Name)
	}
	for i, template := range o.Kind.Handles {
		handles = append(handles, o.fill(template, fmt.Sprintf("handle %d", i)))
	}
	for i, h := range handles {
		handles[i] = o.fold(h)
	}
	slices.Sort(handles)
	r.Handles = nonempty(slices.Compact(handles)...)
}

// filled marks what a resource puts data into.
func (w *World) filled(r *Resource) (changed []*Resource) {
	for _, u := range r.Uses {
		if target := w.all[u.Target]; u.Fills && target != nil && !target.HoldsData {
			target.HoldsData = true
			changed = append(changed, target)
		}
	}
	return changed
}

// revived finds what a create brings back from the recycle bin, or takes over.
func (w *World) revived(o *Op) *Resource {
	for _, r := range sorted(slices.Clone(w.byClaim[o.claim()])) {
		if o.revives(r) {
			o.ID = r.ID
			return r
		}
	}
	return nil
}

func (o *Op) revives(r *Resource) bool {
	if o.Kind.Switch != "" {
		return r.Stands() && r.Stack() == o.stack()
	}
	condition := o.Kind.Name.Over
	if !r.Stands() {
		condition = o.Kind.Ends.Revive
	}
	return (r.Stands() || r.Fate == Recoverable) && condition != "" && holds(o.Inputs, condition) &&
		r.Account == o.Account && r.Region == o.Region
}

// Read returns a resource as it is now; ok is false when there is none. What was
// only forgotten is known again when it is read.
func (w *World) Read(c Config, urn resource.URN, id string) (inputs, outputs resource.PropertyMap, ok bool, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	r := w.standing(c, urn, id)
	o, err := w.op(Read, c, urn, nil, r)
	if err != nil {
		return nil, nil, false, err
	}
	o.ID = id
	err = w.run(o, nil, func(time.Duration) (changed, removed []*Resource) {
		if r == nil {
			return nil, nil
		}
		inputs, outputs, ok = r.Inputs, r.Outputs, true
		if r.URN == urn && r.Fate == Gone {
			return nil, nil
		}
		w.remove(r)
		r.URN, r.Fate = urn, Gone
		w.add(r)
		return []*Resource{r}, nil
	})
	return inputs, outputs, ok, err
}

// standing finds a resource by its provider's id, as seen by that provider.
func (w *World) standing(c Config, urn resource.URN, id string) *Resource {
	o := &Op{Config: c, Account: c.Account, Region: c.Region, world: w}
	k := w.kinds[string(urn.Type())]
	var best *Resource
	account := c.Account
	if c.Package == "gcp" {
		account = "" // a provider reads what is in other projects too
	}
	for _, r := range w.byHandle[handle{account, o.fold(id)}] {
		here := r.Region == c.Region || k != nil && k.At != ""
		if r.Kind == string(urn.Type()) && r.ID == id && r.Stands() && here {
			if best == nil || r.Number > best.Number {
				best = r
			}
		}
	}
	return best
}

// Update changes a resource in place.
func (w *World) Update(c Config, urn resource.URN, id string, inputs resource.PropertyMap) (outputs resource.PropertyMap, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	r := w.standing(c, urn, id)
	if r == nil {
		return nil, fmt.Errorf("%s: %q does not exist in %s %s: run refresh", urn.Type(), id, c.Account, c.Region)
	}
	o, err := w.op(Update, c, urn, inputs, r)
	if err != nil {
		return nil, err
	}
	err = w.run(o, append([]func(*Op){fixedStays}, laws...), func(end time.Duration) (changed, removed []*Resource) {
		w.remove(r)
		r.URN, r.UsableAt = urn, end
		o.settle(r, inputs)
		w.add(r)
		outputs = r.Outputs
		return append(w.filled(r), r), nil
	})
	return outputs, err
}

// fixedStays: what cannot change in place does not.
func fixedStays(o *Op) {
	for _, path := range o.Kind.changed(plainMap(o.Resource.Inputs), o.Inputs) {
		o.Refuse(path, "cannot be changed in place")
	}
}

// Delete removes a resource, as far as its kind can be removed. What does not
// exist is deleted already.
func (w *World) Delete(c Config, urn resource.URN, id string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	r := w.standing(c, urn, id)
	if r == nil {
		return nil
	}
	o, err := w.op(Delete, c, urn, r.Inputs, r)
	if err != nil {
		return err
	}
	return w.run(o, []func(*Op){keepsFromDeletion}, func(end time.Duration) (changed, removed []*Resource) {
		for _, u := range r.Uses {
			if target := w.all[u.Target]; target != nil && target.UnusedSince < end {
				target.UnusedSince = end
				changed = append(changed, target)
			}
		}
		w.remove(r)
		if o.bury(r, end) {
			return changed, []*Resource{r}
		}
		w.add(r)
		return append(changed, r), nil
	})
}

// bury decides what remains of a deleted resource; true means nothing.
func (o *Op) bury(r *Resource, end time.Duration) bool {
	ends, window := o.Kind.Ends, o.Kind.Ends.Days
	if ends.DaysIn != "" {
		if n, given := first(plainMap(r.Outputs), ends.DaysIn).(float64); given {
			window = int(n)
		}
	}
	timed := ends.As == Pending || ends.As == Recoverable || ends.As == Unnamed
	if ends.As == Gone || timed && window == 0 {
		if held := o.Kind.Name.Hold; held.Typical > 0 {
			o.world.state.held[claim{r.Kind, r.UniqueName}] = hold{r.Account, r.Region, end + held.usual()}
		}
		return true
	}
	r.Fate, r.Uses = ends.As, nil
	if timed {
		r.FateEnds = end + days(window)
	}
	if ends.As == Unnamed || ends.As == Pending {
		r.UniqueName = ""
	}
	return false
}
