package report

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// Residue is something that a destroyed stack leaves in a cloud.
type Residue struct{ Fate, Kind, Name string }

// WriteResidue prints what a destroyed stack leaves behind, by fate and kind.
func WriteResidue(out io.Writer, r Report) {
	if len(r.Residue) == 0 {
		return
	}
	fmt.Fprintf(out, "\n%s leaves behind, as on the real clouds\n", r.Stack)
	names := map[string][]string{}
	for _, left := range r.Residue {
		kind := left.Fate + ": " + left.Kind
		names[kind] = append(names[kind], left.Name)
	}
	for _, kind := range slices.Sorted(maps.Keys(names)) {
		fmt.Fprintf(out, "  %s %s\n", kind, Some(names[kind]))
	}
}

// Some lists the first of many names.
func Some(names []string) string {
	names = slices.Compact(slices.Sorted(slices.Values(names)))
	if rest := len(names) - few; rest > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:few], ", "), rest)
	}
	return strings.Join(names, ", ")
}
