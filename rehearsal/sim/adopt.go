package sim

import (
	"reflect"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// Adopt prepares the world for the run after a killed one. The engine of that run
// took what it had created to the grave: a resource of the stack that stands and
// is not recorded in its state. The next create of the same URN gets it instead of
// making a second one. It returns how many there are.
//
// On a real cloud this is what an operator does by hand, with tags and
// `pulumi import`.
func (w *World) Adopt(stack string, recorded func(urn resource.URN, id string) bool) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	found := w.sorted(func(r *Resource) bool { return r.Stack() == stack && r.Stands() && !recorded(r.URN, r.ID) })
	for _, r := range found {
		w.left[r.URN] = r
	}
	return len(found)
}

// Left lists what Adopt found for a stack and no create has asked for since.
func (w *World) Left(stack string) []Resource {
	w.mu.Lock()
	defer w.mu.Unlock()
	var all []Resource
	for _, r := range w.sorted(func(r *Resource) bool { return r.Stack() == stack && w.left[r.URN] == r && r.Stands() }) {
		all = append(all, *r)
	}
	return all
}

// adopted returns what a killed run left for a create, brought up to the inputs of
// the new run. What cannot be brought there in place is not adopted: the laws
// decide about a second one, as a cloud would.
func (w *World) adopted(c Config, urn resource.URN, inputs resource.PropertyMap) (id string, outputs resource.PropertyMap, ok bool, err error) {
	w.mu.Lock()
	r := w.left[urn]
	delete(w.left, urn)
	if r == nil || w.standing(c, urn, r.ID) != r {
		w.mu.Unlock()
		return "", nil, false, nil
	}
	id, outputs = r.ID, r.Outputs
	old := plainMap(opened(r.Inputs))
	w.mu.Unlock()

	news := plainMap(opened(inputs))
	switch {
	case reflect.DeepEqual(old, news):
		return id, outputs, true, nil
	case len(w.kinds[r.Kind].changed(old, news)) > 0:
		return "", nil, false, nil
	}
	outputs, err = w.Update(c, urn, id, inputs)
	return id, outputs, true, err
}
