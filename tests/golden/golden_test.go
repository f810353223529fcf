// Package golden keeps the shape of every committed stack as text, so that a review
// shows what a change of the program does to it. It proves no guarantee: rules do.
package golden

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/rehearsal/sim/mock"
	"tenant-runtime/tests/plans"
)

var update = flag.Bool("update", false, "write the files, and fail")

func TestShapes(t *testing.T) {
	for _, stack := range plans.Stacks(t) {
		t.Run(stack, func(t *testing.T) { compare(t, stack+".txt", shape(plans.Of(t, stack))) })
	}
}

// compare compares text with a file of this directory. Lines are few, so that a
// difference is read and not skipped.
func compare(t *testing.T, file, got string) {
	t.Helper()
	assert.LessOrEqual(t, strings.Count(got, "\n"), 400, "%s is too long to be read", file)
	want, err := os.ReadFile(file)
	if !*update {
		require.NoError(t, err)
		assert.Equal(t, string(want), got, "if this is meant, run `go test ./tests/golden -update` and review %s", file)
		return
	}
	if got != string(want) {
		require.NoError(t, os.WriteFile(filepath.Clean(file), []byte(got), 0o644))
		t.Errorf("%s is written: review it", file)
	}
}

// shape lists the components with their children by type.
func shape(plan *mock.Plan) string {
	children := map[resource.URN]map[string][]string{} // by parent and type
	for _, r := range plan.Resources {
		parent := r.Parent
		if r.Provider == "" {
			parent = ""
		}
		if children[parent] == nil {
			children[parent] = map[string][]string{}
		}
		children[parent][r.Type] = append(children[parent][r.Type], r.Name)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%d resources\n", len(plan.Resources))
	for _, r := range plan.Resources {
		if strings.HasPrefix(r.Type, "pulumi:providers:") {
			fmt.Fprintf(&b, "provider %s\n", r.Name)
		}
	}
	for _, c := range byName(plan.Resources) {
		if c.Custom {
			continue
		}
		fmt.Fprintf(&b, "\n%s %s\n", strings.TrimPrefix(c.Type, "tenant-runtime:"), c.Name)
		for _, typ := range slices.Sorted(maps.Keys(children[c.URN])) {
			names := children[c.URN][typ]
			fmt.Fprintf(&b, "  %-44s %3d  %s\n", short(typ), len(names), strings.Join(fold(c.Name, names), " "))
		}
	}
	return b.String()
}

func byName(all []mock.Resource) []mock.Resource {
	return slices.SortedFunc(slices.Values(all), func(a, b mock.Resource) int {
		return strings.Compare(a.Name+" "+a.Type, b.Name+" "+b.Type)
	})
}

// short writes aws:ec2/subnet:Subnet as ec2 Subnet.
func short(typ string) string {
	parts := strings.Split(typ, ":")
	module, _, _ := strings.Cut(parts[1], "/")
	return module + " " + parts[2]
}

// fold takes the component's name off its children's, and writes what comes once
// per availability zone as one: app-{a,b,c}.
func fold(component string, names []string) []string {
	var folded []string
	ends := map[string][]string{}
	for _, name := range slices.Sorted(slices.Values(names)) {
		name = strings.TrimPrefix(strings.TrimPrefix(name, component), "-")
		stem, end := name, ""
		if i := strings.LastIndex(name, "-"); i >= 0 && len(name)-i == 2 && name[i+1] >= 'a' {
			stem, end = name[:i], name[i+1:]
		}
		if end == "" || ends[stem] == nil {
			folded = append(folded, stem)
		}
		if end != "" {
			ends[stem] = append(ends[stem], end)
		}
	}
	for i, stem := range folded {
		switch {
		case ends[stem] != nil:
			folded[i] = stem + "-{" + strings.Join(ends[stem], ",") + "}"
		case stem == "":
			folded[i] = "·" // named like its component
		}
	}
	return folded
}
