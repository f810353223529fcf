package sim

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"tenant-runtime/rehearsal/sim/schema"
)

// check finds mistakes in the rows: a property or kind that does not exist would
// otherwise be a law that never applies.
func (t Table) check() error {
	var wrong []string
	for _, k := range t.Kinds {
		s, ok := t.Schema.Kinds[k.Type]
		if !ok {
			wrong = append(wrong, k.Type+": no schema: run `go test ./rehearsal/sim/schema -update`")
			continue
		}
		for _, mistake := range slices.Concat(t.paths(k, s), t.templates(k, s), t.targets(k)) {
			wrong = append(wrong, k.Type+": "+mistake)
		}
		for _, pattern := range k.patterns() {
			if _, err := regexp.Compile(pattern); err != nil {
				wrong = append(wrong, k.Type+": "+err.Error())
			}
		}
		if k.Switch == OfAccount && k.At != Global {
			wrong = append(wrong, k.Type+": a setting of the account lies in no region: At must be Global")
		}
		if k.ID == "" || k.Source == "" {
			wrong = append(wrong, k.Type+": ID and Source must be given")
		}
	}
	if wrong != nil {
		return fmt.Errorf("rows of %s:\n  %s", t.Package, strings.Join(wrong, "\n  "))
	}
	return nil
}

// paths must lead to properties that the kind takes.
func (t Table) paths(k Kind, s schema.Kind) (wrong []string) {
	paths := slices.Concat(k.Replace, slices.Sorted(maps.Keys(k.Refs)), []string{k.Name.In, k.Locks, k.Ends.DaysIn, subject(k.Ends.Revive)})
	if k.At != Global {
		paths = append(paths, k.At)
	}
	for _, g := range k.Guard {
		paths = append(paths, subject(g.While))
	}
	for _, path := range nonempty(paths...) {
		if _, err := t.Schema.At(s.In, path); err != nil {
			wrong = append(wrong, err.Error())
		}
	}
	return wrong
}

// templates must compute outputs that the kind returns, from what there is.
func (t Table) templates(k Kind, s schema.Kind) (wrong []string) {
	texts := append(slices.Clone(k.Handles), k.ID, k.Name.Unique)
	for _, values := range []Props{k.Compute, k.Default} {
		for _, name := range slices.Sorted(maps.Keys(values)) {
			if _, ok := s.Output(name); !ok {
				wrong = append(wrong, fmt.Sprintf("no output %q", name))
			}
			texts = append(texts, leaves(values[name])...)
		}
	}
	for _, text := range texts {
		for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
			word, _, _ := strings.Cut(m[1], " ")
			if _, ok := s.Output(root(word)); !ok && !slices.Contains(words, root(word)) {
				wrong = append(wrong, fmt.Sprintf("template %q: %q is neither a property nor a word of templates", text, m[1]))
			}
		}
	}
	return wrong
}

// patterns are all that names and references of a kind may match.
func (k Kind) patterns() []string {
	all := []string{k.Name.Pattern}
	for _, ref := range k.Refs {
		all = append(all, ref.external...)
	}
	return nonempty(all...)
}

// targets must be kinds that have a row.
func (t Table) targets(k Kind) (wrong []string) {
	for _, path := range slices.Sorted(maps.Keys(k.Refs)) {
		for _, kind := range k.Refs[path].Kinds {
			if kind != "*" && !slices.ContainsFunc(t.Kinds, func(other Kind) bool { return other.Type == kind }) {
				wrong = append(wrong, fmt.Sprintf("%s refers to %s, which has no row", path, kind))
			}
		}
	}
	return wrong
}

// leaves returns the texts in a value.
func leaves(v any) (all []string) {
	switch v := v.(type) {
	case string:
		all = []string{v}
	case []any:
		for _, e := range v {
			all = append(all, leaves(e)...)
		}
	case map[string]any:
		for _, k := range slices.Sorted(maps.Keys(v)) {
			all = append(all, leaves(v[k])...)
		}
	}
	return all
}

func nonempty(texts ...string) []string {
	return slices.DeleteFunc(texts, func(s string) bool { return s == "" })
}
