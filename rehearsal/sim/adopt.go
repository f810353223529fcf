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
	n := 0
	for _, r := range w.of(stack) {
		if r.Stands() && !recorded(r.URN, r.ID) {
			w.left[r.URN] = r
			n++
		}
	}
	return n
}

// Left lists what Adopt found for a stack and no create has asked for since.
func (w *World) Left(stack string) []Resource {
	return w.list(stack, func(r Resource) bool {
		left := w.left[r.URN]
		return left != nil && left.Number == r.Number && r.Stands()
	})
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
